"""The driver ``serial`` of a barcode scanner.

Policy: the light is on only while a read waits, when the scanner has commands for it. A code that began before the read
is not this citizen's: its rest is passed over. Within a read a refused code is told and the read goes on waiting; a
scanner that has a `hello` is asked it every `hello_s`, and three misses end the read.
"""

import time

import msgspec

from devices.barcode_reader.frame_codec import LONGEST, Damage, Ending, FrameReader
from devices.barcode_reader.scan_filter import ScanFilter
from devices.barcode_reader.types import (
    EVENT_INVALID_DATA,
    PART_SCANNER,
    READ,
    RESET,
    BarcodeRead,
    ReadBarcode,
    Scanner,
)
from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.serial_port import PortGoneError
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Part
from devices.unasked_line import LineSettings, UnaskedLine, hex_bytes
from kiosk.base.errors import BudayangError

_SLICE_S = 0.05
_GONE = DeviceStatus(
    DeviceState.POWER_OFF,
    action=Action.MAINTENANCE,
    reason="barcode.gone",
    parts=(Part(PART_SCANNER, Scanner.UNKNOWN.value),),
)


class ScannerSettings(LineSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """This driver's part of the configuration.

    Attributes:
        ending: see `Ending`.
        framed: whether STX and ETX stand around each code.
        identifier: whether each code begins with its symbology identifier (AIM).
        longest: bytes of a code.
        light_on, light_off: commands that begin and end scanning, hexadecimal; both or none.
        window_s: a code seen again within this time of its last sight is the same reading.
        gap_s: a code that stops for so long is torn.
        hello_s: how often the scanner is asked within a read.
    """

    ending: Ending = Ending.EITHER
    framed: bool = False
    identifier: bool = False
    longest: int = LONGEST
    light_on: str = ""
    light_off: str = ""
    window_s: float = 2.0
    gap_s: float = 0.2
    hello_s: float = 2.0


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        wanted = msgspec.convert(settings, ScannerSettings)
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None
    if not 1 <= wanted.longest <= LONGEST or bool(wanted.light_on) != bool(wanted.light_off):
        raise BudayangError("device.configuration")
    return SerialScanner(wanted)


class SerialScanner:
    """A scanner behind one serial port. All methods from one thread.

    Attributes:
        poll_s: how often the host should look; codes that nobody waits for lie in the line no longer.
    """

    poll_s = 0.25

    def __init__(self, settings: ScannerSettings) -> None:
        self._settings = settings
        self._light_on = hex_bytes(settings.light_on)
        self._light_off = hex_bytes(settings.light_off)
        self._frames = FrameReader(
            settings.ending,
            is_framed=settings.framed,
            has_identifier=settings.identifier,
            longest=settings.longest,
            gap_s=settings.gap_s,
        )
        self._filter = ScanFilter(settings.window_s)
        self._line = UnaskedLine(settings, self._take)
        self._wish: ReadBarcode | None = None
        self._execution: Execution | None = None
        self._is_foreign = False
        self._found: BarcodeRead | None = None
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """XFS4IoT BarcodeReader's commands."""
        return Capabilities((READ, RESET), (EVENT_INVALID_DATA,))

    def open(self) -> DeviceStatus:
        """Opens the port; a failure counts as one miss. The light goes out: a host before this one may have died in a read."""
        status = self.status()
        if self._line.misses == 0:
            self._switch_light(self._light_off)
        return status

    def status(self) -> DeviceStatus:
        """One round; drops what was scanned meanwhile."""
        if self._line.check():
            self._frames.expire(time.monotonic())
            self._filter.expire(time.monotonic())
            light = Scanner.OFF if self._light_off else Scanner.ON
            self._status = DeviceStatus(DeviceState.ONLINE, parts=(Part(PART_SCANNER, light.value),))
        elif self._line.is_gone:
            self._status = _GONE
        self._filter.tell()
        return self._status

    def close(self) -> None:
        """Puts the light out and releases the port; twice is allowed."""
        self._switch_light(self._light_off)
        self._line.close()
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
        refusal = self._line.refusal(execution, "barcode.gone")
        if refusal is not None:
            return refusal
        self._is_foreign = self._frames.pending_bytes > 0
        self._wish, self._execution = wish, execution
        try:
            return self._read(execution)
        finally:
            self._switch_light(self._light_off)
            self._wish = self._execution = self._found = None
            self._frames.clear()
            self._filter.tell()

    def _read(self, execution: Execution) -> Completion:
        self._switch_light(self._light_on)
        hello_at = time.monotonic() + self._settings.hello_s
        while not execution.is_cancelled():
            try:
                self._line.listen(_SLICE_S)
            except PortGoneError:
                hello_at = 0.0
            self._judge(self._frames.expire(time.monotonic()))
            if self._found is not None:
                return Completion(
                    execution.action_id, CompletionCode.SUCCESS, payload=msgspec.msgpack.encode(self._found)
                )
            if time.monotonic() >= hello_at and (not hello_at or self._line.asks):
                was_lost = not hello_at
                if not self._line.settle(execution):
                    break
                if was_lost:
                    # it lost its power with its plug: torn codes are gone, and so is the light
                    self._frames.clear()
                    self._switch_light(self._light_on)
                hello_at = time.monotonic() + self._settings.hello_s
        if execution.is_cancelled():
            return Completion(execution.action_id, CompletionCode.CANCELED)
        self._status = _GONE
        return Completion(execution.action_id, CompletionCode.DEVICE_NOT_READY, "barcode.gone")

    def _take(self, data: bytearray) -> None:
        self._judge(self._frames.feed(data, time.monotonic()))

    def _judge(self, codes: list[BarcodeRead | Damage]) -> None:
        for code in codes:
            if self._is_foreign:
                self._is_foreign = False
                self._filter.dropped += 1
            elif isinstance(code, Damage):
                self._filter.complain(self._execution, "barcode.unreadable")
            elif self._found is not None:
                self._filter.judge(code, None, None, time.monotonic())
            elif self._filter.judge(code, self._wish, self._execution, time.monotonic()):
                self._found = code

    def _switch_light(self, order: bytes) -> None:
        try:
            self._line.send(order)
        except PortGoneError:
            return  # the next round tells it

    def _forget(self) -> None:
        self._frames.clear()
        self._filter.forget()
