"""The hand that prints: renders in a child, hands the paper to its printer, tells the outcome.

One worker thread renders; the printers answer on the supervisor's thread. A render that a visit's end has overtaken is
broken off, since it holds the citizen's data, and nothing is printed of it. Nothing here repeats a job: whoever wants a paper again comes with a new job id.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from devices.receipt_printer.types import Align, JobResult, Line, Outcome, PrintReceipt, Style
from devices.sheet_printer.types import PrintSheet
from kiosk import documents
from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import Language as DocumentLanguage
from kiosk.central.department import DepartmentAnswer
from kiosk.documents import PaperOutcome, SlipAlign, SlipStyle
from kiosk.identity import mask_id_number, mask_name
from kiosk.services.query import Query
from kiosk.session import effects, events
from kiosk.session.state import Document, Language
from kiosk.terminal.answer_sheet import answer_sheet, is_withheld
from kiosk.terminal.log_events import log
from kiosk.terminal.port import Site
from kiosk.terminal.worker import Worker

Post = Callable[[object], None]
OnResult = Callable[[JobResult], None]

RECEIPT_TIMEOUT_S = 30.0
SHEET_TIMEOUT_S = 180.0
CHANNEL = "24小时自助终端"
SHEET_TITLE = "budayang sheet"
"""The job's title at the print server: neutral, since queues are seen by whoever serves the printer."""

_DOCUMENT_LANGUAGE: dict[Language, DocumentLanguage] = {
    Language.ZH_CN: "zh_CN",
    Language.ZH_HK: "zh_HK",
    Language.EN: "en",
}
_PAPER_OUTCOMES = {
    Outcome.PRINTED: PaperOutcome.PRINTED,
    Outcome.NOT_PRINTED: PaperOutcome.NOT_PRINTED,
    Outcome.UNKNOWN: PaperOutcome.UNKNOWN,
}
_STYLES = {
    SlipStyle.TITLE: Style.TITLE,
    SlipStyle.BODY: Style.BODY,
    SlipStyle.SMALL: Style.SMALL,
    SlipStyle.RULE: Style.RULE,
    SlipStyle.QR: Style.QR,
}


class Receipts(Protocol):
    """What is asked of `devices.receipt_printer`."""

    def print_receipt(self, action_id: str, job: PrintReceipt, timeout_s: float, on_result: OnResult) -> None: ...


class Sheets(Protocol):
    """What is asked of `devices.sheet_printer`."""

    def print_sheet(self, action_id: str, job: PrintSheet, timeout_s: float, on_result: OnResult) -> None: ...


class Papers:
    """Carries out PrintDocument; see the module.

    `next_number` gives a fresh 终端流水号 (durable before it is given) or a Problem; one serves all papers of a visit. It is
    called on the worker's thread only and may block for a flush of the disk. A job that is at the printer when the visit
    ends goes on there: the paper is called together with the card. `item_name`, `query_of`: of an item's code; any thread.
    """

    def __init__(
        self,
        receipts: Receipts,
        sheets: Sheets,
        site: Site,
        clock: Clock,
        signing_key: documents.SigningKey | None,
        next_number: Callable[[], str | Problem],
        post: Post,
        item_name: Callable[[str, Language], str] = lambda _code, _language: "",
        query_of: Callable[[str], Query | None] = lambda _code: None,
    ) -> None:
        self._receipts = receipts
        self._sheets = sheets
        self._site = site
        self._clock = clock
        self._signing_key = signing_key
        self._next_number = next_number
        self._post = post
        self._item_name = item_name
        self._query_of = query_of
        self._lock = threading.Lock()
        self._visit_id = ""  # guarded by the lock, as is the number
        self._number: str | None = None
        self._pages = 0
        self._breaker = documents.Breaker()
        self._worker = Worker("papers", lambda: post(events.Broke()))

    def run(self, effect: effects.Effect) -> bool:
        if not isinstance(effect, effects.PrintDocument):
            return False
        with self._lock:
            if self._visit_id != effect.visit_id:
                self._visit_id, self._number, self._pages = effect.visit_id, None, 0
        self._worker.submit(lambda: self._print(effect))
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        with self._lock:
            self._visit_id, self._number, self._pages = "", None, 0
        self._breaker.break_off()

        def forget() -> None:
            self._breaker.renew()
            done()

        self._worker.submit(forget)

    def stop(self) -> None:
        self._breaker.break_off()
        if self._worker.stop():
            self._breaker.close()  # twice is allowed

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _print(self, effect: effects.PrintDocument) -> None:
        if effect.handed_in is not None:
            self._print_slip(effect, effect.handed_in.terminal_number)
            return
        number = self._number_of(effect.visit_id)
        if number is None:
            return
        if isinstance(number, Problem):
            self._end(effect, Outcome.NOT_PRINTED, number)
        elif effect.document is Document.SHEET:
            self._print_sheet(effect, number)
        else:
            self._print_slip(effect, number)

    def _number_of(self, visit_id: str) -> str | Problem | None:
        """The visit's number, made at its first paper; None when the visit has ended meanwhile.

        Made outside the lock: a disk may take its time, and the terminal's owner must not wait for it.
        """
        with self._lock:
            if self._visit_id != visit_id:
                return None
            number = self._number
        if number is None:
            made = self._next_number()
            if isinstance(made, Problem):
                return made
            number = made
        with self._lock:
            if self._visit_id != visit_id:
                return None  # the number is skipped
            self._number = number
            return number

    def _print_sheet(self, effect: effects.PrintDocument, number: str) -> None:
        request = self._statement_sheet(effect, number) if effect.answer is None else self._answer_sheet(effect, number)
        rendered = request if isinstance(request, Problem) else documents.render(request, breaker=self._breaker)
        with self._lock:
            if self._visit_id != effect.visit_id:
                return
            self._pages = 0 if isinstance(rendered, Problem) else rendered.pages
        if isinstance(rendered, Problem):
            self._end(effect, Outcome.NOT_PRINTED, rendered)
            return
        self._sheets.print_sheet(
            self._action_id(effect),
            PrintSheet(effect.job_id, SHEET_TITLE, rendered.content, pages=rendered.pages),
            SHEET_TIMEOUT_S,
            self._ended(effect),
        )

    def _statement_sheet(self, effect: effects.PrintDocument, number: str) -> documents.SheetRequest:
        if effect.statement is None:
            raise ValueError("a sheet without a statement")
        return documents.SheetRequest(
            statement=effect.statement,
            channel=CHANNEL,
            hall=self._site.site_name["zh_CN"],
            site=self._place("zh_CN"),
            terminal_id=self._site.terminal_id,
            terminal_number=number,
            item_code=effect.item_code,
            printed_at=self._clock.now().isoformat(timespec="seconds"),
            demo=self._site.demo,
            signing_key=self._signing_key,
        )

    def _answer_sheet(self, effect: effects.PrintDocument, number: str) -> documents.AnswerSheetRequest | Problem:
        assert effect.answer is not None
        query = self._query_of(effect.item_code)
        if query is None:
            raise ValueError("an answer to an item without a query")
        return answer_sheet(
            query,
            effect.answer,
            effect.person,
            channel=CHANNEL,
            hall=self._site.site_name["zh_CN"],
            site=self._place("zh_CN"),
            terminal_id=self._site.terminal_id,
            terminal_number=number,
            printed_at=self._clock.now().isoformat(timespec="seconds"),
            demo=self._site.demo,
            signing_key=self._signing_key,
        )

    def _print_slip(self, effect: effects.PrintDocument, number: str) -> None:
        if effect.handed_in is not None:
            data = self._submission_slip(effect)
        elif effect.answer is not None:
            data = self._answer_slip(effect, effect.answer, number)
        else:
            data = self._statement_slip(effect, number)
        lines = tuple(
            Line(
                line.text,
                _STYLES[line.style],
                Align.CENTRE if line.align is SlipAlign.CENTER else Align.LEFT,
            )
            for line in documents.slip_lines(data)
        )
        with self._lock:
            if self._visit_id != effect.visit_id:
                return
        self._receipts.print_receipt(
            self._action_id(effect), PrintReceipt(effect.job_id, lines), RECEIPT_TIMEOUT_S, self._ended(effect)
        )

    def _statement_slip(self, effect: effects.PrintDocument, number: str) -> documents.SlipData:
        language = _DOCUMENT_LANGUAGE[effect.language]
        sheet = dict(effect.outcomes).get(Document.SHEET)
        return documents.statement_slip(
            language=language,
            hall=self._site.site_name[language],
            site=self._place(language),
            name_masked=mask_name(effect.person.name or effect.person.english_name),
            done_at=self._clock.now().strftime("%Y-%m-%d %H:%M:%S"),
            terminal_number=number,
            paper=None if sheet is None else _PAPER_OUTCOMES[sheet],
            pages=self._pages,
            demo=self._site.demo,
            is_attested=self._signing_key is not None,
        )

    def _answer_slip(self, effect: effects.PrintDocument, answer: DepartmentAnswer, number: str) -> documents.SlipData:
        query = self._query_of(effect.item_code)
        language = _DOCUMENT_LANGUAGE[effect.language]
        sheet = None if query is None else query.sheet
        outcome = dict(effect.outcomes).get(Document.SHEET)
        return documents.answer_slip(
            language=language,
            hall=self._site.site_name[language],
            site=self._place(language),
            item=self._item_name(effect.item_code, effect.language),
            name_masked=mask_name(effect.person.name or effect.person.english_name),
            done_at=self._clock.now().strftime("%Y-%m-%d %H:%M:%S"),
            terminal_number=number,
            title="" if sheet is None else sheet.title,
            paper=None if outcome is None else _PAPER_OUTCOMES[outcome],
            pages=self._pages,
            demo=self._site.demo,
            is_attested=self._signing_key is not None,
            is_withheld=sheet is not None and is_withheld(sheet, answer),
        )

    def _submission_slip(self, effect: effects.PrintDocument) -> documents.SlipData:
        """With the number under which it lies in the store; without a code where that cannot be signed: the number serves."""
        handed_in = effect.handed_in
        assert handed_in is not None
        language = _DOCUMENT_LANGUAGE[effect.language]
        slip = documents.submission_slip(
            language=language,
            hall=self._site.site_name[language],
            site=self._place(language),
            item=self._item_name(effect.item_code, effect.language),
            name_masked=mask_name(effect.person.name or effect.person.english_name),
            done_at=handed_in.at,
            terminal_number=handed_in.terminal_number,
            receipt=handed_in.receipt,
            is_verified=handed_in.is_verified,
            phone=self._site.help_phone,
            demo=self._site.demo,
            qr=None,
        )
        if self._signing_key is None:
            return slip
        code = documents.render(
            documents.SlipCodeRequest(
                slip=slip,
                terminal_id=self._site.terminal_id,
                item_code=effect.item_code,
                id_masked=mask_id_number(effect.person.id_number),
                printed_at=self._clock.now().isoformat(timespec="seconds"),
                signing_key=self._signing_key,
            ),
            breaker=self._breaker,
        )
        return slip if isinstance(code, Problem) else replace(slip, qr=code.content.decode())

    def _place(self, language: str) -> str:
        return f"{self._site.site_name[language]} {self._site.terminal_id}"

    def _action_id(self, effect: effects.PrintDocument) -> str:
        return f"{effect.visit_id}-{effect.effect_id}"

    def _ended(self, effect: effects.PrintDocument) -> OnResult:
        visit_id, effect_id, document, job_id = effect.visit_id, effect.effect_id, effect.document, effect.job_id

        def ended(result: JobResult) -> None:  # holds ids only: a printer may answer long after the wipe
            problem = None if result.reason is None else Problem(result.reason)
            log.event("paper_ended", document=document, outcome=result.outcome)
            self._post(events.PrintEnded(visit_id, effect_id, job_id, result.outcome, problem))

        return ended

    def _end(self, effect: effects.PrintDocument, outcome: Outcome, problem: Problem) -> None:
        log.event("paper_ended", document=effect.document, outcome=outcome)
        self._post(events.PrintEnded(effect.visit_id, effect.effect_id, effect.job_id, outcome, problem))
