"""A serial port whose every failure is one exception: unplugging shows in pyserial 3.5 as three different ones.

What comes is given as a bytearray that the caller owns and overwrites when it held something of a person.
"""

import os
import select
import termios

import serial

_FAULTS = (serial.SerialException, OSError, termios.error)
_CHUNK = 4096
_WRITE_S = 0.5


class PortGoneError(Exception):
    """The port failed and is closed now. Holds no content."""


class SerialPort:
    """Opened exclusively, 8 data bits, no flow control. Used from one thread.

    Args:
        path: of the port; a pseudo-terminal is accepted, a production profile refuses it elsewhere.
        baud_rate: bits a second.
    """

    def __init__(self, path: str, baud_rate: int) -> None:
        self._path = path
        self._baud_rate = baud_rate
        self._port: serial.Serial | None = None
        self._received = bytearray(_CHUNK)

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> bool:
        """Opens the port; false when that fails. An open port is closed first."""
        self.close()
        try:
            self._port = serial.Serial(self._path, self._baud_rate, timeout=0, write_timeout=_WRITE_S, exclusive=True)
        except (*_FAULTS, ValueError):
            return False
        return True

    def close(self) -> None:
        """Closes the port; twice is allowed."""
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except _FAULTS:
                # the device went first; its descriptor is released all the same
                return

    def receive(self, wait_s: float = 0.0) -> bytearray:
        """What has come, empty when nothing came within `wait_s`. Raises `PortGoneError`."""
        try:
            if self._port is None:
                raise OSError("closed")
            descriptor = self._port.fileno()
            if not select.select([descriptor], [], [], wait_s)[0]:
                return bytearray()
            count = os.readv(descriptor, [self._received])
            if count == 0:
                raise OSError("the line hung up")
        except _FAULTS:
            self.close()
            raise PortGoneError from None
        found = self._received[:count]
        self._received[:count] = bytes(count)
        return found

    def send(self, data: bytes | bytearray) -> None:
        """Sends all of it, within half a second. Raises `PortGoneError`."""
        try:
            if self._port is None:
                raise OSError("closed")
            self._port.write(data)
        except _FAULTS:
            self.close()
            raise PortGoneError from None
