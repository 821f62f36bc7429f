"""The driver ``wedge`` of a scanner that types as a keyboard.

Policy: the scanner's keyboard is grabbed by name (X11) or path (Linux event device), so that a code never lands in a field on
the screen or in the next citizen's form; what it types while no read waits is dropped and counted. Its light is its own. A person
who types on it is told from it by `WedgeReader`. Under a Wayland compositor only the event device works.
"""

import re
import time

import msgspec

from devices.barcode_reader.event_device import EventDevice
from devices.barcode_reader.key_source import KeySource
from devices.barcode_reader.scan_filter import ScanFilter
from devices.barcode_reader.types import (
    EVENT_INVALID_DATA,
    PART_SCANNER,
    READ,
    RESET,
    BarcodeRead,
    ReadBarcode,
    Scanner,
    Symbology,
)
from devices.barcode_reader.wedge_codec import WedgeReader
from devices.barcode_reader.x11_keyboard import X11Keyboard
from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.serial_port import PortGoneError
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Part
from devices.unasked_line import MISSES, pause
from kiosk.base.errors import BudayangError

_SLICE_S = 0.05
_LOCAL_DISPLAY = re.compile(r":\d{1,4}(\.\d)?")
_GONE = DeviceStatus(
    DeviceState.POWER_OFF,
    action=Action.MAINTENANCE,
    reason="barcode.gone",
    parts=(Part(PART_SCANNER, Scanner.UNKNOWN.value),),
)


class WedgeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """This driver's part of the configuration: `event_device`, or `display` and `keyboard`.

    Attributes:
        event_device: path, best one of ``/dev/input/by-id``.
        display, keyboard: the X display of this machine and the keyboard's name as ``xinput list`` tells it.
        prefix: what the scanner is set to type first.
        key_s: keys further apart are a person's.
        shortest, longest: characters of a code.
        window_s: see `ScanFilter`.
    """

    event_device: str | None = None
    display: str | None = None
    keyboard: str | None = None
    prefix: str = ""
    key_s: float = 0.03
    shortest: int = 4
    longest: int = 2048
    window_s: float = 2.0
    retry_s: float = 0.3


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        wanted = msgspec.convert(settings, WedgeSettings)
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None
    return WedgeScanner(wanted, source_of(wanted))


def source_of(settings: WedgeSettings) -> KeySource:
    """The keyboard that the settings name; raises `BudayangError`."""
    if settings.event_device and not settings.display and not settings.keyboard:
        return EventDevice(settings.event_device)
    is_local = bool(settings.display and _LOCAL_DISPLAY.fullmatch(settings.display))
    if settings.display and is_local and settings.keyboard and not settings.event_device:
        return X11Keyboard(settings.display, settings.keyboard)
    raise BudayangError("device.configuration")


class WedgeScanner:
    """A scanner behind one keyboard. All methods from one thread.

    Attributes:
        poll_s: how often the host should look; codes that nobody waits for are held no longer.
    """

    poll_s = 0.25

    def __init__(self, settings: WedgeSettings, source: KeySource) -> None:
        self._source = source
        self._retry_s = settings.retry_s
        self._reader = WedgeReader(settings.key_s, settings.shortest, settings.longest, settings.prefix)
        self._filter = ScanFilter(settings.window_s)
        self._misses = 0
        self._is_open = False
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """XFS4IoT BarcodeReader's commands."""
        return Capabilities((READ, RESET), (EVENT_INVALID_DATA,))

    def open(self) -> DeviceStatus:
        """Takes the keyboard; a failure counts as one miss."""
        return self.status()

    def status(self) -> DeviceStatus:
        """Looks whether the keyboard is there; drops what was typed meanwhile."""
        if self._check():
            self._filter.expire(time.monotonic())
            self._status = DeviceStatus(DeviceState.ONLINE, parts=(Part(PART_SCANNER, Scanner.ON.value),))
        elif self._misses >= MISSES:
            self._status = _GONE
        self._filter.tell()
        return self._status

    def close(self) -> None:
        """Gives the keyboard back; twice is allowed."""
        self._source.close()
        self._is_open = False
        self._forget()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `read` or `reset`."""
        if command.name == RESET:
            self._forget()
            return Completion(command.action_id, CompletionCode.SUCCESS)
        if command.name != READ:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            wish = msgspec.msgpack.decode(command.payload, type=ReadBarcode) if command.payload else ReadBarcode()
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        self._reader.clear()  # a code that is being typed now was shown before the read
        while not execution.is_cancelled():
            if not self._check():
                if self._misses >= MISSES:
                    self._status = _GONE
                    return Completion(command.action_id, CompletionCode.DEVICE_NOT_READY, "barcode.gone")
                pause(self._retry_s, execution)
                continue
            found = self._read(wish, execution)
            if found is not None:
                payload = msgspec.msgpack.encode(found)
                return Completion(command.action_id, CompletionCode.SUCCESS, payload=payload)
        return Completion(command.action_id, CompletionCode.CANCELED)

    def _read(self, wish: ReadBarcode, execution: Execution) -> BarcodeRead | None:
        """Until a code, the end of the command or the loss of the keyboard."""
        while not execution.is_cancelled():
            try:
                found = self._listen(_SLICE_S, wish, execution)
            except PortGoneError:
                return None
            if found is not None:
                return found
        return None

    def _check(self) -> bool:
        """One round; whether the keyboard is there."""
        try:
            if not self._is_open:
                self._is_open = self._source.open()
                self._reader.clear()
            is_there = self._is_open and self._source.is_there()
            if is_there:
                self._listen(0.0, None, None)
        except PortGoneError:
            is_there = False
        if not is_there:
            self._source.close()
            self._is_open = False
        self._misses = 0 if is_there else self._misses + 1
        return is_there

    def _listen(self, wait_s: float, wish: ReadBarcode | None, execution: Execution | None) -> BarcodeRead | None:
        found = None
        for character, at in self._source.keys(wait_s):
            code = self._reader.press(character, at)
            if isinstance(code, str):
                read = BarcodeRead(Symbology.UNKNOWN, code)
                is_taken = self._filter.judge(read, wish if found is None else None, execution, time.monotonic())
                found = read if is_taken else found
            elif code is not None:
                self._filter.complain(execution, "barcode.unreadable")
        return found

    def _forget(self) -> None:
        self._reader.clear()
        self._filter.forget()
