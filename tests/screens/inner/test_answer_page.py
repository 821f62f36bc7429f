"""The page of a plain query: what the item's definition says is what is shown, asked and printed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import sentence_of
from kiosk.session.events import Choose, Continue, Print, Touched
from kiosk.session.state import (
    AnswerPage,
    Document,
    Language,
    Overlay,
    PrintJob,
    PrintPage,
    QueryPage,
    Session,
    Settings,
    TextSize,
)
from screens.view_models.answer_rows import cells
from tests.screens.answers import INSURANCE, PERSON_NUMBER, catalogue, insurance, marriage, property_of
from tests.screens.conftest import Stage
from tests.screens.inner.test_layout import all_texts
from tests.screens.layout_check import visible_items
from tests.screens.samples import session_of

Open = Callable[..., Stage]
SERIAL = 7
PAGE = AnswerPage(insurance(), "12")


def showing(page: AnswerPage, item: str = "sample-insurance", settings: Settings | None = None) -> Session:
    """A visit at `page`."""
    return session_of(page, settings, item=item)


def asked(stage: Stage) -> list[object]:
    """What was posted, without the mere touches."""
    return [event for event in stage.terminal.posted if not isinstance(event, Touched)]


def value(stage: Stage, name: str) -> object:
    """Of the view-model."""
    assert stage.host.page is not None
    return stage.host.page.model.property(name)


def named(stage: Stage, prefix: str) -> list[str]:
    """What is seen with such a name, without it."""
    names = [item.objectName() for item in visible_items(stage.shown)]
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


# --- what is shown ----------------------------------------------------------------------------------------------------
def test_the_headline_is_the_field_that_the_file_names_and_the_lead_its_moment(stage: Open) -> None:
    one = stage(showing(PAGE))
    assert one.text("question") == "社保查询和参保证明的结果"
    assert one.text("lead") == "截至 2026-11-21 23:06:12 · 请留意身后"
    assert one.text("headline") == "9,834,215.06"
    assert "养老保险个人账户（元）" in all_texts(one)


def test_a_name_that_says_query_is_made_a_sentence_in_each_language(stage: Open) -> None:
    one = stage(showing(AnswerPage(marriage()), "sample-marriage"))
    questions = []
    for language in Language:
        one.terminal.set(Settings(language))
        one.follow()
        questions.append(one.text("question"))
    assert questions == ["您的婚姻登记信息", "您的婚姻登記資料", "Your marriage registration"]


def test_an_amount_beyond_32_bits_arrives_whole(stage: Open) -> None:
    one = stage(showing(AnswerPage(insurance(3, balance=2_147_483_653_00), "12")))
    assert one.text("headline") == "2,147,483,653.00"


def test_an_item_without_rows_shows_all_its_fields_at_once_and_offers_no_table(stage: Open) -> None:
    one = stage(showing(AnswerPage(marriage()), "sample-marriage"))
    one.host.window.grabWindow()
    assert named(one, "field_") == ["name", "number", "state", "day", "office", "paper"]
    assert named(one, "view_") == []
    assert named(one, "choice_") == []
    one.touch("act")
    assert asked(one) == [Continue(SERIAL)]  # it has no paper


def test_rows_without_any_entry_say_so(stage: Open) -> None:
    one = stage(showing(AnswerPage(insurance(0), "12")))
    assert "没有这样的记录。可以换一个选项看看。" in all_texts(one)
    assert named(one, "row_") == []


def test_nobody_found_is_a_page_with_the_items_own_words_and_the_counters_telephone(stage: Open) -> None:
    one = stage(showing(AnswerPage(None, "12")))
    texts = all_texts(one)
    item = catalogue().find("sample-insurance")
    assert item is not None
    assert one.text("question") == INSURANCE.nobody.zh_CN
    assert f"拨打 {item.elsewhere[0].phone}" in texts
    assert item.elsewhere[0].name.zh_CN in texts
    assert named(one, "choice_") == []
    one.touch("act")
    assert asked(one) == [Continue(SERIAL)]


# --- masks ------------------------------------------------------------------------------------------------------------
def test_name_and_number_are_shown_only_while_the_finger_is_down_also_in_rows(stage: Open) -> None:
    one = stage(showing(AnswerPage(property_of(4)), "sample-property"))
    window, left, none = one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = one.point("show")
    assert "王小二" not in all_texts(one)
    QTest.mousePress(window, left, none, at)
    one.settle()
    assert all_texts(one).count("王小二") == 3  # whose it is, and two joint owners
    assert PERSON_NUMBER in all_texts(one)
    QTest.mouseRelease(window, left, none, at)
    one.settle()
    assert "王小二" not in all_texts(one)
    assert PERSON_NUMBER not in all_texts(one)


def test_a_cover_over_the_page_masks_again(stage: Open) -> None:
    shown = showing(PAGE, settings=Settings(text_size=TextSize.ELDER))
    one = stage(shown)
    one.touch("show")
    assert PERSON_NUMBER in all_texts(one)
    one.terminal.session = replace(shown, overlay=Overlay.COVER)
    one.follow()
    one.terminal.session = shown
    one.follow()
    assert PERSON_NUMBER not in all_texts(one)


# --- rows -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("landscape", [False, True])
def test_every_row_can_be_reached_and_only_the_seen_ones_cross(stage: Open, landscape: bool) -> None:
    whole = insurance(200)
    one = stage(showing(AnswerPage(whole, "12")), landscape=landscape)
    seen: list[object] = []
    for _ in range(200):
        rows = value(one, "rows")
        assert isinstance(rows, list)
        assert len(rows) == len(named(one, "row_")) <= 20
        seen += rows
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        one.touch("next")
    assert seen == [cells(INSURANCE, row, shown=False) for row in whole.rows]


def test_the_first_frame_has_its_rows(stage: Open) -> None:
    one = stage(session_of(QueryPage(), item="sample-insurance"))
    counts: list[object] = []
    one.host.page_shown.connect(lambda: counts.append(len(named(one, "row_"))))
    one.terminal.session = replace(showing(PAGE), visit=replace(showing(PAGE).visit, page_serial=8))
    one.follow()
    assert counts == [value(one, "rowsPerPage")]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_touched_row_shows_all_its_columns_and_back_leads_to_its_page(stage: Open, landscape: bool) -> None:
    one = stage(showing(PAGE), landscape=landscape)
    one.touch("next")
    before = value(one, "rows")
    one.touch("row_1")
    names: list[str] = []
    while True:
        names += named(one, "field_")
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        one.touch("next")
    assert names == [column.key for column in INSURANCE.columns]
    one.touch("view_rows")
    assert value(one, "rows") == before


def test_all_fields_can_be_read_page_by_page_in_elder_size(stage: Open) -> None:
    one = stage(showing(PAGE, settings=Settings(Language.EN, TextSize.ELDER)), landscape=True)
    one.touch("view_fields")
    names: list[str] = []
    for _ in INSURANCE.fields:
        names += named(one, "field_")
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        one.touch("next")
    assert names == [field.key for field in INSURANCE.fields]


def test_another_language_has_other_words_over_the_columns(stage: Open) -> None:
    one = stage(showing(PAGE))
    heads = []
    for language in Language:
        one.terminal.set(Settings(language))
        one.follow()
        columns = value(one, "columns")
        assert isinstance(columns, list)
        heads.append(columns[1]["title"])
    assert heads == ["险种", "險種", "Insurance"]


def test_another_language_and_size_keep_the_place_and_change_the_heads(stage: Open) -> None:
    one = stage(showing(PAGE))
    one.touch("next")
    rows = value(one, "rows")
    assert isinstance(rows, list)
    one.terminal.set(Settings(Language.EN, TextSize.ELDER))
    one.follow()
    columns, now = value(one, "columns"), value(one, "rows")
    assert isinstance(columns, list)
    assert isinstance(now, list)
    assert columns[0]["title"] == "Month"
    assert rows[0] in now


# --- choices ----------------------------------------------------------------------------------------------------------
def test_another_choice_is_asked_for_and_the_shown_one_is_not(stage: Open) -> None:
    one = stage(showing(PAGE))
    one.touch("choice_12")
    one.touch("choice_36")
    assert asked(one) == [Choose(SERIAL, "36")]


def test_while_another_choice_is_fetched_the_old_rows_stay_and_neither_choices_nor_paper_can_be_asked(
    stage: Open,
) -> None:
    one = stage(showing(replace(PAGE, choice="36", loading=True)))
    assert named(one, "row_")
    one.touch("choice_24")
    one.touch("act")
    assert asked(one) == []
    assert one.target("choice_24").property("reason") == "正在取另一个选项的内容"
    assert "正在取另一个选项的内容…" in all_texts(one)


def test_a_choice_that_failed_is_told_above_the_old_rows(stage: Open) -> None:
    problem = Problem("central.unreachable")
    one = stage(showing(replace(PAGE, problem=problem)))
    assert one.text("problem") == sentence_of(problem, "zh_CN")
    assert named(one, "row_")


def test_another_answer_begins_at_its_first_row_and_keeps_the_view_of_the_fields(stage: Open) -> None:
    one = stage(showing(PAGE))
    one.touch("next")
    one.terminal.session = showing(AnswerPage(insurance(100, "36"), "36"))
    one.follow()
    assert (value(one, "view"), value(one, "pageNumber")) == ("rows", 1)
    one.touch("view_fields")
    one.terminal.session = showing(PAGE)
    one.follow()
    assert value(one, "view") == "fields"


# --- the paper --------------------------------------------------------------------------------------------------------
def test_the_act_reads_the_papers_name_and_asks_for_each_paper_under_a_fresh_id(stage: Open) -> None:
    one = stage(showing(PAGE))
    assert one.target("act").property("text") == "打印社会保险参保证明"
    one.touch("act")
    [event] = asked(one)
    assert isinstance(event, Print)
    assert (event.page_serial, len(set(event.job_ids))) == (SERIAL, 2)


@pytest.mark.parametrize(("language", "words"), [(Language.ZH_HK, "列印證明"), (Language.EN, "Print the certificate")])
def test_the_title_of_a_paper_in_simplified_chinese_is_said_otherwise_elsewhere(
    stage: Open, language: Language, words: str
) -> None:
    assert stage(showing(PAGE, settings=Settings(language))).target("act").property("text") == words


def test_a_certificate_without_its_verification_code_is_not_printed_and_the_act_says_why(stage: Open) -> None:
    one = stage(showing(AnswerPage(insurance(code=None), "12")))
    assert one.text("act_reason") == "主管部门没有给验证码，这份证明现在不能打印，可到人工窗口开具"
    one.touch("act")
    one.touch("second")
    assert asked(one) == [Continue(SERIAL)]


def test_a_sheet_that_is_no_certificate_needs_no_code(stage: Open) -> None:
    one = stage(showing(AnswerPage(property_of(3)), "sample-property"))
    one.touch("act")
    assert len([event for event in asked(one) if isinstance(event, Print)]) == 1


def test_without_any_printer_the_act_says_why_and_does_nothing(stage: Open) -> None:
    shown = showing(PAGE)
    broken = {kind: DeviceStatus(DeviceState.HARDWARE_ERROR) for kind in DeviceClass}
    one = stage(replace(shown, availability=replace(shown.availability, devices=broken)))
    assert one.text("act_reason") == "打印机现在都不能用，白天可到人工窗口打印"
    one.touch("act")
    assert asked(one) == []


@pytest.mark.parametrize(
    ("item", "question"), [("sample-insurance", "证明出来了吗？"), ("sample-property", "查询单出来了吗？")]
)
def test_the_page_of_the_papers_asks_for_a_certificate_by_that_word(stage: Open, item: str, question: str) -> None:
    job = PrintJob(Document.SHEET, "job-1", Outcome.UNKNOWN)
    one = stage(session_of(PrintPage((job,)), item=item))
    assert one.text("question") == question
    assert f"{question.removesuffix('出来了吗？')}（A4 纸）" in all_texts(one)
