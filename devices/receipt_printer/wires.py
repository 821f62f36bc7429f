"""The cable to a receipt printer: a serial line or TCP port 9100, never blocking (USB: `usb_wire`).

pyserial opens and sets up the line; bytes then go through the descriptor itself, because its own write hides how much went out.
A pulled plug shows as OSError(5), an empty read or a reset; all of them become `WireLostError`.
"""

import contextlib
import os
import select
import socket
import termios
from typing import Protocol

import serial


class WireLostError(OSError):
    """The cable is gone: unplugged, hung up or reset."""


class WireSetupError(OSError):
    """The cable cannot be used as this computer is set up; carries a message key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Wire(Protocol):
    """An open cable. One thread only.

    Attributes:
        model: what the device says that it is, None when this kind of cable has no such word.
    """

    model: str | None

    def send_some(self, data: bytes, wait_s: float) -> int:
        """Sends what fits now; returns the count, 0 when nothing fitted within `wait_s`. Raises `WireLostError`."""

    def receive(self, wait_s: float) -> bytes:
        """What has come, empty when nothing came within `wait_s`. Raises `WireLostError`."""

    def close(self) -> None:
        """Releases the cable; twice is allowed."""


class SerialWire:
    """A serial line, 8N1. Raises `WireLostError` when it cannot be opened, also when another program has it."""

    model: str | None = None

    def __init__(self, port: str, baudrate: int) -> None:
        try:
            # dsrdtr stays off: many printers and every pseudo-terminal lack the line
            self._serial: serial.Serial | None = serial.Serial(
                port, baudrate, timeout=0, dsrdtr=False, rtscts=False, exclusive=True
            )
        except (OSError, termios.error, ValueError) as error:
            raise WireLostError("the serial line cannot be opened") from error

    def send_some(self, data: bytes, wait_s: float) -> int:
        descriptor = self._descriptor()
        try:
            if not select.select([], [descriptor], [], wait_s)[1]:
                return 0
            return os.write(descriptor, data)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            raise WireLostError("the serial line is gone") from error

    def receive(self, wait_s: float) -> bytes:
        descriptor = self._descriptor()
        try:
            if not select.select([descriptor], [], [], wait_s)[0]:
                return b""
            data = os.read(descriptor, 4096)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise WireLostError("the serial line is gone") from error
        if not data:
            raise WireLostError("the serial line hung up")
        return data

    def close(self) -> None:
        if self._serial is not None:
            with contextlib.suppress(OSError, termios.error):
                self._serial.reset_output_buffer()  # otherwise close waits for a dead printer to take it
            with contextlib.suppress(OSError, termios.error):
                self._serial.close()
            self._serial = None

    def _descriptor(self) -> int:
        if self._serial is None:
            raise WireLostError("the serial line is closed")
        return int(self._serial.fileno())


class TcpWire:
    """A printer on TCP (raw port 9100). Raises `WireLostError` when it does not answer within `connect_s`."""

    model: str | None = None

    def __init__(self, host: str, port: int, connect_s: float = 0.6) -> None:
        try:
            self._socket: socket.socket | None = socket.create_connection((host, port), connect_s)
        except OSError as error:
            raise WireLostError("the printer's address does not answer") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)

    def send_some(self, data: bytes, wait_s: float) -> int:
        connection = self._connection()
        try:
            if not select.select([], [connection], [], wait_s)[1]:
                return 0
            return connection.send(data)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as error:
            raise WireLostError("the connection is gone") from error

    def receive(self, wait_s: float) -> bytes:
        connection = self._connection()
        try:
            if not select.select([connection], [], [], wait_s)[0]:
                return b""
            data = connection.recv(4096)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise WireLostError("the connection is gone") from error
        if not data:
            raise WireLostError("the printer closed the connection")
        return data

    def close(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None

    def _connection(self) -> socket.socket:
        if self._socket is None:
            raise WireLostError("the connection is closed")
        return self._socket
