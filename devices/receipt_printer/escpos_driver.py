"""Driver of ESC/POS receipt printers on a serial line, TCP or USB.

What counts as printed: the printer itself has answered a mark that stands behind the cut, and its real-time status after that is clean.
Before the first piece of a receipt goes out every trouble means *not printed*; after it, *unknown*, and a person decides. Nothing is
ever begun again by itself. A printer keeps what it has not printed, also over a pulled cable or an empty roll: after trouble its
buffers are cleared, and once it is well again the fragment is fed and cut off, so that no citizen gets a part of another's slip.
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from devices.driver import Execution
from devices.messages import Capabilities, Command, Completion
from devices.receipt_printer.composer import Composed, UnprintableError, compose, cut, initialise
from devices.receipt_printer.job_memory import JobMemory
from devices.receipt_printer.link import FrameShape, Link, StalledError
from devices.receipt_printer.settings import Settings, plug_in, read_settings
from devices.receipt_printer.status_codec import gone, is_clean, silent
from devices.receipt_printer.status_source import RealTimeStatus, StatusSource, VendorStatus
from devices.receipt_printer.types import PRINT, JobResult, Outcome, PrintReceipt
from devices.receipt_printer.usb_search import UsbPlaces
from devices.receipt_printer.vendor_profile import VendorProfile
from devices.receipt_printer.wires import Wire, WireLostError, WireSetupError
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Paper

_MISSES = 3  # a printer that vanishes for seconds is not gone
_MARK_EVERY = 512  # bytes; two marks open at most, so little is left in the printer when it stops
_MARKS_OPEN = 2
_TURN_S = 0.05
_QUESTION_EVERY_S = 0.1
_STANDSTILL_S = 20.0


class _TroubleError(Exception):
    """What ends a job early: completion code and message key."""

    def __init__(self, code: CompletionCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class _Run:
    """One job under way: cancellation, deadline, and how often the printer has not answered."""

    def __init__(self, execution: Execution, timeout_s: float, started: float, monotonic: Callable[[], float]) -> None:
        self._execution = execution
        self._deadline = started + timeout_s if timeout_s > 0 else None
        self._monotonic = monotonic
        self.silence = 0

    def is_over(self) -> bool:
        return self._is_late() or self._execution.is_cancelled()

    def check(self) -> None:
        if self.is_over():
            raise self.ended()

    def ended(self) -> _TroubleError:
        if self._is_late():
            return _TroubleError(CompletionCode.TIME_OUT, "receipt_printer.too_slow")
        return _TroubleError(CompletionCode.CANCELED, "receipt_printer.cancelled")

    def _is_late(self) -> bool:
        return self._deadline is not None and self._monotonic() >= self._deadline


class EscposDriver:
    """Fulfils `devices.driver.Driver`. One thread only."""

    def __init__(
        self,
        settings: Settings,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        profile: VendorProfile | None = None,
        places: UsbPlaces | None = None,
    ) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._profile = profile
        self._places = UsbPlaces() if places is None else places
        self._source: StatusSource = RealTimeStatus() if profile is None else VendorStatus(profile)
        self._wire: Wire | None = None
        self._link: Link | None = None
        self._misses = 0
        self._last = STARTING
        self._has_fragment = settings.eject_at_start
        self._jobs = JobMemory()

    def capabilities(self) -> Capabilities:
        """XFS4IoT Printer's PrintForm."""
        return Capabilities((PRINT,))

    def open(self) -> DeviceStatus:
        """Connects and asks up to three times; at most 2 s when the printer is silent or no route leads to it."""
        self.close()
        self._misses = 0
        status = self.status()
        while 0 < self._misses < _MISSES:
            status = self.status()
        return status

    def status(self) -> DeviceStatus:
        """Asks the printer; reconnects a lost cable. Three misses in a row make it `powerOff`."""
        try:
            link = self._connected()
            status = self._source.ask(link, self._model())
            answered = status.reason != "receipt_printer.silent"
            if answered and is_clean(status) and self._has_fragment:
                self._eject(link)
        except WireLostError:
            self._disconnect()
            answered, status = False, silent()
        except WireSetupError as error:
            answered, status = True, _misconfigured(error.key)
        except StalledError:
            answered, status = False, silent()
        if answered:
            self._misses = 0
        else:
            self._misses += 1
            status = self._missed()
        self._last = status
        return status

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `printForm`; the payload is always a `JobResult`."""
        if command.name != PRINT:
            return Completion(
                command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "receipt_printer.unsupported_command"
            )
        try:
            job = msgspec.msgpack.decode(command.payload, type=PrintReceipt)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            result = JobResult("", Outcome.NOT_PRINTED, "receipt_printer.bad_job")
            return _completion(command.action_id, CompletionCode.INVALID_DATA, result)
        before = self._jobs.outcome(job.job_id)
        if before is not None:
            result = JobResult(job.job_id, before, "receipt_printer.repeated_job")
            return _completion(command.action_id, CompletionCode.INVALID_REQUEST_ID, result)
        self._jobs.keep(job.job_id, Outcome.UNKNOWN)
        code, outcome, reason = self._print(job, command.timeout_s, execution)
        self._jobs.keep(job.job_id, outcome)
        return _completion(command.action_id, code, JobResult(job.job_id, outcome, reason))

    def close(self) -> None:
        """Releases the cable; job ids stay remembered."""
        self._disconnect()

    # -- a job

    def _print(
        self, job: PrintReceipt, timeout_s: float, execution: Execution
    ) -> tuple[CompletionCode, Outcome, str | None]:
        started = self._monotonic()
        try:
            composed = compose(job.lines, has_chinese_font=self._settings.chinese_font, font=Path(self._settings.font))
        except UnprintableError as error:
            return CompletionCode.UNSUPPORTED_DATA, Outcome.NOT_PRINTED, error.key
        run = _Run(execution, timeout_s, started, self._monotonic)
        try:
            self._begin(composed, run)
        except _TroubleError as trouble:
            return trouble.code, Outcome.NOT_PRINTED, trouble.reason
        except (WireLostError, StalledError) as error:
            if isinstance(error, WireLostError):
                self._disconnect()
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, "receipt_printer.silent"
        self._has_fragment = True
        try:
            self._send(composed, run)
        except _TroubleError as trouble:
            self._stop_printer()
            return trouble.code, Outcome.UNKNOWN, trouble.reason
        except WireLostError:
            self._disconnect()
            return CompletionCode.HARDWARE_ERROR, Outcome.UNKNOWN, "receipt_printer.unplugged"
        except StalledError:
            self._stop_printer()
            end = (
                run.ended()
                if run.is_over()
                else _TroubleError(CompletionCode.HARDWARE_ERROR, "receipt_printer.stalled")
            )
            return end.code, Outcome.UNKNOWN, end.reason
        self._has_fragment = False
        return CompletionCode.SUCCESS, Outcome.PRINTED, None

    def _begin(self, composed: Composed, run: "_Run") -> None:
        """Makes sure that the printer is well and listening; nothing is printed yet. Raises `_TroubleError`."""
        run.check()
        status = self.status()
        if not is_clean(status):
            raise _TroubleError(CompletionCode.DEVICE_NOT_READY, status.reason or "receipt_printer.silent")
        link = self._connected()
        link.forget_marks()
        link.write(composed.start + self._source.switch_on(), run.is_over)
        if self._settings.in_order_reply:
            link.mark()
            self._wait_for_marks(link, 0, run)
        run.check()

    def _send(self, composed: Composed, run: "_Run") -> None:
        link = self._connected()
        since_mark = 0
        for piece in composed.body:
            run.check()
            link.write(piece, run.is_over)
            since_mark += len(piece)
            if since_mark >= _MARK_EVERY:
                since_mark = 0
                self._check_flow(link, run)
        # the cut goes out only when the whole slip is on paper: a loss in between leaves a fragment, never two cuts
        if self._settings.in_order_reply:
            link.mark()
            self._wait_for_marks(link, 0, run)
        link.write(composed.cut, run.is_over)
        if self._settings.in_order_reply:
            link.mark()
            self._wait_for_marks(link, 0, run)
        else:
            self._settle(link, run)
        status = self._source.ask(link, self._model())
        if not is_clean(status):
            raise _TroubleError(CompletionCode.HARDWARE_ERROR, status.reason or "receipt_printer.silent")

    def _check_flow(self, link: Link, run: "_Run") -> None:
        if self._settings.in_order_reply:
            link.mark()
            self._wait_for_marks(link, _MARKS_OPEN - 1, run)
        else:
            self._ask_on_the_way(link, run)

    def _wait_for_marks(self, link: Link, allowed: int, run: "_Run") -> None:
        """Until at most `allowed` marks are open; asks for trouble meanwhile."""
        began = asked = self._monotonic()
        while link.outstanding > allowed:
            run.check()
            link.listen(_TURN_S)
            now = self._monotonic()
            if now - began > _STANDSTILL_S:
                raise _TroubleError(CompletionCode.HARDWARE_ERROR, "receipt_printer.stalled")
            if link.outstanding > allowed and now - asked >= _QUESTION_EVERY_S:
                self._ask_on_the_way(link, run)
                asked = self._monotonic()

    def _ask_on_the_way(self, link: Link, run: "_Run") -> None:
        is_stopped = self._source.is_stopped(link)
        run.silence = 0 if is_stopped is not None else run.silence + 1
        if run.silence >= _MISSES:
            raise _TroubleError(CompletionCode.HARDWARE_ERROR, "receipt_printer.silent")
        if is_stopped:
            status = self._source.ask(link, self._model())
            raise _TroubleError(CompletionCode.HARDWARE_ERROR, status.reason or "receipt_printer.stopped")

    def _settle(self, link: Link, run: "_Run") -> None:
        """For printers without in-order replies: clean for `settle_s` after the last byte has to do."""
        until = self._monotonic() + self._settings.settle_s
        while self._monotonic() < until:
            run.check()
            self._ask_on_the_way(link, run)
            link.listen(_TURN_S)

    # -- after trouble

    def _stop_printer(self) -> None:
        """Has the printer forget the rest; if it is well (a cancelled job), cuts the fragment off at once."""
        if self._settings.clear_buffer:
            try:
                self._connected().clear()
            except WireLostError:
                self._disconnect()
            except StalledError:
                return  # a question would stall as long again, past the host's grace; the host's next look tells
        self.status()

    def _eject(self, link: Link) -> None:
        """Clears, feeds and cuts what may hang there; on clean paper that is one blank strip."""
        if self._settings.clear_buffer:
            link.clear()
        link.forget_marks()
        link.write(initialise() + self._source.switch_on() + cut())
        self._has_fragment = False

    # -- the cable

    def _connected(self) -> Link:
        if self._link is None:
            settings = self._settings
            self._wire = plug_in(settings, self._places)
            shape = self._profile
            self._link = Link(
                self._wire,
                bytes_per_s=settings.baudrate / 10 if settings.port is not None else None,
                reply_s=settings.reply_s,
                write_s=settings.write_s,
                frames=None if shape is None else FrameShape(shape.mask, shape.value, shape.size),
                monotonic=self._monotonic,
            )
            self._link.write(self._source.switch_on())
        return self._link

    def _model(self) -> str | None:
        return None if self._wire is None else self._wire.model

    def _disconnect(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = None
        self._link = None

    def _missed(self) -> DeviceStatus:
        if self._misses >= _MISSES or self._last.state in (DeviceState.STARTING, DeviceState.POWER_OFF):
            # nothing was ever heard, or it was gone already: there is no better state to keep
            return gone(self._last.module_id)
        return _unanswered(self._last)


def _unanswered(last: DeviceStatus) -> DeviceStatus:
    """The last status with all that cannot be known now."""
    asked = silent(last.module_id)
    return msgspec.structs.replace(asked, state=last.state)


def _misconfigured(key: str) -> DeviceStatus:
    return DeviceStatus(DeviceState.HARDWARE_ERROR, paper=Paper.UNKNOWN, action=Action.CONFIGURATION, reason=key)


def _completion(action_id: str, code: CompletionCode, result: JobResult) -> Completion:
    reason = None if code is CompletionCode.SUCCESS else result.reason
    return Completion(action_id, code, reason, msgspec.msgpack.encode(result))


def make(settings: dict[str, object]) -> EscposDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value or a wrong profile."""
    checked, profile = read_settings(settings)
    return EscposDriver(checked, profile=profile)
