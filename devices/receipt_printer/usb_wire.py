"""The cable to a USB receipt printer: the kernel's character device ``/dev/usb/lpN`` (driver `usblp`), never blocking.

Why not libusb (python-escpos' own way): it has to take the interface away from the kernel and hold it, its time-outs loose bytes of
replies, a pulled plug shows as five different errors, and a library more would load in the host. `usblp` (drivers/usb/class/usblp.c) gives
what a terminal needs: one opener only (EBUSY), writes that take what fits, ENODEV and POLLHUP when the plug is pulled, closing without
waiting for a dead printer. A write that was taken may still be lost; only the printer's own answers prove anything, and they do.

A read of no bytes is no end: printers send empty packets. From practice, and to be seen on hardware alone.
"""

import array
import contextlib
import errno
import fcntl
import os
import select
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from devices.receipt_printer.usb_codec import model_of
from devices.receipt_printer.wires import WireLostError, WireSetupError

_ID_SIZE = 1024
_GET_DEVICE_ID = (2 << 30) | (_ID_SIZE << 16) | (ord("P") << 8) | 1
_READ = 4096
_BROKEN = select.POLLERR | select.POLLHUP | select.POLLNVAL


class DeviceCalls(Protocol):
    """The system calls on an open character device, replaceable in tests."""

    def read(self, descriptor: int, size: int) -> bytes: ...

    def write(self, descriptor: int, data: bytes) -> int: ...

    def poll(self, descriptor: int, events: int, wait_s: float) -> int: ...


class _SystemCalls:
    def read(self, descriptor: int, size: int) -> bytes:
        return os.read(descriptor, size)

    def write(self, descriptor: int, data: bytes) -> int:
        return os.write(descriptor, data)

    def poll(self, descriptor: int, events: int, wait_s: float) -> int:
        poll = select.poll()
        poll.register(descriptor, events)
        return next((happened for _, happened in poll.poll(wait_s * 1000)), 0)


class UsbWire:
    """Fulfils `wires.Wire`. Raises `WireLostError` when it cannot be opened, `WireSetupError` when it may not be.

    Attributes:
        model: what the printer says that it is, None when it says nothing.

    Args:
        find: gives the device's path, each time it is plugged in anew.
    """

    def __init__(self, find: Callable[[], Path], calls: DeviceCalls | None = None) -> None:
        self._calls: DeviceCalls = _SystemCalls() if calls is None else calls
        self._open: int | None = _open(find())
        self.model = _model(self._open)

    def send_some(self, data: bytes, wait_s: float) -> int:
        descriptor = self._descriptor()
        try:
            happened = self._calls.poll(descriptor, select.POLLOUT, wait_s)
            _check(happened)
            return self._calls.write(descriptor, data) if happened & select.POLLOUT else 0
        except BlockingIOError:
            return 0
        except OSError as error:
            raise WireLostError("the USB printer is gone") from error

    def receive(self, wait_s: float) -> bytes:
        descriptor = self._descriptor()
        try:
            happened = self._calls.poll(descriptor, select.POLLIN, wait_s)
            # what it said before it went is still read
            data = self._calls.read(descriptor, _READ) if happened & select.POLLIN else b""
            if not data:
                _check(happened)
                if happened and wait_s > 0:
                    self._calls.poll(
                        descriptor, 0, min(wait_s, 0.01)
                    )  # empty packets one after the other are no reason to spin
            return data
        except BlockingIOError:
            return b""
        except OSError as error:
            raise WireLostError("the USB printer is gone") from error

    def close(self) -> None:
        if self._open is not None:
            with contextlib.suppress(OSError):
                os.close(self._open)
            self._open = None

    def _descriptor(self) -> int:
        if self._open is None:
            raise WireLostError("the USB printer is closed")
        return self._open


def _open(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except PermissionError:
        raise WireSetupError("receipt_printer.usb_no_rights") from None
    except OSError as error:
        # EBUSY: another program has it; ENODEV, ENXIO, ENOENT: nothing is there
        raise WireLostError("the USB printer cannot be opened") from error
    try:
        if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
            raise WireSetupError("receipt_printer.usb_no_driver")
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, WireSetupError):
            raise
        raise WireLostError("another program has the USB printer") from error
    return descriptor


def _model(descriptor: int) -> str | None:
    answer = array.array("B", bytes(_ID_SIZE))
    try:
        fcntl.ioctl(descriptor, _GET_DEVICE_ID, answer, True)
    except OSError:
        return None  # a printer need not answer it, and a device of another kind cannot
    return model_of(answer.tobytes())


def _check(happened: int) -> None:
    if happened & _BROKEN:
        raise OSError(errno.ENODEV, "unplugged")
