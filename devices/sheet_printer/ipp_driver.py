"""Prints sheets over IPP and follows each job to its end; what the CUPS driver and the demo's file printer share.

A job is made empty first (Create-Job) and its document sent after (Send-Document): until then nothing can have been printed, and
a document that got lost halfway belongs to a job that can be cancelled by number. Outcomes: *printed* = the printer says `completed`.
*Not printed* = refused before the document, or cancelled while it was still waiting, or the printer counts its pages and says none.
Everything else is *unknown*. A job that meets an empty tray or a jam is cancelled at once: it must not come out for the next
citizen. Nothing is begun again by itself.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

import msgspec

from devices.driver import Execution
from devices.messages import Capabilities, Command, Completion
from devices.receipt_printer.types import JobResult, Outcome
from devices.sheet_printer.ipp_codec import NOT_FOUND, STATUS_OK_LIMIT, Attribute, Attributes, JobState, Operation, Tag
from devices.sheet_printer.ipp_wire import Address, IppWire, PrinterSilentError, PrinterUnreachableError
from devices.sheet_printer.status_codec import decode
from devices.sheet_printer.types import PRINT, PrintSheet
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus, Media, Paper, Toner

STATUS_S = 0.8
DOCUMENT_S = 5.0
POLL_S = 0.05
CANCEL_S = 0.7  # for a cancelled job to say how it ended
_MISSES = 3
PRINTER_IDLE = 3
_FRESH_S = 3.0  # for a back end to take back what was left over from an earlier job
_STOPPED_POLLS = 10  # a job that the server has stopped without a reason of the printer's
_REMEMBERED_JOBS = 4096
_USER = Attribute(Tag.NAME, "requesting-user-name", ["terminal"])
_PRINTER_ATTRIBUTES = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-make-and-model"]
_JOB_ATTRIBUTES = ["job-state", "job-state-reasons", "job-impressions-completed"]
_ENDED = (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)


class _FollowEnd(Exception):  # noqa: N818 - the end of a job, not always an error
    """How following a job ended early: completion code and message key."""

    def __init__(self, code: CompletionCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class IppDriver:
    """Fulfils `devices.driver.Driver`. One thread only.

    Args:
        address: the printer or queue.
        counts_pages: the printer's `job-impressions-completed` is its own count and may prove that nothing was printed.
        has_stale_reasons: what it says while idle may be left over from an earlier job (CUPS); then an idle printer's trouble is
            no obstacle, its paper is `unknown`, and the next job shows what is true.
    """

    def __init__(
        self,
        address: Address,
        *,
        counts_pages: bool,
        has_stale_reasons: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.wire = IppWire(address, STATUS_S)
        self._slow_wire = IppWire(address, DOCUMENT_S)
        self._counts_pages = counts_pages
        self._has_stale_reasons = has_stale_reasons
        self._monotonic = monotonic
        self._misses = 0
        self._left_over: str | None = None
        self._last: DeviceStatus | None = None
        self._jobs: OrderedDict[str, Outcome] = OrderedDict()

    # -- what a kind of printer adds

    def refusal(self) -> DeviceStatus | None:
        """A reason of this kind of printer not to print at all; may raise the wire's errors."""
        return None

    def before_job(self) -> None:
        """Called before a job is made; may raise the wire's errors."""

    def after_job(self) -> None:
        """Called when a job was followed to its end; never raises."""

    def ending_of_gone_job(self, job_number: int) -> JobState | None:
        """How a job ended that the printer does not know any more."""
        del job_number
        return None

    # -- Driver

    def capabilities(self) -> Capabilities:
        """XFS4IoT Printer's PrintRawFile."""
        return Capabilities((PRINT,))

    def open(self) -> DeviceStatus:
        """The first real status; a printer that cannot be reached at first is `powerOff`."""
        self._misses = 0
        self._last = None
        return self.status()

    def status(self) -> DeviceStatus:
        """Asks the printer; three misses in a row make it `powerOff`."""
        try:
            status = self._ask_status()
        except (PrinterUnreachableError, PrinterSilentError):
            self._misses += 1
            if self._last is None or self._last.state is DeviceState.POWER_OFF or self._misses >= _MISSES:
                status = _unanswered(DeviceState.POWER_OFF, "sheet_printer.power_off", Action.CLEAR)
            else:
                status = _unanswered(self._last.state, "sheet_printer.silent", Action.SUSPEND)
        else:
            self._misses = 0
        self._last = status
        return status

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `printRawFile`; the payload is always a `JobResult`."""
        if command.name != PRINT:
            return Completion(
                command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "sheet_printer.unsupported_command"
            )
        try:
            job = msgspec.msgpack.decode(command.payload, type=PrintSheet)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return _completion(
                command, CompletionCode.INVALID_DATA, JobResult("", Outcome.NOT_PRINTED, "sheet_printer.bad_job")
            )
        if job.job_id in self._jobs:
            repeated = JobResult(job.job_id, self._jobs[job.job_id], "sheet_printer.repeated_job")
            return _completion(command, CompletionCode.INVALID_REQUEST_ID, repeated)
        if not job.pdf.startswith(b"%PDF-"):
            return _completion(
                command,
                CompletionCode.INVALID_DATA,
                JobResult(job.job_id, Outcome.NOT_PRINTED, "sheet_printer.bad_job"),
            )
        self._remember(job.job_id, Outcome.UNKNOWN)
        deadline = self._monotonic() + command.timeout_s if command.timeout_s > 0 else None
        code, outcome, reason = self._print(job, execution, deadline)
        self._remember(job.job_id, outcome)
        return _completion(command, code, JobResult(job.job_id, outcome, reason))

    def close(self) -> None:
        """Nothing is held between requests."""

    # -- a job

    def _print(
        self, job: PrintSheet, execution: Execution, deadline: float | None
    ) -> tuple[CompletionCode, Outcome, str | None]:
        self._left_over = None
        if execution.is_cancelled():
            return CompletionCode.CANCELED, Outcome.NOT_PRINTED, "sheet_printer.cancelled"
        status = self.status()
        if status.reason is not None or not status.is_usable:
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, status.reason
        try:
            self.before_job()
            number = self._create(job)
        except (PrinterUnreachableError, PrinterSilentError):
            # a job without a document prints nothing, whether it was made or not
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, "sheet_printer.silent"
        if number is None:
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, "sheet_printer.job_refused"
        try:
            return self._send_and_follow(job, number, execution, deadline)
        finally:
            self.after_job()

    def _create(self, job: PrintSheet) -> int | None:
        operation = [_USER, Attribute(Tag.NAME, "job-name", [job.title or "sheet"])]
        wishes = [Attribute(Tag.INTEGER, "copies", [1])]
        answer = self.wire.ask(Operation.CREATE_JOB, operation, [(Tag.JOB, wishes)])
        number = answer.first(Tag.JOB).get("job-id", [None])[0]
        return number if answer.code < STATUS_OK_LIMIT and isinstance(number, int) else None

    def _send_and_follow(
        self, job: PrintSheet, number: int, execution: Execution, deadline: float | None
    ) -> tuple[CompletionCode, Outcome, str | None]:
        document = [
            Attribute(Tag.INTEGER, "job-id", [number]),
            _USER,
            Attribute(Tag.NAME, "document-name", [job.job_id]),
            Attribute(Tag.MIME, "document-format", ["application/pdf"]),
            Attribute(Tag.BOOLEAN, "last-document", [True]),
        ]
        try:
            answer = self._slow_wire.ask(Operation.SEND_DOCUMENT, document, document=job.pdf)
        except PrinterUnreachableError:
            self._cancel(number)
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, "sheet_printer.silent"
        except PrinterSilentError:
            return CompletionCode.HARDWARE_ERROR, self._give_up(number, has_begun=True), "sheet_printer.silent"
        if answer.code >= STATUS_OK_LIMIT:
            self._cancel(number)
            return CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED, "sheet_printer.job_refused"
        follower = _Follower(self, number, execution, deadline, self._monotonic, self._left_over)
        try:
            state = follower.run()
        except _FollowEnd as end:
            return end.code, self._give_up(number, has_begun=follower.has_begun), end.reason
        if state is JobState.COMPLETED:
            return CompletionCode.SUCCESS, Outcome.PRINTED, None
        if state is None:
            return CompletionCode.HARDWARE_ERROR, Outcome.UNKNOWN, "sheet_printer.job_lost"
        outcome = Outcome.NOT_PRINTED if self._counts_pages and follower.pages == 0 else Outcome.UNKNOWN
        return CompletionCode.HARDWARE_ERROR, outcome, "sheet_printer.job_aborted"

    def _give_up(self, number: int, *, has_begun: bool) -> Outcome:
        """Cancels a job and learns what became of it."""
        self._cancel(number)
        until = self._monotonic() + CANCEL_S
        while self._monotonic() < until:
            try:
                attributes = self.job_attributes(number)
            except (PrinterUnreachableError, PrinterSilentError):
                return Outcome.UNKNOWN
            state, pages = state_of(attributes), pages_of(attributes)
            if state is None:
                state = self.ending_of_gone_job(number)
            if state is JobState.COMPLETED:
                return Outcome.PRINTED
            if state in (JobState.CANCELED, JobState.ABORTED):
                is_proven = not has_begun or (self._counts_pages and pages == 0)
                return Outcome.NOT_PRINTED if is_proven else Outcome.UNKNOWN
            if state is None:
                return Outcome.UNKNOWN
            time.sleep(POLL_S)
        return Outcome.UNKNOWN

    def _cancel(self, number: int) -> None:
        try:
            self.wire.ask(Operation.CANCEL_JOB, [Attribute(Tag.INTEGER, "job-id", [number]), _USER])
        except (PrinterUnreachableError, PrinterSilentError):
            return

    # -- questions

    def printer_status(self) -> DeviceStatus:
        """Asks the printer for its state and reasons. Raises the wire's errors."""
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", _PRINTER_ATTRIBUTES)
        answer = self.wire.ask(Operation.GET_PRINTER_ATTRIBUTES, [_USER, wanted])
        if answer.code >= STATUS_OK_LIMIT:
            return DeviceStatus(
                DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="sheet_printer.no_queue"
            )
        printer = answer.first(Tag.PRINTER)
        state = printer.get("printer-state", [None])[0]
        reasons = [reason for reason in printer.get("printer-state-reasons", []) if isinstance(reason, str)]
        model = printer.get("printer-make-and-model", [None])[0]
        model = model if isinstance(model, str) else None
        if self._has_stale_reasons and state == PRINTER_IDLE and decode(state, reasons).reason is not None:
            self._left_over = decode(state, reasons).reason
            return DeviceStatus(
                DeviceState.ONLINE, media=Media.UNKNOWN, paper=Paper.UNKNOWN, toner=Toner.UNKNOWN, module_id=model
            )
        return decode(
            state if isinstance(state, int) else None,
            reasons,
            is_accepting=printer.get("printer-is-accepting-jobs", [True])[0] is not False,
            model=model,
        )

    def job_attributes(self, number: int) -> Attributes:
        """State and pages of a job; empty when the printer does not know it. Raises the wire's errors."""
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", _JOB_ATTRIBUTES)
        answer = self.wire.ask(
            Operation.GET_JOB_ATTRIBUTES, [Attribute(Tag.INTEGER, "job-id", [number]), _USER, wanted]
        )
        return {} if answer.code == NOT_FOUND else answer.first(Tag.JOB)

    def _ask_status(self) -> DeviceStatus:
        status = self.printer_status()
        if status.reason is None:
            return self.refusal() or status
        return status

    def _remember(self, job_id: str, outcome: Outcome) -> None:
        self._jobs[job_id] = outcome
        while len(self._jobs) > _REMEMBERED_JOBS:
            self._jobs.popitem(last=False)


class _Follower:
    """Watches one job until it has ended.

    Attributes:
        has_begun: whether it was ever seen doing more than wait.
        pages: the printer's last count, None when it tells none.

    Args:
        left_over: a reason that the idle printer gave before; it counts only when it stays.
    """

    def __init__(
        self,
        driver: IppDriver,
        number: int,
        execution: Execution,
        deadline: float | None,
        monotonic: Callable[[], float],
        left_over: str | None,
    ) -> None:
        self._driver = driver
        self._number = number
        self._execution = execution
        self._deadline = deadline
        self._monotonic = monotonic
        self._misses = 0
        self._stopped = 0
        self._left_over = left_over
        self._fresh_at = monotonic() + _FRESH_S
        self.has_begun = False
        self.pages: int | None = None

    def run(self) -> JobState | None:
        """Returns how the job ended, None when nobody knows. Raises `_FollowEnd` for what should end it now."""
        while True:
            if self._deadline is not None and self._monotonic() >= self._deadline:
                raise _FollowEnd(CompletionCode.TIME_OUT, "sheet_printer.too_slow")
            if self._execution.is_cancelled():
                raise _FollowEnd(CompletionCode.CANCELED, "sheet_printer.cancelled")
            try:
                attributes = self._driver.job_attributes(self._number)
                state = state_of(attributes)
                self.pages = pages_of(attributes)
                if state is None:
                    self.has_begun = True
                    return self._driver.ending_of_gone_job(self._number)
                if state in _ENDED:
                    return state
                self.has_begun = self.has_begun or state in (JobState.PROCESSING, JobState.STOPPED)
                status = self._driver.printer_status()
                self._misses = 0
            except (PrinterUnreachableError, PrinterSilentError):
                self.has_begun = True
                self._misses += 1
                if self._misses >= _MISSES:
                    raise _FollowEnd(CompletionCode.HARDWARE_ERROR, "sheet_printer.silent") from None
            else:
                if status.reason is not None and (
                    status.reason != self._left_over or self._monotonic() > self._fresh_at
                ):
                    raise _FollowEnd(CompletionCode.HARDWARE_ERROR, status.reason)
                if status.reason is None:
                    self._left_over = None
                self._stopped = self._stopped + 1 if state is JobState.STOPPED else 0
                if self._stopped >= _STOPPED_POLLS:
                    raise _FollowEnd(CompletionCode.HARDWARE_ERROR, "sheet_printer.stopped")
            time.sleep(POLL_S)


def state_of(attributes: Attributes) -> JobState | None:
    """`job-state`, None when there is none."""
    state = attributes.get("job-state", [None])[0]
    return JobState(state) if isinstance(state, int) and state in set(JobState) else None


def pages_of(attributes: Attributes) -> int | None:
    """`job-impressions-completed`, None when there is none."""
    pages = attributes.get("job-impressions-completed", [None])[0]
    return pages if isinstance(pages, int) else None


def _unanswered(state: DeviceState, reason: str, action: Action) -> DeviceStatus:
    return DeviceStatus(
        state, media=Media.UNKNOWN, paper=Paper.UNKNOWN, toner=Toner.UNKNOWN, action=action, reason=reason
    )


def _completion(command: Command, code: CompletionCode, result: JobResult) -> Completion:
    reason = None if code is CompletionCode.SUCCESS else result.reason
    return Completion(command.action_id, code, reason, msgspec.msgpack.encode(result))
