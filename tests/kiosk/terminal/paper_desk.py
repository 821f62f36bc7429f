"""A desk with the hand that prints, before printers that remember their jobs and answer when told to."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.receipt_printer.types import JobResult, PrintReceipt
from devices.sheet_printer.types import PrintSheet
from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.documents import RenderedDocument, SigningKey
from kiosk.services.query import Query
from kiosk.session import effects
from kiosk.session.state import Document, Language
from kiosk.terminal.papers import Papers
from tests.kiosk.session.world import CODE, person, statement
from tests.kiosk.terminal.stage import SITE

NUMBER = "XH01-1-1-7"
PDF = RenderedDocument("application/pdf", 3, 13, is_attested=True, replaced_characters=0, content=b"%PDF-specimen")
OnResult = Callable[[JobResult], None]


@dataclass
class Printers:
    """Both printers at once: they remember the jobs and answer when told to."""

    jobs: list[tuple[str, PrintReceipt | PrintSheet, OnResult]] = field(default_factory=list)
    came: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def print_receipt(self, action_id: str, job: PrintReceipt, timeout_s: float, on_result: OnResult) -> None:
        self._take(action_id, job, timeout_s, on_result)

    def print_sheet(self, action_id: str, job: PrintSheet, timeout_s: float, on_result: OnResult) -> None:
        self._take(action_id, job, timeout_s, on_result)

    def _take(self, action_id: str, job: PrintReceipt | PrintSheet, timeout_s: float, on_result: OnResult) -> None:
        assert timeout_s > 0, "no printer may hold a visit"
        self.jobs.append((action_id, job, on_result))
        self.came.release()


def _item_name(item_code: str, language: Language) -> str:
    return f"样本事项 {item_code[-3:]} {language.value}"


class Desk:
    """Printers and hand, with rendering and numbers that the test can hold and fail."""

    def __init__(self, key: SigningKey | None = None, query: Query | None = None) -> None:
        self.printers = Printers()
        self.posted: list[object] = []
        self.told = threading.Semaphore(0)
        self.numbers = 0
        self.number: str | Problem = NUMBER
        self.number_held = threading.Event()
        self.number_held.set()
        self.asks_number = threading.Event()
        self.papers = Papers(
            self.printers,
            self.printers,
            SITE,
            ManualClock(),
            key,
            self._next_number,
            self._post,
            _item_name,
            lambda _: query,
        )

    def _post(self, event: object) -> None:
        self.posted.append(event)
        self.told.release()

    def _next_number(self) -> str | Problem:
        self.numbers += 1
        self.asks_number.set()
        assert self.number_held.wait(5)
        return self.number

    def print(self, document: Document, visit_id: str = "v1", effect_id: int = 9, **more: object) -> None:
        assert self.papers.run(paper_effect(document, visit_id, effect_id, **more))

    def job(self) -> tuple[str, PrintReceipt | PrintSheet, OnResult]:
        """The next job that reaches a printer."""
        assert self.printers.came.acquire(timeout=10)
        return self.printers.jobs[-1]

    def event(self) -> object:
        """The next event that is told."""
        assert self.told.acquire(timeout=20)
        return self.posted[-1]

    def wipe(self) -> None:
        done = threading.Event()
        self.papers.wipe(done.set)
        assert done.wait(5)


def paper_effect(document: Document, visit_id: str, effect_id: int, **more: object) -> effects.PrintDocument:
    """A paper of the fund; `more` makes it another."""
    values: dict[str, object] = {
        "item_code": CODE, "language": Language.ZH_CN, "person": person(), "statement": statement(), **more,
    }  # fmt: skip
    return effects.PrintDocument(visit_id, effect_id, document, f"job-{effect_id}", **values)  # type: ignore[arg-type]


def text_of(job: PrintReceipt | PrintSheet) -> str:
    """What a slip says."""
    assert isinstance(job, PrintReceipt)
    return "\n".join(line.text for line in job.lines)
