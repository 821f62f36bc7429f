"""Scans through SANE: one device, opened once, its pages streamed to the disk line by line.

Policy: what is whole on the disk stays whatever happens after; a page that is not whole is removed. A scanner that is listed is not
healthy: it counts as online when it was opened and, with eSCL, when it answers. Idle health comes from the scanner itself where it can
be asked (eSCL's status, a USB scanner's sensors), else by opening it anew. Memory is one band of lines, at any number of pages.
"""

import contextlib
import errno
import os
import threading
import time

import msgspec

from devices.document_scanner import escl_codec
from devices.document_scanner import settings as scanner_settings
from devices.document_scanner.escl_health import EsclHealth
from devices.document_scanner.page_files import PageFolder
from devices.document_scanner.pile import Pile, ScanCancelledError, ScanFailureError
from devices.document_scanner.sane_library import Device, Sane, SaneError, Status
from devices.document_scanner.scan_job import Job, raster_of
from devices.document_scanner.scan_setup import SetupError, set_up
from devices.document_scanner.scan_watch import LeftBehindError, ScanWatch
from devices.document_scanner.settings import Settings
from devices.document_scanner.types import (
    EVENT_PAGE_SCANNED,
    READ,
    ReadImage,
    ScanError,
    ScanResult,
    Source,
)
from devices.driver import Execution
from devices.messages import Capabilities, Command, Completion
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus, Media
from kiosk.base.errors import BudayangError

STUCK_S = 8.0
_BUSY_S = 2.0  # an earlier job may still be on its way out
_BUSY_TURN_S = 0.05
_DOUBLE_FEED_SENSORS = ("double-feed", "doublefeed", "multifeed", "multi-feed")
_COVER_SENSORS = ("cover-open",)
_PAPER_SENSORS = ("page-loaded", "paper-sensor", "hopper-loaded", "adf-loaded")
_ERRORS: dict[Status, ScanError] = {
    Status.JAMMED: ScanError.MEDIA_JAMMED,
    Status.NO_DOCS: ScanError.NO_MEDIA,
    Status.COVER_OPEN: ScanError.COVER_OPEN,
    Status.DEVICE_BUSY: ScanError.DEVICE_BUSY,
    Status.HW_LOCKED: ScanError.DEVICE_BUSY,
    Status.WARMING_UP: ScanError.DEVICE_BUSY,
}
_CODES: dict[ScanError, CompletionCode] = {
    ScanError.MEDIA_JAMMED: CompletionCode.HARDWARE_ERROR,
    ScanError.READ_ERROR: CompletionCode.HARDWARE_ERROR,
    ScanError.DEVICE_BUSY: CompletionCode.DEVICE_NOT_READY,
    ScanError.NO_SPACE: CompletionCode.INTERNAL_ERROR,
}


class StuckError(Exception):
    """A call into the library has not come back for `STUCK_S`: only a new process gets the scanner back, so the host ends."""


class SaneDriver:
    """Fulfils `devices.driver.Driver`. One thread only; at most one in a process, as the library is."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._escl = EsclHealth(settings.escl_url) if settings.escl_url else None
        self._sane: Sane | None = None
        self._device: Device | None = None
        self._left: threading.Thread | None = None
        self._left_at = 0.0
        self._fault: ScanError | None = None
        self._misses = 0

    # -- Driver

    def capabilities(self) -> Capabilities:
        """XFS4IoT's ReadImage."""
        return Capabilities((READ,), (EVENT_PAGE_SCANNED,))

    def open(self) -> DeviceStatus:
        """Opens the scanner; one that is off is `powerOff`."""
        self._misses = 0
        if self._escl is not None and self._escl.ask() is None:
            return _POWER_OFF  # the library would wait for seconds
        found = self._open()
        return found if found is not None else self._ask()

    def status(self) -> DeviceStatus:
        """Asks the scanner now; a network scanner is gone after three misses."""
        if self._device is None or self._left is not None:
            return self.open()
        if self._escl is None and not self._has_sensors():
            self._close_device()
            found = self._open()
            if found is not None:
                return found
        return self._ask()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `readImage`; the payload is always a `ScanResult`."""
        if command.name != READ:
            return _completion(command, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported", ScanResult())
        try:
            wish = msgspec.msgpack.decode(command.payload, type=ReadImage)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return _completion(command, CompletionCode.INVALID_DATA, "scanner.bad_command", ScanResult())
        if (self._device is None or self._left is not None) and not (status := self.open()).is_usable:
            result = ScanResult(error=ScanError.READ_ERROR)
            return _completion(command, CompletionCode.DEVICE_NOT_READY, status.reason, result)
        try:
            folder = PageFolder(wish.folder)
        except BudayangError as refusal:
            return _completion(command, CompletionCode.INVALID_DATA, refusal.problem.key, ScanResult())
        return self._scan(command, wish, folder, execution)

    def close(self) -> None:
        """Lets the scanner go."""
        self._close_device()
        if self._sane is not None and self._left is None:
            self._sane.exit()
            self._sane = None

    # -- a scan

    def _scan(self, command: Command, wish: ReadImage, folder: PageFolder, execution: Execution) -> Completion:
        assert self._device is not None
        device = self._device
        job = Job(wish)
        self._fault = None
        code, reason, error = CompletionCode.SUCCESS, None, None
        watch, is_given_away = None, False
        try:
            self._refuse_early(wish.source, execution)
            set_up(device, wish, self._settings)
            raster_of(device.parameters())  # what cannot be written is not begun
            watch = ScanWatch(execution, device.cancel, self._settings.stall_s)
            pile = Pile(device, job, folder, execution, watch, self._escl_fault)
            is_given_away = True
            watch.run(pile.run)
        except LeftBehindError as left:
            self._left, self._left_at = left.thread, time.monotonic()
            stalled = watch is not None and watch.has_stalled
            error = ScanError.READ_ERROR if stalled else None
            code = CompletionCode.HARDWARE_ERROR if stalled else CompletionCode.CANCELED
            reason = "scanner.silent" if stalled else "scanner.cancelled"
        except ScanCancelledError:
            code, reason = CompletionCode.CANCELED, "scanner.cancelled"
        except SetupError:
            code, reason = CompletionCode.UNSUPPORTED_DATA, "scanner.unsupported"
        except ScanFailureError as failure:
            error = failure.error
            code, reason = _CODES.get(error, CompletionCode.USER_ERROR), failure.reason
        except OSError as problem:
            is_full = problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            error = ScanError.NO_SPACE if is_full else None
            code = CompletionCode.INTERNAL_ERROR if is_full else CompletionCode.INVALID_DATA
            reason = "scanner.no_space" if is_full else "scanner.folder"
        except SaneError as problem:
            error = self._judge(device, problem.status)
            code, reason = _CODES.get(error, CompletionCode.USER_ERROR), escl_codec.REASONS[error]
        finally:
            if not is_given_away:
                folder.close()
        if error in (ScanError.MEDIA_JAMMED, ScanError.MEDIA_REJECTED, ScanError.COVER_OPEN):
            self._fault = error
        if not job.is_complete:
            # a cancelled pile ends some time later and refuses options until then; after a lost one the handle is of no use
            self._close_device()
        return _completion(command, code, reason, ScanResult(job.pages, job.blank_pages, error))

    def _refuse_early(self, source: Source, execution: Execution) -> None:
        """What the scanner itself says before it is begun; the library would try a busy one again and again."""
        if self._escl is None:
            return
        patience = time.monotonic() + _BUSY_S
        while True:
            body = self._escl.ask()
            if body is None:
                raise ScanFailureError(ScanError.READ_ERROR, "scanner.power_off")
            status = escl_codec.decode(body)
            if status is None or status.state is not DeviceState.DEVICE_BUSY:
                break
            if execution.is_cancelled():
                raise ScanCancelledError
            if time.monotonic() >= patience:
                raise ScanFailureError(ScanError.DEVICE_BUSY)
            time.sleep(_BUSY_TURN_S)  # it tells nobody when it is free; bounded just above
        fault = escl_codec.fault_of(body)
        is_empty = status is not None and status.media is Media.NOT_PRESENT
        if source is not Source.FLATBED and (fault is not None or is_empty):
            raise ScanFailureError(fault or ScanError.NO_MEDIA)

    def _judge(self, device: Device, status: Status) -> ScanError:
        fault = self._escl_fault()
        if fault is not None:
            return fault
        if status in (Status.JAMMED, Status.IO_ERROR):
            with contextlib.suppress(SaneError):
                if any(device.is_on(name) for name in _DOUBLE_FEED_SENSORS):
                    return ScanError.MEDIA_REJECTED
        return _ERRORS.get(status, ScanError.READ_ERROR)

    def _escl_fault(self) -> ScanError | None:
        if self._escl is None:
            return None
        body = self._escl.ask()
        return escl_codec.fault_of(body) if body is not None else None

    # -- health

    def _open(self) -> DeviceStatus | None:
        """Opens the device; returns what is wrong, ``None`` when nothing is. Raises `StuckError`."""
        if self._left is not None:
            if self._left.is_alive():
                if time.monotonic() - self._left_at >= STUCK_S:
                    raise StuckError
                return _SILENT
            self._left = None
            self._close_device()
        try:
            with scanner_settings.private_folder(self._settings) as folder:
                os.environ["SANE_CONFIG_DIR"] = folder
                if self._sane is None:
                    self._sane = Sane()
                self._device = self._sane.open(self._settings.sane_name)
        except SaneError as problem:
            return _refusal(problem.status)
        except OSError:
            return DeviceStatus(
                DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="scanner.library_missing"
            )
        return None

    def _close_device(self) -> None:
        if self._left is not None:
            return  # a thread is still inside the library: the device is closed when it has come out
        device, self._device = self._device, None
        if device is not None:
            # on this thread: one begun just after a cancellation was lost at its start (`test` backend, 1 of 100)
            device.close()

    def _has_sensors(self) -> bool:
        assert self._device is not None
        return any(name in self._device.options for name in (*_COVER_SENSORS, *_PAPER_SENSORS))

    def _ask(self) -> DeviceStatus:
        if self._escl is not None:
            return self._ask_escl(self._escl)
        assert self._device is not None
        try:
            is_open = _sensor(self._device, _COVER_SENSORS)
            is_loaded = _sensor(self._device, _PAPER_SENSORS)
        except SaneError:
            self._close_device()
            return _POWER_OFF
        if is_open:
            return escl_codec.trouble(ScanError.COVER_OPEN)
        if self._fault is not None and is_loaded:
            return escl_codec.trouble(self._fault)
        self._fault = None
        media = None if is_loaded is None else Media.PRESENT if is_loaded else Media.NOT_PRESENT
        return DeviceStatus(DeviceState.ONLINE, media=media, cover_open=is_open)

    def _ask_escl(self, escl: EsclHealth) -> DeviceStatus:
        body = escl.ask()
        status = escl_codec.decode(body) if body is not None else None
        if status is not None:
            self._misses = 0
            return status
        self._misses += 1
        if self._misses >= _MISSES:
            return _POWER_OFF
        return DeviceStatus(DeviceState.ONLINE, media=Media.UNKNOWN, action=Action.SUSPEND, reason="scanner.silent")


_MISSES = 3
_SILENT = DeviceStatus(DeviceState.HARDWARE_ERROR, media=Media.UNKNOWN, action=Action.SUSPEND, reason="scanner.silent")
_POWER_OFF = DeviceStatus(DeviceState.POWER_OFF, media=Media.UNKNOWN, action=Action.CLEAR, reason="scanner.power_off")


def _sensor(device: Device, names: tuple[str, ...]) -> bool | None:
    found = [state for name in names if (state := device.is_on(name)) is not None]
    return any(found) if found else None


def _refusal(status: Status) -> DeviceStatus:
    if status is Status.DEVICE_BUSY:
        return DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.SUSPEND, reason="scanner.busy")
    if status is Status.ACCESS_DENIED:
        return DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="scanner.no_access")
    return _POWER_OFF


def _completion(command: Command, code: CompletionCode, reason: str | None, result: ScanResult) -> Completion:
    return Completion(command.action_id, code, reason, msgspec.msgpack.encode(result))


def make(settings: dict[str, object]) -> SaneDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    return SaneDriver(scanner_settings.read(settings))
