"""What a touch on the inner pages asks of the terminal, and nothing more."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF

from devices.receipt_printer.types import Outcome
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import sentence_of
from kiosk.central.contract import FactorMethod, Period
from kiosk.session.events import (
    AnswerOutcome,
    ChooseMethod,
    ChoosePeriod,
    Continue,
    End,
    EnterSecret,
    Print,
    Rate,
    Reprint,
    Touched,
)
from kiosk.session.state import Document, FactorPage, FactorStage, PrintJob, PrintPage, ResultPage
from kiosk.terminal.port import Site
from tests.screens.conftest import Stage
from tests.screens.inner.statements import statement
from tests.screens.inner.states import BOTH, STATES, session
from tests.screens.inner.test_layout import all_texts

Open = Callable[..., Stage]
SERIAL = 7


def asked(stage: Stage) -> list[object]:
    """What was posted, without the mere touches."""
    return [event for event in stage.terminal.posted if not isinstance(event, Touched)]


def number(stage: Stage, name: str) -> int:
    """A number of the view-model."""
    assert stage.host.page is not None
    return int(stage.host.page.model.property(name))


# --- identify, consent, query -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "words"),
    [("right_below", "右下方"), ("left", "左侧"), ("above", "上方"), ("left_above", "左上方"), ("moon", "下方")],
)
def test_the_question_names_the_place_of_this_cabinets_reader(stage: Open, place: str, words: str) -> None:
    one = stage(session(STATES["query"]))
    site = one.terminal.site
    one.terminal.site = Site(
        site.terminal_id, site.site_name, demo=True, panel_width_mm=268.0, front={"id_card_reader": place}
    )
    one.terminal.session = session(STATES["identify"], serial=8)
    one.follow()
    assert one.text("question") == f"请把身份证平放在{words}亮灯处"


def test_a_slow_query_promises_no_three_seconds(stage: Open) -> None:
    one = stage(session(STATES["query"]))
    assert "3 秒" in all_texts(one)
    one.terminal.session = session(STATES["query-slow"])
    one.follow()
    assert one.text("question") == "今天比平时慢，还在查询"
    assert "3 秒" not in all_texts(one)


def test_the_page_that_asks_for_a_paper_gives_no_reason_of_its_own(stage: Open) -> None:
    reason = Problem("session.printer_silent")
    job = PrintJob(Document.SLIP, "job-1", Outcome.UNKNOWN, reason)
    one = stage(session(PrintPage((job,))))
    texts = all_texts(one)
    assert sentence_of(reason, "zh_CN") in texts
    assert "机器自己看不到纸有没有出来，要请您看一眼亮灯的出纸口。" in texts
    assert "没有回答" not in texts


def test_few_rows_take_more_room_than_a_page_of_them(stage: Open) -> None:
    def row_step(rows: int) -> float:
        one = stage(session(ResultPage(statement(rows), Period.YEAR)))
        one.settle()
        return one.target("row_1").mapToScene(QPointF()).y() - one.target("row_0").mapToScene(QPointF()).y()

    assert row_step(2) > 1.3 * row_step(12)


def test_while_the_reader_waits_there_is_nothing_to_press_but_the_ways_out(stage: Open) -> None:
    one = stage(session(STATES["identify"]))
    with pytest.raises(AssertionError, match="no target 'act'"):
        one.target("act")


@pytest.mark.parametrize("name", ["identify-stopped", "query-failed", "factor-failed", "factor-blocked", "result-none"])
def test_the_act_of_a_stopped_page_goes_on(stage: Open, name: str) -> None:
    one = stage(session(STATES[name]))
    one.touch("act")
    assert asked(one) == [Continue(SERIAL)]


def test_consent_is_given_or_the_visit_ends(stage: Open) -> None:
    one = stage(session(STATES["consent"]))
    assert one.text("name_masked") == "王*二"
    assert one.text("id_masked") == "110105********002X"
    one.touch("act")
    one.touch("end")
    assert asked(one) == [Continue(SERIAL), End()]


# --- factor -----------------------------------------------------------------------------------------------------------
def test_each_way_of_the_second_factor_can_be_chosen(stage: Open) -> None:
    one = stage(session(STATES["factor-choose"]))
    one.touch("method_code")
    one.touch("method_password")
    assert asked(one) == [ChooseMethod(SERIAL, FactorMethod.ONE_TIME_CODE), ChooseMethod(SERIAL, FactorMethod.PASSWORD)]


def type_digits(stage: Stage, digits: str) -> None:
    for digit in digits:
        stage.touch(f"key_{digit}")


def test_typed_digits_are_counted_never_shown_and_handed_in_once(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-code"]))
    type_digits(one, "9075318")  # the seventh is one too many
    assert number(one, "digitCount") == 6
    assert "907" not in all_texts(one)
    one.touch("act")
    one.touch("act")
    assert asked(one) == [EnterSecret(SERIAL, "907531")]
    assert number(one, "digitCount") == 0


def test_too_few_digits_cannot_be_handed_in_and_the_reason_is_told(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-code"]))
    type_digits(one, "1234")
    assert one.text("act_reason") == "还差 2 位"
    one.touch("act")
    assert asked(one) == []
    type_digits(one, "56")
    one.touch("act")
    assert asked(one) == [EnterSecret(SERIAL, "123456")]


def test_delete_and_clear_take_digits_back(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-password"]))
    type_digits(one, "123")
    one.touch("key_delete")
    assert number(one, "digitCount") == 2
    one.touch("key_clear")
    assert number(one, "digitCount") == 0


@pytest.mark.parametrize(
    "after",
    [
        FactorPage(FactorStage.CHOOSE, BOTH),
        FactorPage(FactorStage.CHECKING, BOTH, FactorMethod.ONE_TIME_CODE),
        FactorPage(FactorStage.ENTER, BOTH, FactorMethod.PASSWORD),
    ],
)
def test_digits_do_not_outlive_the_stage_they_were_typed_in(stage: Open, after: FactorPage) -> None:
    one = stage(session(STATES["factor-enter-code"]))
    type_digits(one, "123456")
    one.terminal.session = session(after)
    one.follow()
    assert number(one, "digitCount") == 0
    one.terminal.session = session(STATES["factor-enter-code"])
    one.follow()
    assert number(one, "digitCount") == 0


def test_a_page_that_goes_takes_its_digits_along(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-code"]))
    type_digits(one, "123456")
    assert one.host.page is not None
    model = one.host.page.model
    one.terminal.session = session(STATES["query"], serial=8)
    one.follow()
    assert model.property("digitCount") == 0


def test_the_code_can_be_sent_again(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-code"]))
    one.touch("second")
    assert asked(one) == [ChooseMethod(SERIAL, FactorMethod.ONE_TIME_CODE)]


def test_tries_are_told_once(stage: Open) -> None:
    one = stage(session(STATES["factor-enter-password"]))
    assert one.text("problem").count("2") == 1
    page = FactorPage(FactorStage.ENTER, BOTH, FactorMethod.PASSWORD, tries_left=2, problem=Problem("central.slow"))
    one.terminal.session = session(page)
    one.follow()
    assert "还可以再试 2 次" in one.text("problem")


# --- print ------------------------------------------------------------------------------------------------------------
def test_the_citizen_tells_whether_a_paper_came_out(stage: Open) -> None:
    one = stage(session(STATES["print-asking"]))
    assert one.text("question") == "查询单出来了吗？"
    one.touch("act")
    one.touch("second")
    assert asked(one) == [
        AnswerOutcome(SERIAL, "job-of-sheet", came_out=True),
        AnswerOutcome(SERIAL, "job-of-sheet", came_out=False),
    ]


def test_missing_papers_are_printed_again_under_fresh_ids_or_left(stage: Open) -> None:
    jobs = tuple(PrintJob(document, f"old-{document.value}", Outcome.NOT_PRINTED) for document in Document)
    one = stage(session(PrintPage(jobs)))
    one.touch("act")
    one.touch("second")
    again, left = asked(one)
    assert isinstance(again, Reprint)
    assert len(set(again.job_ids)) == 2
    assert set(again.job_ids).isdisjoint({"old-sheet", "old-slip"})
    assert left == Continue(SERIAL)


def test_papers_that_wait_their_turn_are_not_called_printing(stage: Open) -> None:
    one = stage(session(PrintPage(tuple(PrintJob(document, document.value) for document in Document))))
    texts = all_texts(one)
    assert texts.count("正在打印…") == 1
    assert texts.count("排在后面") == 1


# --- rate -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("grade", [5, 4, 3, 2, 1])
def test_each_grade_is_one_touch(stage: Open, grade: int) -> None:
    one = stage(session(STATES["rate"]))
    one.touch(f"grade_{grade}")
    assert asked(one) == [Rate(SERIAL, grade)]


def test_passing_the_rating_by_is_a_choice_as_large_as_the_others_and_rates_nothing(stage: Open) -> None:
    one = stage(session(STATES["rate"]))
    skip, best = one.target("skip"), one.target("grade_5")
    assert (skip.width(), skip.height()) == (best.width(), best.height())
    one.touch("skip")
    assert asked(one) == [Continue(SERIAL)]


# --- result -----------------------------------------------------------------------------------------------------------
def test_printing_asks_for_each_document_under_a_fresh_id(stage: Open) -> None:
    one = stage(session(STATES["result"]))
    one.touch("act")
    [event] = asked(one)
    assert isinstance(event, Print)
    assert len(set(event.job_ids)) == 2


def test_without_any_printer_the_act_says_why_and_does_nothing(stage: Open) -> None:
    from devices.status import DeviceState
    from tests.screens.inner.states import online

    one = stage(session(STATES["result"], availability=online(DeviceState.NO_DEVICE)))
    assert "打印机" in one.text("act_reason")
    one.touch("act")
    one.touch("second")
    assert asked(one) == [Continue(SERIAL)]


def test_another_period_is_asked_for_and_the_same_one_is_not(stage: Open) -> None:
    one = stage(session(STATES["result"]))
    one.touch("period_year")
    one.touch("period_all")
    assert asked(one) == [ChoosePeriod(SERIAL, Period.ALL)]


def test_while_another_period_is_loading_no_third_is_asked_for(stage: Open) -> None:
    one = stage(session(replace(ResultPage(statement(6), Period.HALF_YEAR), loading=True)))
    one.touch("period_all")
    one.touch("act")
    assert asked(one) == []


def test_the_page_of_the_card_shows_its_time_and_does_not_threaten_to_leave(stage: Open) -> None:
    one = stage(session(STATES["query"]))
    one.terminal.seconds = {"idle": 12.2}
    one.terminal.session = session(STATES["identify"], serial=8)
    one.follow()
    texts = all_texts(one)
    assert "还有 13 秒" in texts
    assert "回到首页" not in texts


def test_the_time_after_printing_is_full_at_its_start(stage: Open) -> None:
    one = stage(session(STATES["print-working"]))
    one.terminal.seconds = {}
    one.terminal.session = session(STATES["print-done"])
    one.follow()
    assert "秒" not in all_texts(one)  # nothing runs yet
    one.terminal.seconds = {"result": 30.0}
    assert one.host.page is not None
    one.host.page.model.tick()
    one.settle()
    assert "还有 30 秒" in all_texts(one)
    assert (number(one, "secondsLeft"), number(one, "secondsTotal")) == (30, 30)
