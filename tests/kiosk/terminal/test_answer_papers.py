"""The papers of a plain query: the sheet as the item's file says, a certificate never without its code, the slip with what came out."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace as with_changes

import pypdfium2
import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.types import PrintSheet
from kiosk import documents
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import LANGUAGES, sentence, sentence_of
from kiosk.documents import AnswerSheetRequest, RenderedDocument
from kiosk.documents.formats import EMPTY
from kiosk.services.query import FieldKind, Query, QueryField
from kiosk.services.words import Words
from kiosk.session import events
from kiosk.session.state import Document, Language
from kiosk.terminal.answer_sheet import answer_sheet
from kiosk.terminal.papers import CHANNEL, SHEET_TITLE
from tests.kiosk.session.world import NUMBERS, PLAIN, department_answer, person
from tests.kiosk.terminal.paper_desk import NUMBER, PDF, Desk, text_of
from tests.kiosk.terminal.plain_query import CERTIFICATE, QUERY
from tests.kiosk.terminal.stage import SITE

MakeDesk = Callable[[Query | None], Desk]
NO_CODE = Problem("documents.no_verification_code")
ANSWER = department_answer()
WITHOUT_CODE = replace(ANSWER, verification_code=None)
AS_CERTIFICATE = with_changes(QUERY, sheet=CERTIFICATE)


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is given to be laid out."""
    given: list[object] = []

    def render(request: object, **_: object) -> RenderedDocument:
        given.append(request)
        return PDF

    monkeypatch.setattr(documents, "render", render)
    return given


@pytest.fixture
def desk_of(requests: list[object]) -> Iterator[MakeDesk]:
    desks: list[Desk] = []

    def make(query: Query | None) -> Desk:
        desks.append(Desk(query=query))
        return desks[-1]

    yield make
    for desk in desks:
        desk.papers.stop()


def _print(desk: Desk, document: Document, **more: object) -> None:
    desk.print(document, **{"item_code": PLAIN.item_code, "statement": None, "answer": ANSWER, **more})  # type: ignore[arg-type]


def _said(desk: Desk, **more: object) -> str:
    _print(desk, Document.SLIP, **more)
    return text_of(desk.job()[1]).replace("\n   ", "").replace("\n", "")


def test_the_sheet_says_what_was_answered_in_the_words_of_the_items_file(
    desk_of: MakeDesk, requests: list[object]
) -> None:
    desk = desk_of(QUERY)
    _print(desk, Document.SHEET, language=Language.EN)  # the paper speaks the department's language all the same
    _, job, _ = desk.job()
    assert job == PrintSheet("job-9", SHEET_TITLE, PDF.content, pages=PDF.pages)
    (request,) = requests
    assert isinstance(request, AnswerSheetRequest)
    assert (request.title, request.note, request.is_certificate) == ("样本缴费单", "仅供核对", False)
    assert request.fields == (("姓名", "样本1512"), ("证件号码", NUMBERS[0]), ("余额", "12.34"))
    assert (request.rows_title, request.columns, request.is_number) == ("每月", ("月份",), (False,))
    assert request.rows == (("202610",),)
    assert (request.choice_label, request.as_of) == ("近一年", ANSWER.as_of)
    assert request.verification_code == ANSWER.verification_code
    assert (request.item_code, request.terminal_number, request.terminal_id) == (PLAIN.item_code, NUMBER, "XH-01")
    assert (request.channel, request.hall, request.site) == (CHANNEL, "星河市民中心", "星河市民中心 XH-01")
    assert (request.name, request.id_number, request.demo) == ("样本1512", NUMBERS[0], SITE.demo)


def test_figures_stand_at_the_right_and_what_is_not_held_has_its_mark(requests: list[object]) -> None:
    columns = tuple(QueryField(kind.value, kind, Words(kind.value, "", "")) for kind in FieldKind)
    query = with_changes(QUERY, columns=columns, choices=(), rows_title=None)
    nothing = dict.fromkeys((kind.value for kind in FieldKind), None)
    some = {**nothing, "money": 100, "number": 5000, "text": "在保"}
    answer = replace(ANSWER, choice="", rows=(some, nothing))
    request = _sheet(query, answer)
    assert isinstance(request, AnswerSheetRequest)
    right = {label for label, is_number in zip(request.columns, request.is_number, strict=True) if is_number}
    assert right == {"number", "money"}
    first, second = (dict(zip(request.columns, row, strict=True)) for row in request.rows)
    assert (first["money"], first["number"], first["text"]) == ("1.00", "5,000", "在保")
    assert set(second.values()) == {EMPTY}
    assert (request.choice_label, request.rows_title) == ("", None)


def _sheet(query: Query, answer: object) -> AnswerSheetRequest | Problem:
    return answer_sheet(
        query,
        answer,  # type: ignore[arg-type]
        person(),
        channel="",
        hall="",
        site="",
        terminal_id="XH-01",
        terminal_number=NUMBER,
        printed_at="2026-11-21T23:04:00+08:00",
        demo=True,
        signing_key=None,
    )


def test_a_certificate_without_its_code_is_not_printed_and_the_person_hears_why(
    desk_of: MakeDesk, requests: list[object]
) -> None:
    desk = desk_of(AS_CERTIFICATE)
    _print(desk, Document.SHEET, answer=WITHOUT_CODE)
    assert desk.event() == events.PrintEnded("v1", 9, "job-9", Outcome.NOT_PRINTED, NO_CODE)
    assert desk.printers.jobs == []
    assert requests == [], "nothing was laid out"
    for language in LANGUAGES:
        assert len(sentence_of(NO_CODE, language)) > 10


def test_a_certificate_with_its_code_and_a_plain_sheet_without_one_are_printed(
    desk_of: MakeDesk, requests: list[object]
) -> None:
    for query, answer in ((AS_CERTIFICATE, ANSWER), (QUERY, WITHOUT_CODE)):
        desk = desk_of(query)
        _print(desk, Document.SHEET, answer=answer)
        desk.job()
    assert [getattr(one, "verification_code", "?") for one in requests] == [ANSWER.verification_code, None]


@pytest.mark.parametrize(
    ("outcome", "said", "advice"),
    [
        (Outcome.PRINTED, "已打印", "take"),
        (Outcome.NOT_PRINTED, "没有打印", "print_again"),
        (Outcome.UNKNOWN, "待工作人员确认", "ask_person"),
    ],
)
def test_the_slip_names_the_item_and_what_became_of_its_paper(
    desk_of: MakeDesk, outcome: Outcome, said: str, advice: str
) -> None:
    text = _said(desk_of(QUERY), outcomes=((Document.SHEET, outcome),))
    assert "样本事项 004 zh_CN" in text
    assert "样本缴费单" in text
    assert said in text
    assert sentence(f"department.slip.{advice}", "zh_CN")[:10] in text
    assert "公积金" not in text
    assert "查询单" not in text
    assert NUMBER in text


def test_the_slip_counts_the_pages_that_were_laid_out(desk_of: MakeDesk) -> None:
    desk = desk_of(QUERY)
    _print(desk, Document.SHEET)
    desk.job()
    assert "样本缴费单（3 页）" in _said(desk, effect_id=10, outcomes=((Document.SHEET, Outcome.PRINTED),))


def test_the_slip_of_a_withheld_certificate_sends_nobody_to_another_terminal(desk_of: MakeDesk) -> None:
    text = _said(desk_of(AS_CERTIFICATE), answer=WITHOUT_CODE, outcomes=((Document.SHEET, Outcome.NOT_PRINTED),))
    assert "样本参保证明" in text
    assert "请到该部门窗口开具" in text
    assert "其他终端" not in text
    assert "0 页" not in text


def test_the_slip_of_an_item_that_prints_no_sheet_says_so(desk_of: MakeDesk) -> None:
    text = _said(desk_of(with_changes(QUERY, sheet=None)))
    assert "本次没有打印其他单据" in text
    assert "样本事项 004" in text


def test_the_slip_shows_nothing_of_the_answer(desk_of: MakeDesk) -> None:
    text = _said(desk_of(QUERY), outcomes=((Document.SHEET, Outcome.PRINTED),))
    for value in (NUMBERS[0], "样本1512", "12.34", "202610", "AB12"):
        assert value not in text


@pytest.mark.parametrize("language", list(Language))
def test_the_slip_speaks_the_persons_language(desk_of: MakeDesk, language: Language) -> None:
    text = _said(desk_of(QUERY), language=language, outcomes=((Document.SHEET, Outcome.UNKNOWN),))
    word: dict[Language, str] = {
        Language.ZH_CN: "待工作人员确认",
        Language.ZH_HK: "待職員確認",
        Language.EN: "to be checked",
    }
    assert [one for one in Language if word[one] in text] == [language]


@pytest.mark.parametrize("query", [None, with_changes(QUERY, sheet=None)], ids=["no query", "no sheet"])
def test_a_sheet_of_an_item_that_has_none_is_a_mistake_of_ours_and_ends_the_visit(
    desk_of: MakeDesk, query: Query | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    desk = desk_of(query)
    _print(desk, Document.SHEET)
    assert desk.event() == events.Broke()
    assert told[0].exc_type is ValueError


def test_the_real_render_child_lays_the_sheet_out() -> None:
    desk = Desk(query=AS_CERTIFICATE)
    try:
        _print(desk, Document.SHEET)
        _, job, _ = desk.job()
    finally:
        desk.papers.stop()
    assert isinstance(job, PrintSheet)
    assert job.pages == 1
    page = pypdfium2.PdfDocument(job.pdf)[0].get_textpage().get_text_bounded()
    for text in ("样本参保证明", "余额", "12.34", "每月", "202610", "近一年", ANSWER.verification_code, NUMBER):
        assert text in page, text


def test_the_request_hides_what_it_holds() -> None:
    shown = repr(_sheet(QUERY, ANSWER))
    assert NUMBERS[0] not in shown
    assert "12.34" not in shown
