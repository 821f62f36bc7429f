"""A line between a driver and its daemon or network device, which can be cut, silenced, garbled and slowed.

It works on bytes below every protocol, over TCP or a Unix socket. What it swallowed or spoiled leaves both ends out of step,
so a connection that has met a fault does not outlive it.
"""

import contextlib
import os
import random
import selectors
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Address = tuple[str, int] | str
_RESET = struct.pack("ii", 1, 0)
_SLOW_S = 0.05


class Cable:
    """One thread. `do` returns when the state holds.

    Attributes:
        connections: made so far. busy: bytes that the driver has sent so far.
    """

    def __init__(self, upstream: Address, path: Path | None = None) -> None:
        self._upstream = upstream
        self._path = path
        self._mode = "whole"
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._drivers: set[socket.socket] = set()
        self._spoiled: set[socket.socket] = set()
        self._noise = random.Random(20261122)
        self._selector = selectors.DefaultSelector()
        self._changed = threading.Condition()
        self._wanted = self._mode
        self._wake = os.eventfd(0, os.EFD_NONBLOCK)
        self._is_stopping = False
        self.sent = 0
        if path is None:
            self._listener = socket.create_server(("127.0.0.1", 0))
        else:
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(path))
            self._listener.listen(16)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="conformance-cable", daemon=True)

    @property
    def port(self) -> int:
        """TCP port on 127.0.0.1."""
        return int(self._listener.getsockname()[1])

    def do(self, mode: str) -> None:
        """whole, cut, silent, garbage or slow."""
        with self._changed:
            self._wanted = mode
            os.eventfd_write(self._wake, 1)
            assert self._changed.wait_for(lambda: self._mode == mode, 5), "the cable does not answer"

    def wait_for_bytes(self, more_than: int, timeout_s: float) -> None:
        """Waits until the driver has sent more."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.sent > more_than, timeout_s), "the driver sends nothing"

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ends everything."""
        self._is_stopping = True
        os.eventfd_write(self._wake, 1)
        self._thread.join(2)
        for end in list(self._pairs):
            self._drop(end)
        self._listener.close()
        self._selector.close()
        os.close(self._wake)

    # -- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_stopping:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif isinstance(key.fileobj, socket.socket):
                    if key.fileobj in self._pairs:
                        self._pass_on(key.fileobj)
                else:
                    with contextlib.suppress(BlockingIOError):
                        os.eventfd_read(self._wake)
                    self._change()

    def _change(self) -> None:
        with self._changed:
            if self._wanted != self._mode:
                ends = self._pairs if self._wanted == "cut" else self._spoiled
                for end in list(ends):
                    self._drop(end)
                self._mode = self._wanted
            self._changed.notify_all()

    def _accept(self) -> None:
        end, _ = self._listener.accept()
        try:
            if self._mode == "cut":
                raise ConnectionError
            family = socket.AF_UNIX if isinstance(self._upstream, str) else socket.AF_INET
            far = socket.socket(family)
            far.connect(self._upstream)
        except OSError:
            _reset(end)
            return
        self._drivers.add(end)
        self._pairs[end], self._pairs[far] = far, end
        for one in (end, far):
            if family == socket.AF_INET and self._path is None:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, end: socket.socket) -> None:
        try:
            data = end.recv(65536)
        except OSError:
            data = b""
        if not data:
            self._drop(end)
            return
        far, is_drivers = self._pairs[end], end in self._drivers
        if is_drivers:
            with self._changed:
                self.sent += len(data)
                self._changed.notify_all()
        if self._mode in ("silent", "garbage"):
            self._spoiled.add(end)
            if self._mode == "garbage":
                self._send(end if is_drivers else far, self._noise.randbytes(200) + b"\r\n\r\n")
            return
        if self._mode == "slow" and not is_drivers:
            time.sleep(_SLOW_S)
        self._send(far, data)

    def _send(self, end: socket.socket, data: bytes) -> None:
        try:
            end.settimeout(2)
            end.sendall(data)
        except OSError:
            self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        far = self._pairs.pop(end, None)
        if far is None:
            return
        self._pairs.pop(far, None)
        for one in (end, far):
            self._selector.unregister(one)
            self._drivers.discard(one)
            self._spoiled.discard(one)
            _reset(one) if self._mode == "cut" or self._wanted == "cut" else one.close()


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    end.close()


@contextmanager
def cable_to(upstream: Address, path: Path | None = None) -> Iterator[Cable]:
    """A whole line to `upstream`; itself on TCP, or on a Unix socket at `path`."""
    cable = Cable(upstream, path)
    cable.start()
    try:
        yield cable
    finally:
        cable.stop()
