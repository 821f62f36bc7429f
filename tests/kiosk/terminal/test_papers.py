"""The hand that prints: what reaches the printers, what is told, and what the end of a visit does to waiting papers."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devices.receipt_printer.types import JobResult, Outcome, PrintReceipt
from devices.sheet_printer.types import PrintSheet
from kiosk import documents
from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import sentence
from kiosk.documents import RenderedDocument, SigningKey
from kiosk.session import effects, events
from kiosk.session.state import Document, Language
from kiosk.session.submission import HandedIn
from kiosk.terminal.papers import SHEET_TITLE, Papers
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


class Desk:
    """Printers and hand, with rendering and numbers that the test can hold and fail."""

    def __init__(self, key: SigningKey | None = None) -> None:
        self.printers = Printers()
        self.posted: list[object] = []
        self.told = threading.Semaphore(0)
        self.numbers = 0
        self.number: str | Problem = NUMBER
        self.number_held = threading.Event()
        self.number_held.set()
        self.asks_number = threading.Event()
        self.papers = Papers(self.printers, self.printers, SITE, ManualClock(), key, self._next_number, self._post)

    def _post(self, event: object) -> None:
        self.posted.append(event)
        self.told.release()

    def _next_number(self) -> str | Problem:
        self.numbers += 1
        self.asks_number.set()
        assert self.number_held.wait(5)
        return self.number

    def print(self, document: Document, visit_id: str = "v1", effect_id: int = 9, **more: object) -> None:
        assert self.papers.run(_effect(document, visit_id, effect_id, **more))

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


def _effect(document: Document, visit_id: str, effect_id: int, **more: object) -> effects.PrintDocument:
    values: dict[str, object] = {"language": Language.ZH_CN, "person": person(), "statement": statement(), **more}
    return effects.PrintDocument(visit_id, effect_id, document, f"job-{effect_id}", CODE, **values)  # type: ignore[arg-type]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(documents, "render", lambda _request: PDF)
    desk = Desk()
    yield desk
    desk.number_held.set()
    desk.papers.stop()


def _text(job: PrintReceipt | PrintSheet) -> str:
    assert isinstance(job, PrintReceipt)
    return "\n".join(line.text for line in job.lines)


def test_a_sheet_goes_to_the_printer_under_a_neutral_title(desk: Desk) -> None:
    desk.print(Document.SHEET)
    action_id, job, on_result = desk.job()
    assert (action_id, job) == ("v1-9", PrintSheet("job-9", SHEET_TITLE, PDF.content, pages=PDF.pages))
    on_result(JobResult("job-9", Outcome.UNKNOWN, "device.interrupted"))
    assert desk.event() == events.PrintEnded("v1", 9, "job-9", Outcome.UNKNOWN, Problem("device.interrupted"))


@pytest.mark.parametrize(
    ("outcomes", "said", "not_said"),
    [
        (((Document.SHEET, Outcome.PRINTED),), "已打印", "没有打印"),
        (((Document.SHEET, Outcome.NOT_PRINTED),), "没有打印", "已打印"),
        (((Document.SHEET, Outcome.UNKNOWN),), "待工作人员确认", "已打印"),
        ((), "本次没有打印查询单", "已打印"),
    ],
)
def test_a_slip_says_what_became_of_the_sheet(desk: Desk, outcomes: object, said: str, not_said: str) -> None:
    desk.print(Document.SLIP, outcomes=outcomes)
    _, job, _ = desk.job()
    assert said in _text(job)
    assert not_said not in _text(job)


def test_a_slip_names_the_number_and_no_person_in_full(desk: Desk) -> None:
    desk.print(Document.SLIP)
    text = _text(desk.job()[1])
    assert NUMBER in text
    assert person().name not in text
    assert person().id_number not in text


def test_a_slip_tells_of_checking_a_sheet_only_when_sheets_are_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for key in (None, SigningKey("k1", "/nowhere")):
        desk = Desk(key)
        desk.print(Document.SLIP, outcomes=((Document.SHEET, Outcome.PRINTED),))
        said.append(_text(desk.job()[1]))
        desk.papers.stop()
    advice = sentence("documents.next_verify_sheet", "zh_CN")[:8]
    assert [advice in text.replace("\n", "") for text in said] == [False, True]


def test_one_number_serves_all_papers_of_a_visit_and_no_other(desk: Desk) -> None:
    desk.print(Document.SHEET)
    desk.job()
    desk.print(Document.SLIP, effect_id=10)
    desk.job()
    assert desk.numbers == 1
    desk.wipe()
    desk.print(Document.SLIP, "v2")
    desk.job()
    assert desk.numbers == 2


def test_without_a_number_nothing_is_printed_and_a_person_hears_why(desk: Desk) -> None:
    desk.number = Problem("documents.number_not_kept")
    for document in Document:
        desk.print(document)
        assert desk.event() == events.PrintEnded("v1", 9, "job-9", Outcome.NOT_PRINTED, desk.number)
    assert desk.printers.jobs == []
    assert desk.numbers == 2, "the next paper tries again"


def test_a_disk_that_takes_its_time_does_not_hold_the_owner(desk: Desk) -> None:
    desk.number_held.clear()
    desk.print(Document.SLIP)
    assert desk.asks_number.wait(5)
    ended = threading.Event()

    def end_visit() -> None:
        desk.papers.wipe(lambda: None)
        ended.set()

    owner = threading.Thread(target=end_visit)
    owner.start()
    assert ended.wait(1), "the owner of the terminal waits for the disk"
    desk.number_held.set()
    desk.wipe()
    assert desk.printers.jobs == [], "the visit ended before its number was there"
    owner.join(2)


def test_a_sheet_that_is_still_being_drawn_when_the_visit_ends_is_not_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing, drawn = threading.Event(), threading.Event()

    def render(_request: object) -> RenderedDocument:
        drawing.set()
        assert drawn.wait(5)
        return PDF

    monkeypatch.setattr(documents, "render", render)
    desk.print(Document.SHEET)
    assert drawing.wait(5)
    desk.print(Document.SLIP, effect_id=10)  # waits behind it
    forgotten = threading.Event()
    desk.papers.wipe(forgotten.set)
    assert not forgotten.is_set(), "the request that is being drawn is not forgotten yet"
    drawn.set()
    assert forgotten.wait(5)
    assert desk.printers.jobs == []
    assert desk.posted == []


def test_nothing_that_waits_or_was_printed_is_held_after_the_wipe(desk: Desk) -> None:
    effect = _effect(Document.SLIP, "v1", 9)
    watch = weakref.ref(effect)
    desk.papers.run(effect)
    desk.job()
    desk.papers.run(effect)
    del effect
    desk.wipe()
    _, _, on_result = desk.printers.jobs[0]
    del desk.printers.jobs[:]
    gc.collect()
    assert watch() is None
    on_result(JobResult("job-9", Outcome.PRINTED))  # a printer may answer long after; it knows ids only
    assert desk.event() == events.PrintEnded("v1", 9, "job-9", Outcome.PRINTED, None)


def test_a_mistake_of_ours_ends_the_visit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    desk.print(Document.SHEET, statement=None)
    assert desk.event() == events.Broke()
    assert told[0].exc_type is ValueError


def test_a_missing_signing_key_is_said_by_the_real_render_child(tmp_path: Path) -> None:
    desk = Desk(SigningKey("k1", str(tmp_path / "none.pem")))
    desk.print(Document.SHEET)
    ended = desk.event()
    desk.papers.stop()
    assert ended == events.PrintEnded(
        "v1", 9, "job-9", Outcome.NOT_PRINTED, Problem("documents.signing_key_unreadable")
    )
    assert desk.printers.jobs == []


def test_what_is_not_paper_is_left_to_other_hands(desk: Desk) -> None:
    assert not desk.papers.run(effects.ReadCard("v1", 1))


def test_what_was_handed_in_gets_a_slip_with_the_number_under_which_it_lies(desk: Desk) -> None:
    handed_in = HandedIn("T-XH-01-7-000042-V", "2026-11-21 23:04:00", None, is_verified=False)
    desk.print(Document.SLIP, statement=None, handed_in=handed_in)
    text = _text(desk.job()[1])
    assert "T-XH-01-7-000042-V" in text
    assert "已提交，尚未受理" in text
    assert "2026-11-21 23:04:00" in text
    assert desk.numbers == 0, "it has its number already"


def test_a_slip_without_a_code_is_better_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[object] = [Problem("documents.render_timed_out"), replace(PDF, content=b"BDY1.CODE")]
    monkeypatch.setattr(documents, "render", lambda _request: codes.pop(0))
    desk = Desk(SigningKey("k1", "nowhere.pem"))
    handed_in = HandedIn("T-XH-01-7-000042-V", "2026-11-21 23:04:00", "ZX1", is_verified=True)
    try:
        desk.print(Document.SLIP, statement=None, handed_in=handed_in)
        assert "BDY1" not in _text(desk.job()[1])
        desk.print(Document.SLIP, effect_id=10, statement=None, handed_in=handed_in)
        assert "BDY1.CODE" in _text(desk.job()[1])
    finally:
        desk.papers.stop()
