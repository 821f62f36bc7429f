"""Prints sheets over IPP and follows each job to its end; what the CUPS driver and the demo's file printer share.

A job is made empty first (Create-Job) and its document sent after (Send-Document): until then nothing can have been printed, and
a document that got lost halfway belongs to a job that can be cancelled by number. Outcomes: *printed* = the printer says `completed`
and, where it counts pages, has counted them all. *Not printed* = refused before the document, or cancelled while it was still waiting, or
the printer counts its pages and says none. Everything else is *unknown*. A job that meets a jam, or an empty tray for longer than
`paper_wait_s`, is cancelled: it must not come out for the next citizen. Nothing is begun again by itself.
"""

import time
from collections.abc import Callable

import msgspec

from devices.driver import Execution
from devices.messages import Capabilities, Command, Completion
from devices.receipt_printer.job_memory import JobMemory
from devices.receipt_printer.types import Outcome
from devices.sheet_printer import paper_choice, supplies_codec
from devices.sheet_printer.ipp_codec import NOT_FOUND, STATUS_OK_LIMIT, Attribute, Attributes, JobState, Operation, Tag
from devices.sheet_printer.ipp_wire import Address, IppWire, PrinterSilentError, PrinterUnreachableError
from devices.sheet_printer.job_account import BROKEN_OFF, PAGES_MISSING, Ending, JobRules, account_of, refused
from devices.sheet_printer.job_follower import POLL_S, FollowEnd, JobFollower, Patience, pages_of, state_of
from devices.sheet_printer.page_count import PageCount
from devices.sheet_printer.paper_choice import Papers
from devices.sheet_printer.paper_serials import SpentSerials, sheets_of
from devices.sheet_printer.status_codec import decode, is_accepting, reasons_of, unanswered, whole
from devices.sheet_printer.types import MEDIA_INSERTED, NO_MEDIA, PRINT, PrintSheet, SheetResult
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus, Media, Paper, Toner

STATUS_S, DOCUMENT_S = 0.8, 5.0
BRIEF_S = 0.3  # once it has not answered: the usual wait at each step of giving a job up would outlast the host's grace
CANCEL_S = 0.7  # for a cancelled job to say how it ended
_MISSES = 3
PRINTER_IDLE = 3
_USER = Attribute(Tag.NAME, "requesting-user-name", ["terminal"])
_STATE = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "printer-make-and-model", "device-uri"]
_PRINTER_ATTRIBUTES = [*dict.fromkeys([*_STATE, *supplies_codec.WANTED, *paper_choice.WANTED])]
_JOB_ATTRIBUTES = ["job-state", "job-state-reasons", "job-impressions-completed"]
_OF_THE_QUEUE = frozenset({"paused", "cups-missing-filter"})


class IppDriver:
    """Fulfils `devices.driver.Driver`. One thread only.

    Args:
        address: the printer or queue.
        counts_pages: the printer's `job-impressions-completed` is its own count and may prove that nothing was printed.
        is_queue: it is a print server's queue: what it says while idle may be left over from an earlier job (CUPS). The printer behind
            it is asked where `direct` reaches it; else an idle printer's trouble is no obstacle, its paper is `unknown`, and the
            next job shows what is true.

    Attributes:
        is_deaf: the printer has not answered when a job was given up; nothing more is asked about that job.
    """

    def __init__(
        self,
        address: Address,
        *,
        counts_pages: bool,
        is_queue: bool = False,
        papers: Papers | None = None,
        rules: JobRules | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.wire = IppWire(address, STATUS_S)
        self._slow_wire = IppWire(address, DOCUMENT_S)
        self._brief_wire = IppWire(address, BRIEF_S)
        self.is_deaf = False
        self._counts_pages = counts_pages
        self._is_queue = is_queue
        self._papers = Papers() if papers is None else papers
        self._rules = JobRules() if rules is None else rules
        self._monotonic = monotonic
        self._misses = 0
        self._left_over: str | None = None
        self._last: DeviceStatus | None = None
        self._printer: Attributes = {}
        self._jobs = JobMemory()
        self._spent = SpentSerials()
        self._given_up: PageCount | None = None
        self._queue: Attributes | None = None

    # -- what a kind of printer adds

    def direct(self, queue: Attributes) -> IppWire | None:
        """The way to the printer itself, None when there is none. `queue` is what `wire` has just answered."""
        del queue
        return self.wire

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
        """XFS4IoT Printer's PrintRawFile; with `paper_wait_s` it tells of waiting for paper."""
        return Capabilities((PRINT,), (NO_MEDIA, MEDIA_INSERTED) if self._rules.paper_wait_s > 0 else ())

    def open(self) -> DeviceStatus:
        """The first real status; a printer that cannot be reached at first is `powerOff`."""
        self._misses = 0
        self._last = None
        return self.status()

    def status(self) -> DeviceStatus:
        """Asks the printer; three misses in a row make it `powerOff`."""
        return self._status("")

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `printRawFile`; the payload is always a `SheetResult`."""
        if command.name != PRINT:
            return Completion(
                command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "sheet_printer.unsupported_command"
            )
        try:
            job = msgspec.msgpack.decode(command.payload, type=PrintSheet)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            bad = SheetResult("", Outcome.NOT_PRINTED, "sheet_printer.bad_job")
            return _completion(command, CompletionCode.INVALID_DATA, bad)
        before = self._jobs.outcome(job.job_id)
        if before is not None:
            # the numbered sheets were accounted for in the first result
            repeated = SheetResult(job.job_id, before, "sheet_printer.repeated_job", job.pages)
            return _completion(command, CompletionCode.INVALID_REQUEST_ID, repeated)
        if not job.pdf.startswith(b"%PDF-") or (job.pages is not None and job.pages < 1):
            return self._end(command, job, refused("sheet_printer.bad_job", CompletionCode.INVALID_DATA), None)
        self._jobs.keep(job.job_id, Outcome.UNKNOWN)
        deadline = self._monotonic() + command.timeout_s if command.timeout_s > 0 else None
        return self._print(command, job, execution, deadline)

    def close(self) -> None:
        """Nothing is held between requests."""

    # -- a job

    def _print(self, command: Command, job: PrintSheet, execution: Execution, deadline: float | None) -> Completion:
        obstacle = self._refusal_of(job, execution)
        if obstacle is not None:
            return self._end(command, job, obstacle, None)
        count: PageCount | None = None
        try:
            direct = self.direct(self._printer)
            if direct is not None:
                count = PageCount(direct, self._rules.count_s, self._monotonic)
                count.begin()
            self.before_job()
            number = self._create(job)
        except (PrinterUnreachableError, PrinterSilentError):
            # a job without a document prints nothing, whether it was made or not
            return self._end(command, job, refused("sheet_printer.silent"), None)
        if number is None:
            return self._end(command, job, refused("sheet_printer.job_refused"), None)
        try:
            ending = self._send_and_follow(job, number, execution, deadline)
        finally:
            self.after_job()
        return self._end(command, job, ending, count)

    def _refusal_of(self, job: PrintSheet, execution: Execution) -> Ending | None:
        """Everything that can be known before a job is made."""
        self._left_over = None
        self.is_deaf = False
        if execution.is_cancelled():
            return refused("sheet_printer.cancelled", CompletionCode.CANCELED)
        if job.paper and self._papers.tray_of(job.paper) is None:
            return refused("sheet_printer.no_paper_kind", CompletionCode.UNSUPPORTED_DATA)
        status = self._status(job.paper)
        if status.reason is not None or not status.is_usable:
            return refused(status.reason)
        key = paper_choice.refusal(job, self._papers, self._printer, self._queue)
        if key is not None:
            return refused(key, CompletionCode.UNSUPPORTED_DATA)
        if job.serials is not None:
            if job.pages is None or not job.serials.is_sound:
                return refused("sheet_printer.bad_job", CompletionCode.INVALID_DATA)
            if job.serials.count < sheets_of(job.pages, is_duplex=self._papers.is_duplex(job)):
                return refused("sheet_printer.serials_short", CompletionCode.USER_ERROR)
            if self._spent.holds_any_of(job.serials):
                return refused("sheet_printer.serials_spent", CompletionCode.INVALID_DATA)
        return None

    def _create(self, job: PrintSheet) -> int | None:
        operation = [_USER, Attribute(Tag.NAME, "job-name", [job.title or "sheet"])]
        wishes = paper_choice.wishes(job, self._papers, self._printer)
        answer = self.wire.ask(Operation.CREATE_JOB, operation, [(Tag.JOB, wishes)])
        number = answer.first(Tag.JOB).get("job-id", [None])[0]
        return number if answer.code < STATUS_OK_LIMIT and isinstance(number, int) else None

    def _send_and_follow(self, job: PrintSheet, number: int, execution: Execution, deadline: float | None) -> Ending:
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
            return refused("sheet_printer.silent")
        except PrinterSilentError:
            return self._give_up(number, CompletionCode.HARDWARE_ERROR, "sheet_printer.silent", has_begun=True)
        if answer.code in BROKEN_OFF:
            return self._give_up(number, CompletionCode.HARDWARE_ERROR, "sheet_printer.job_aborted", has_begun=True)
        if answer.code >= STATUS_OK_LIMIT:
            self._cancel(number)
            return refused("sheet_printer.job_refused")
        patience = Patience(deadline, self._rules.paper_wait_s, self._left_over)
        follower = JobFollower(self, number, job.paper, execution, patience, self._monotonic)
        try:
            state = follower.run()
        except FollowEnd as end:
            self.is_deaf = follower.is_silent
            return self._give_up(number, end.code, end.reason, has_begun=follower.has_begun)
        if state is JobState.COMPLETED:
            return Ending(CompletionCode.SUCCESS, Outcome.PRINTED, None, has_fed=True, pages=follower.pages)
        error = CompletionCode.HARDWARE_ERROR
        if state is None:
            return Ending(error, Outcome.UNKNOWN, "sheet_printer.job_lost", has_fed=True, pages=follower.pages)
        outcome = Outcome.NOT_PRINTED if self._counts_pages and follower.pages == 0 else Outcome.UNKNOWN
        return Ending(error, outcome, "sheet_printer.job_aborted", has_fed=True, pages=follower.pages)

    def _give_up(self, number: int, code: CompletionCode, reason: str, *, has_begun: bool) -> Ending:
        """Cancels a job and learns what became of it, unless the printer does not answer even now."""
        if not self._cancel(number):
            return Ending(code, Outcome.UNKNOWN, reason, has_fed=True, pages=None)
        until = self._monotonic() + CANCEL_S
        pages: int | None = None
        while self._monotonic() < until:
            try:
                attributes = self.job_attributes(number)
            except (PrinterUnreachableError, PrinterSilentError):
                break
            state, pages = state_of(attributes), pages_of(attributes)
            if state is None:
                state = self.ending_of_gone_job(number)
            if state is JobState.COMPLETED:
                return Ending(code, Outcome.PRINTED, reason, has_fed=True, pages=pages)
            if state in (JobState.CANCELED, JobState.ABORTED):
                is_proven = not has_begun or (self._counts_pages and pages == 0)
                outcome = Outcome.NOT_PRINTED if is_proven else Outcome.UNKNOWN
                return Ending(code, outcome, reason, has_fed=has_begun, pages=pages)
            if state is None:
                break
            time.sleep(POLL_S)
        return Ending(code, Outcome.UNKNOWN, reason, has_fed=True, pages=pages)

    def _cancel(self, number: int) -> bool:
        wire = self._brief_wire if self.is_deaf else self.wire
        try:
            wire.ask(Operation.CANCEL_JOB, [Attribute(Tag.INTEGER, "job-id", [number]), _USER])
            self.is_deaf = False
        except (PrinterUnreachableError, PrinterSilentError):
            self.is_deaf = True
        return not self.is_deaf

    # -- what came of it

    def _count(self, job: PrintSheet, ending: Ending, count: PageCount | None) -> int | None:
        if not ending.has_fed:
            return 0
        is_there = not self.is_deaf and ending.reason not in ("sheet_printer.silent", "sheet_printer.power_off")
        expected = job.pages if ending.outcome is Outcome.PRINTED else None
        found = count.printed(expected) if count is not None and is_there else None
        return ending.pages if found is None and self._counts_pages else found

    def _end(self, command: Command, job: PrintSheet, ending: Ending, count: PageCount | None) -> Completion:
        code, outcome, reason = ending.code, ending.outcome, ending.reason
        printed = self._count(job, ending, count)
        if outcome is Outcome.PRINTED and job.pages is not None and printed is not None and printed < job.pages:
            # it says that all is done and has counted less: two sheets went as one, or a page was left out
            outcome, reason = Outcome.UNKNOWN, PAGES_MISSING
            code = CompletionCode.HARDWARE_ERROR if code is CompletionCode.SUCCESS else code
        if outcome is Outcome.PRINTED and self._is_queue and count is not None and count.is_silent:
            # a back end that loses its printer in the middle of a question takes the job for done (CUPS 2.4, backend/ipp.c)
            code, outcome, reason = CompletionCode.HARDWARE_ERROR, Outcome.UNKNOWN, "sheet_printer.silent"
        if self._is_queue and outcome is not Outcome.PRINTED and ending.has_fed:
            self._given_up = count
        self._jobs.keep(job.job_id, outcome)
        account = account_of(job, self._papers, self._rules, ending, outcome, reason, printed)
        if account is not None:
            self._spent.add(account)
        result = SheetResult(job.job_id, outcome, reason, job.pages, printed, account)
        return _completion(command, code, result)

    # -- questions

    def printer_status(self, paper: str = "") -> DeviceStatus:
        """Asks the printer for its state and reasons, as they matter to a paper kind. Raises the wire's errors."""
        answered = self._ask_attributes(self.wire)
        if answered is None:
            return DeviceStatus(
                DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="sheet_printer.no_queue"
            )
        direct = self.direct(answered)
        if not self._is_queue:
            self._printer = answered
            return self._decode(answered, paper)
        if direct is None:
            self._printer = answered
            return self._of_queue_alone(answered, paper)
        queue = decode(
            whole(answered, "printer-state"),
            [
                reason
                for reason in reasons_of(answered)
                if reason.partition("-")[0] == "paused" or reason in _OF_THE_QUEUE
            ],
            takes_jobs=is_accepting(answered),
        )
        self._queue = answered
        own = self._ask_attributes(direct)
        if own is None:
            raise PrinterSilentError("the printer does not answer as a printer")
        self._printer = {**own, "device-uri": answered.get("device-uri", [])}
        status = self._decode(own, paper)
        # a printer that is in trouble often has its queue stopped, too: its own word says why
        return status if status.reason is not None or queue.reason is None else queue

    def job_attributes(self, number: int) -> Attributes:
        """State and pages of a job; empty when the printer does not know it. Raises the wire's errors."""
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", _JOB_ATTRIBUTES)
        answer = self.wire.ask(
            Operation.GET_JOB_ATTRIBUTES, [Attribute(Tag.INTEGER, "job-id", [number]), _USER, wanted]
        )
        return {} if answer.code == NOT_FOUND else answer.first(Tag.JOB)

    def _ask_attributes(self, wire: IppWire) -> Attributes | None:
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", _PRINTER_ATTRIBUTES)
        answer = wire.ask(Operation.GET_PRINTER_ATTRIBUTES, [_USER, wanted])
        return None if answer.code >= STATUS_OK_LIMIT else answer.first(Tag.PRINTER)

    def _of_queue_alone(self, queue: Attributes, paper: str) -> DeviceStatus:
        status = self._decode({name: value for name, value in queue.items() if name in _STATE}, paper)
        if whole(queue, "printer-state") == PRINTER_IDLE and status.reason is not None:
            self._left_over = status.reason
            unknown = DeviceStatus(DeviceState.ONLINE, media=Media.UNKNOWN, paper=Paper.UNKNOWN, toner=Toner.UNKNOWN)
            return msgspec.structs.replace(unknown, module_id=status.module_id, parts=status.parts)
        return status

    def _decode(self, printer: Attributes, paper: str) -> DeviceStatus:
        model = printer.get("printer-make-and-model", [None])[0]
        return decode(
            whole(printer, "printer-state"),
            reasons_of(printer),
            takes_jobs=is_accepting(printer),
            model=model if isinstance(model, str) else None,
            supplies=supplies_codec.read_supplies(printer),
            trays={kind: tray.source for kind, tray in self._papers.trays.items()},
            paper=paper,
        )

    def _status(self, paper: str) -> DeviceStatus:
        try:
            status = self.printer_status(paper)
            if status.reason is None and self._holds_old_job():
                status = msgspec.structs.replace(
                    status, state=DeviceState.USER_ERROR, action=Action.CLEAR, reason="sheet_printer.old_job"
                )
            if status.reason is None:
                status = self.refusal() or status
        except (PrinterUnreachableError, PrinterSilentError):
            self._misses += 1
            if self._last is None or self._last.state is DeviceState.POWER_OFF or self._misses >= _MISSES:
                status = unanswered(DeviceState.POWER_OFF, "sheet_printer.power_off", Action.CLEAR)
            else:
                status = unanswered(self._last.state, "sheet_printer.silent", Action.SUSPEND)
        else:
            self._misses = 0
        self._last = status
        return status

    def _holds_old_job(self) -> bool:
        """Whether the printer still has a job that was given up; it is told again to drop it. Raises the wire's errors."""
        if self._given_up is None:
            return False
        left = self._given_up.leftovers()
        for number in left:
            self._given_up.cancel(number)
        if not left and whole(self._queue or {}, "printer-state") == PRINTER_IDLE:
            self._given_up = None  # nothing is on its way there any more
        return bool(left)


def _completion(command: Command, code: CompletionCode, result: SheetResult) -> Completion:
    reason = None if code is CompletionCode.SUCCESS else result.reason
    return Completion(command.action_id, code, reason, msgspec.msgpack.encode(result))
