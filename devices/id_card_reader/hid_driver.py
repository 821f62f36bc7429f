"""The driver of an ID-card reader on USB HID: the serial driver's conduct over a hidraw device file.

Everything but the way of the bytes is `serial_driver`'s: status, misses, pinned module id, find, select, read.
"""

import fcntl
import os
from typing import cast

import msgspec
import serial

from devices.driver import Driver
from devices.id_card_reader.codec import Request
from devices.id_card_reader.hid_codec import Framing, StrippedReplies, reports
from devices.id_card_reader.serial_driver import ReaderSettings, ReaderTimes, SerialReader
from devices.id_card_reader.serial_link import SerialLink
from kiosk.base.errors import BudayangError

_REQUEST = slice(7, 9)


class HidSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration.

    Attributes:
        port: a hidraw device file, best a stable link of udev's.
        framing: how the adapter carries a frame.
        report_bytes: of a report, its number not counted.
        report_id: the number of its reports; 0 for an adapter whose reports have none.
    """

    port: str
    module_id: str | None = None
    photo_decoder: str | None = None
    framing: Framing = Framing.WHOLE
    report_bytes: int = 64
    report_id: int = 0
    retries: int = 2
    times: ReaderTimes = msgspec.field(default_factory=ReaderTimes)


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        wanted = msgspec.convert(settings, HidSettings)
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None
    if not (8 <= wanted.report_bytes <= 1024 and 0 <= wanted.report_id <= 255):
        raise BudayangError("device.configuration")
    return HidReader(wanted)


class HidReader(SerialReader):
    """A reader behind one hidraw device. All methods from one thread."""

    def __init__(self, settings: HidSettings) -> None:
        super().__init__(
            ReaderSettings(
                settings.port,
                module_id=settings.module_id,
                photo_decoder=settings.photo_decoder,
                retries=settings.retries,
                times=settings.times,
            )
        )
        self._link = HidLink(settings)


class HidLink(SerialLink):
    """`SerialLink` whose port is a hidraw device file."""

    def __init__(self, settings: HidSettings) -> None:
        super().__init__(settings.port, 115200, settings.times.write, settings.times.gap)
        self._settings = settings

    def open(self) -> bool:
        """Opens the device file; false when that fails."""
        self.close()
        try:
            port = HidPort(self._settings)
        except OSError:
            return False
        self._port = cast("serial.Serial", port)  # it has the four methods that the link calls
        return True


class HidPort:
    """What the link wants of a port: bytes of frames in and out, reports below. Raises OSError when the device goes."""

    def __init__(self, settings: HidSettings) -> None:
        self._settings = settings
        self._descriptor = os.open(settings.port, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # one driver a device
        except OSError:
            os.close(self._descriptor)
            raise
        self._replies = StrippedReplies()

    def fileno(self) -> int:
        """For select."""
        return self._descriptor

    def write(self, frame: bytes) -> None:
        """Sends one request; hidraw takes a report or fails, it never blocks for long."""
        asked = frame[_REQUEST]
        self._replies.expect(Request(asked) if asked in {request.value for request in Request} else None)
        settings = self._settings
        for report in reports(frame, settings.framing, settings.report_bytes, settings.report_id):
            if os.write(self._descriptor, report) != len(report):
                raise OSError("report cut short")

    def read(self, _count: int) -> bytes:
        """One report's bytes of a frame; empty while a stripped reply is not complete."""
        is_numbered = self._settings.report_id != 0
        try:
            report = os.read(self._descriptor, self._settings.report_bytes + is_numbered)
        except BlockingIOError:
            return b""
        if not report:
            raise OSError("the device has gone")
        if is_numbered:
            report = report[1:]  # the report's number leads it, as in writing (Linux Documentation/hid/hidraw.rst)
        return report if self._settings.framing is Framing.WHOLE else self._replies.feed(report)

    def close(self) -> None:
        """Releases the device and forgets what was received."""
        self._replies.clear()
        os.close(self._descriptor)
