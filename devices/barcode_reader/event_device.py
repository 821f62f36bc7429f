"""A scanner's keyboard as Linux's event device, grabbed (EVIOCGRAB): no other program gets its keys.

Source: Linux Documentation/input/input.rst and include/uapi/linux/input.h, 64-bit: two times of 8 bytes, type, code, value.
"""

import fcntl
import os
import select
import struct
from collections.abc import Callable

from devices.barcode_reader.key_source import Key
from devices.barcode_reader.wedge_codec import Keyboard
from devices.serial_port import PortGoneError

_EVENT = struct.Struct("=qqHHi")
_SYN, _KEY = 0, 1
_SYN_DROPPED = 3
_RELEASED, _PRESSED = 0, 1
_EVIOCGRAB = 0x40044590
_MOST_EVENTS = 128


def grab(descriptor: int) -> None:
    """Takes the device for this process alone. Raises OSError: somebody else has it, or it is no event device."""
    fcntl.ioctl(descriptor, _EVIOCGRAB, 1)


class EventDevice:
    """`KeySource` of one path such as ``/dev/input/by-id/usb-...-event-kbd``.

    Args:
        path: of the device.
        take: see `grab`.
    """

    def __init__(self, path: str, take: Callable[[int], None] = grab) -> None:
        self._path = path
        self._take = take
        self._descriptor = -1
        self._keyboard = Keyboard()
        self._rest = b""

    def open(self) -> bool:
        self.close()
        try:
            self._descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            self._take(self._descriptor)
        except OSError:
            self.close()
            return False
        return True

    def is_there(self) -> bool:
        if self._descriptor < 0:
            raise PortGoneError
        poll = select.poll()
        poll.register(self._descriptor, 0)
        return not poll.poll(0)  # an unplugged device hangs up (POLLERR, POLLHUP)

    def keys(self, wait_s: float) -> list[Key]:
        try:
            if self._descriptor < 0:
                raise OSError("closed")
            if not select.select([self._descriptor], [], [], wait_s)[0]:
                return []
            data = self._rest + os.read(self._descriptor, _EVENT.size * _MOST_EVENTS)
            if not data:
                raise OSError("the device hung up")
        except OSError:
            self.close()
            raise PortGoneError from None
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        found: list[Key] = []
        for seconds, micros, kind, code, value in _EVENT.iter_unpack(data[:whole]):
            if kind == _SYN and code == _SYN_DROPPED:
                # the kernel's queue ran over: what follows is not the whole code
                self._keyboard.clear()
                found.append((None, seconds + micros / 1e6))
            elif kind == _KEY and value == _PRESSED:
                found.append((self._keyboard.press(code), seconds + micros / 1e6))
            elif kind == _KEY and value == _RELEASED:
                self._keyboard.release(code)
        return found

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        self._rest = b""
        self._keyboard.clear()
        if descriptor >= 0:
            os.close(descriptor)
