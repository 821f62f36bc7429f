"""The hand that prints: what reaches the printers, what is told, and what the end of a visit does to waiting papers."""

import gc
import select
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.receipt_printer.types import JobResult, Outcome
from devices.sheet_printer.types import PrintSheet
from kiosk import documents
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import sentence
from kiosk.documents import RenderedDocument, SigningKey
from kiosk.session import effects, events
from kiosk.session.state import Document
from kiosk.session.submission import HandedIn
from kiosk.terminal.papers import SHEET_TITLE
from tests.kiosk.session.world import person
from tests.kiosk.terminal.paper_desk import NUMBER, PDF, Desk, paper_effect, text_of


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(documents, "render", lambda _request, **_: PDF)
    desk = Desk()
    yield desk
    desk.number_held.set()
    desk.papers.stop()


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
    assert said in text_of(job)
    assert not_said not in text_of(job)


def test_a_slip_names_the_number_and_no_person_in_full(desk: Desk) -> None:
    desk.print(Document.SLIP)
    text = text_of(desk.job()[1])
    assert NUMBER in text
    assert person().name not in text
    assert person().id_number not in text


def test_a_slip_tells_of_checking_a_sheet_only_when_sheets_are_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for key in (None, SigningKey("k1", "/nowhere")):
        desk = Desk(key)
        desk.print(Document.SLIP, outcomes=((Document.SHEET, Outcome.PRINTED),))
        said.append(text_of(desk.job()[1]))
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


@pytest.mark.parametrize("comes", [PDF, Problem("documents.render_broken_off")])
def test_a_sheet_that_is_still_being_drawn_when_the_visit_ends_is_broken_off_and_not_printed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, comes: RenderedDocument | Problem
) -> None:
    drawing = threading.Event()

    def render(_request: object, breaker: documents.Breaker) -> RenderedDocument | Problem:
        drawing.set()
        assert select.select([breaker.fd], [], [], 5)[0], "nobody broke it off"
        return comes

    monkeypatch.setattr(documents, "render", render)
    desk.print(Document.SHEET)
    assert drawing.wait(5)
    desk.print(Document.SLIP, effect_id=10)  # waits behind it
    desk.wipe()
    assert desk.printers.jobs == []
    assert desk.posted == []
    monkeypatch.setattr(documents, "render", lambda _request, **_: PDF)
    desk.print(Document.SHEET, visit_id="v2")
    assert isinstance(desk.job()[1], PrintSheet)


def test_nothing_that_waits_or_was_printed_is_held_after_the_wipe(desk: Desk) -> None:
    effect = paper_effect(Document.SLIP, "v1", 9)
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
    text = text_of(desk.job()[1])
    assert "T-XH-01-7-000042-V" in text
    assert "已提交，尚未受理" in text
    assert "2026-11-21 23:04:00" in text
    assert desk.numbers == 0, "it has its number already"


def test_a_slip_without_a_code_is_better_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[object] = [Problem("documents.render_timed_out"), replace(PDF, content=b"BDY1.CODE")]
    monkeypatch.setattr(documents, "render", lambda _request, **_: codes.pop(0))
    desk = Desk(SigningKey("k1", "nowhere.pem"))
    handed_in = HandedIn("T-XH-01-7-000042-V", "2026-11-21 23:04:00", "ZX1", is_verified=True)
    try:
        desk.print(Document.SLIP, statement=None, handed_in=handed_in)
        assert "BDY1" not in text_of(desk.job()[1])
        desk.print(Document.SLIP, effect_id=10, statement=None, handed_in=handed_in)
        assert "BDY1.CODE" in text_of(desk.job()[1])
    finally:
        desk.papers.stop()
