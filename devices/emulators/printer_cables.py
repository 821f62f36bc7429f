"""The cables of the receipt printer's emulator: a pseudo-terminal paced like its line, and TCP on loopback.

One thread uses a `Cables` while it holds the emulator's lock; only `wait` and `wake` are free of it.
"""

import contextlib
import os
import selectors
import socket
import struct
import time
from dataclasses import dataclass

from devices.emulators.pty_wire import PtyWire
from devices.emulators.traffic import Direction, Traffic

_PACED_SLICE = 64  # bytes taken off a paced line at once: 5.6 ms at 115200
_SLICE = 4096


@dataclass(eq=False)
class Host:
    """One cable's far end; `tail` is for a real-time command that came in half."""

    descriptor: int
    connection: socket.socket | None
    tail: bytes = b""


class Cables:
    """Opens, hears, pulls and plugs the cables.

    Args:
        is_paced: the pseudo-terminal takes no more than `baudrate` allows.
        traffic: is told what goes over both.
    """

    def __init__(self, *, is_paced: bool, baudrate: int, traffic: Traffic) -> None:
        self._traffic = traffic
        self._is_paced = is_paced
        self._byte_s = 10 / baudrate
        self._line = PtyWire("receipt_printer", baudrate, is_paced)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake_fd, selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._hosts: dict[int, Host] = {}
        self._line_free_at = 0.0
        self.is_plugged = False
        self.port = self._line.path
        self.tcp_port = int(self._listener.getsockname()[1])

    def plug(self) -> None:
        """Plugs both cables in; nothing happens when they are."""
        if not self.is_plugged:
            self.is_plugged = True
            self._line.plug()
            host = Host(self._line.fileno(), None)
            self._hosts[host.descriptor] = host
            self._selector.register(host.descriptor, selectors.EVENT_READ)

    def unplug(self) -> None:
        """Pulls both: a hang-up on the line, a reset on TCP; who connects meanwhile is reset, too."""
        self.is_plugged = False
        for host in list(self._hosts.values()):
            self._drop(host)
        self._line.cut()

    def close(self) -> None:
        """Releases everything."""
        self.unplug()
        self._line.close()
        self._selector.close()
        self._listener.close()
        os.close(self._wake_fd)

    def wake(self) -> None:
        """Ends a `wait`; any thread."""
        os.eventfd_write(self._wake_fd, 1)

    def wait(self, wait_s: float | None) -> list[int]:
        """Descriptors that want to be looked at, for `take`."""
        ready = [key.fd for key, _ in self._selector.select(wait_s)]
        if self._wake_fd in ready:
            with contextlib.suppress(BlockingIOError):
                os.eventfd_read(self._wake_fd)
            ready.remove(self._wake_fd)
        return ready

    def take(self, descriptor: int, room: int) -> tuple[Host, bytes] | None:
        """Accepts, or reads at most `room` (> 0) bytes."""
        if descriptor == self._listener.fileno():
            self._accept()
            return None
        host = self._hosts.get(descriptor)
        if host is None:
            return None
        is_line = host.connection is None
        try:
            data = os.read(descriptor, min(room, _PACED_SLICE if is_line and self._is_paced else _SLICE))
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            if not is_line:
                self._drop(host)
            return None
        if is_line and self._is_paced:
            self._line_free_at = max(self._line_free_at, time.monotonic()) + len(data) * self._byte_s
        self._traffic.note(Direction.TO_DEVICE, data, descriptor)
        return host, data

    def send(self, host: Host, data: bytes) -> None:
        """Says something to a host that may have gone."""
        if self._hosts.get(host.descriptor) is host:
            with contextlib.suppress(OSError):
                self._traffic.note(Direction.FROM_DEVICE, data[: os.write(host.descriptor, data)], host.descriptor)

    def listen(self, now: float, *, is_full: bool) -> float | None:
        """Hears the line only when its bytes can have arrived, and no cable while the printer's buffer is full.

        Returns the seconds until the line is heard again, None when that is no matter of time.
        """
        heard = self._selector.get_map()
        for host in self._hosts.values():
            is_deaf = is_full or (host.connection is None and self._line_free_at > now)
            if is_deaf and host.descriptor in heard:
                self._selector.unregister(host.descriptor)
            elif not is_deaf and host.descriptor not in heard:
                self._selector.register(host.descriptor, selectors.EVENT_READ)
        return self._line_free_at - now if self._line_free_at > now else None

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        host = Host(connection.fileno(), connection)
        self._hosts[host.descriptor] = host
        self._selector.register(host.descriptor, selectors.EVENT_READ)
        if not self.is_plugged:
            self._drop(host)

    def _drop(self, host: Host) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(host.descriptor)
        self._hosts.pop(host.descriptor, None)
        if host.connection is not None:
            # a pulled plug is a reset, not an orderly end
            host.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            host.connection.close()
