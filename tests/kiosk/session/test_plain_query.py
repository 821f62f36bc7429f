"""A plain query from the factor to the paper: what a department holds is asked with a choice, shown, asked again with another, and printed."""

import pytest

from devices.receipt_printer.types import Outcome
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects, events
from kiosk.session.state import (
    AnswerPage,
    Document,
    FactorStage,
    Flow,
    GuidePage,
    Overlay,
    Place,
    PlatformState,
    QueryPage,
    RatePage,
)
from tests.kiosk.session.world import (
    CODE,
    CONSULTATION,
    FLOW,
    NUMBERS,
    PLAIN,
    Drive,
    department_answer,
    statement,
)

EXPIRED = Problem("identity.token_expired")
SLOW = Problem("central.slow")
NO_CHOICES = replace(PLAIN, choices=())


def test_the_first_choice_is_asked_first_and_the_answer_is_shown_with_it() -> None:
    drive = Drive().to_asking()
    (asked,) = drive.asked(effects.AskDepartment)
    assert (asked.item_code, asked.choice) == (PLAIN.item_code, "12")
    assert drive.asked(effects.RunQuery) == []
    assert drive.page == QueryPage()
    drive.answer(events.DepartmentAnswered, effects.AskDepartment, department_answer())
    assert drive.page == AnswerPage(department_answer(), "12")
    assert drive.session.visit.answer == department_answer()


def test_an_item_without_choices_is_asked_without_one_and_has_none_to_choose() -> None:
    drive = Drive().to_asking(NO_CHOICES)
    (asked,) = drive.asked(effects.AskDepartment)
    assert asked.choice == ""
    held = department_answer(choice="")
    drive.answer(events.DepartmentAnswered, effects.AskDepartment, held)
    assert drive.here(events.Choose, "12").asked(effects.AskDepartment) == []
    assert drive.page == AnswerPage(held)


def test_another_choice_keeps_the_old_answer_until_the_new_one_is_there() -> None:
    drive = Drive().to_other_choice()
    (asked,) = drive.asked(effects.AskDepartment)
    assert (asked.item_code, asked.choice) == (PLAIN.item_code, "60")
    assert drive.page == AnswerPage(department_answer(), "60", loading=True)
    assert drive.here(events.Choose, "12").asked(effects.AskDepartment) == []  # one at a time
    assert drive.here(events.Print, ("j1", "j2")).place is Place.ANSWER  # never a paper of another choice than shown
    newer = department_answer(choice="60")
    serial = drive.session.visit.page_serial
    drive.answer(events.DepartmentAnswered, effects.AskDepartment, newer)
    assert drive.page == AnswerPage(newer, "60")
    assert drive.session.visit.answer == newer
    assert drive.session.visit.page_serial == serial


@pytest.mark.parametrize("choice", ["12", "13", ""])
def test_the_shown_choice_and_what_the_item_does_not_offer_are_not_asked(choice: str) -> None:
    drive = Drive().to_answer().here(events.Choose, choice)
    assert drive.asked(effects.AskDepartment) == []
    assert drive.page == AnswerPage(department_answer(), "12")


@pytest.mark.parametrize("problem", [SLOW, Problem("central.unexpected_answer")])
def test_a_choice_that_fails_keeps_the_old_answer_and_may_be_chosen_again(problem: Problem) -> None:
    drive = Drive().to_other_choice().answer(events.PlatformFailed, effects.AskDepartment, problem)
    assert drive.page == AnswerPage(department_answer(), "12", problem=problem)
    (again,) = drive.here(events.Choose, "60").asked(effects.AskDepartment)
    assert again.choice == "60"
    assert drive.page == AnswerPage(department_answer(), "60", loading=True)


def test_a_factor_that_the_platform_no_longer_knows_is_asked_again_before_another_choice_is() -> None:
    drive = Drive().to_other_choice().answer(events.PlatformFailed, effects.AskDepartment, EXPIRED)
    assert drive.place is Place.FACTOR
    assert drive.page.problem == EXPIRED
    assert not drive.session.visit.factor_passed
    drive.here(events.ChooseMethod, drive.page.methods[0]).here(events.EnterSecret, "135790")
    drive.answer(events.FactorPassed, effects.VerifyFactor)
    assert drive.asked(effects.AskDepartment)[0].item_code == PLAIN.item_code


def test_a_choice_to_which_nobody_answers_is_given_up_and_what_comes_later_is_dropped() -> None:
    drive = Drive().to_other_choice()
    number = drive.session.visit.awaited["AskDepartment"]
    drive.fire("work")
    assert drive.page == AnswerPage(department_answer(), "12", problem=Problem("session.no_answer"))
    drive.do(events.DepartmentAnswered("v1", number, department_answer(choice="60")))
    assert drive.session.dropped == 1
    assert drive.page.answer == department_answer()


def test_another_timer_changes_nothing_of_the_answer() -> None:
    drive = Drive().to_answer()
    page = drive.page
    drive.session = replace(drive.session, visit=replace(drive.session.visit, timers={"stray": 7}))
    drive.do(events.TimerFired("v1", 7, "stray"))
    assert drive.page == page


def test_a_department_that_never_answers_is_given_up_and_asked_anew_by_a_new_page() -> None:
    drive = Drive().to_asking()
    number = drive.session.visit.awaited["AskDepartment"]
    drive.fire("slow")
    assert drive.page == QueryPage(slow=True)
    drive.fire("work")
    assert drive.page == QueryPage(problem=Problem("session.no_answer"))
    assert "AskDepartment" not in drive.session.visit.awaited
    drive.do(events.DepartmentAnswered("v1", number, department_answer()))
    assert (drive.place, drive.session.dropped) == (Place.QUERY, 1)
    serial = drive.session.visit.page_serial
    (again,) = drive.here(events.Continue).asked(effects.AskDepartment)
    assert again.choice == "12"
    assert drive.session.visit.page_serial == serial + 1


def test_nobody_found_is_a_page_of_its_own_without_paper_and_without_another_choice() -> None:
    drive = Drive().to_answer(nothing=True)
    assert drive.page == AnswerPage(None, "12")
    assert drive.here(events.Print, ("j1", "j2")).place is Place.ANSWER
    assert drive.here(events.Choose, "60").asked(effects.AskDepartment) == []
    assert drive.here(events.Continue).place is Place.RATE


def test_nobody_found_for_another_choice_leaves_nothing_of_the_old_answer() -> None:
    drive = Drive().to_other_choice().answer(events.DepartmentAnswered, effects.AskDepartment, None)
    assert drive.page == AnswerPage(None, "60")
    assert drive.session.visit.answer is None


def test_when_the_platform_no_longer_knows_the_factor_it_is_asked_again_and_then_the_department() -> None:
    drive = Drive().to_asking().answer(events.PlatformFailed, effects.AskDepartment, EXPIRED)
    assert (drive.place, drive.page.stage, drive.page.problem) == (Place.FACTOR, FactorStage.CHOOSE, EXPIRED)
    assert not drive.session.visit.factor_passed
    (asked,) = drive.passed().asked(effects.AskDepartment)
    assert (drive.place, asked.choice) == (Place.QUERY, "12")
    assert drive.answer(events.DepartmentAnswered, effects.AskDepartment, department_answer()).place is Place.ANSWER


def test_a_platform_that_is_away_never_spares_the_factor() -> None:
    drive = Drive().with_platform(PlatformState.UNREACHABLE).to_plain_factor()
    assert drive.place is Place.FACTOR
    assert drive.here(events.Continue).place is Place.FACTOR


def test_sheet_and_slip_are_printed_of_what_is_shown_and_back_leads_to_it() -> None:
    newer = department_answer(choice="60")
    drive = Drive().to_other_choice().answer(events.DepartmentAnswered, effects.AskDepartment, newer)
    drive.here(events.Print, ("j1", "j2"))
    (sheet,) = drive.asked(effects.PrintDocument)
    assert (sheet.document, sheet.answer, sheet.statement, sheet.item_code) == (
        Document.SHEET,
        newer,
        None,
        PLAIN.item_code,
    )
    assert drive.here(events.GoBack).place is Place.PRINT  # the paper is under way
    (slip,) = drive.ended("j1", Outcome.NOT_PRINTED).asked(effects.PrintDocument)
    assert (slip.document, slip.answer, slip.outcomes) == (
        Document.SLIP,
        newer,
        ((Document.SHEET, Outcome.NOT_PRINTED),),
    )
    drive.ended("j2").here(events.GoBack)
    assert drive.page == AnswerPage(newer, "60")
    assert drive.here(events.Print, ("j1", "j2")).asked(effects.PrintDocument) == []  # no id is taken twice
    assert len(drive.here(events.Print, ("j3", "j4")).asked(effects.PrintDocument)) == 1


def test_done_without_paper_goes_on_to_the_rating_and_gives_up_what_is_asked() -> None:
    drive = Drive().to_other_choice()
    number = drive.session.visit.awaited["AskDepartment"]
    drive.here(events.Continue)
    assert drive.page == RatePage()
    assert "AskDepartment" not in drive.session.visit.awaited
    drive.do(events.DepartmentAnswered("v1", number, department_answer(choice="60")))
    assert (drive.place, drive.session.dropped) == (Place.RATE, 1)


def test_an_item_that_prints_nothing_goes_on_as_well() -> None:
    steps = tuple(place for place in PLAIN.steps if place is not Place.PRINT)
    drive = Drive().to_answer(replace(PLAIN, steps=steps, documents=()))
    assert drive.here(events.Print, ()).place is Place.ANSWER
    assert drive.here(events.Continue).place is Place.RATE


def test_what_is_asked_is_asked_and_there_is_no_way_back_from_the_answer() -> None:
    for drive in (Drive().to_asking(), Drive().to_answer()):
        page = drive.page
        assert drive.here(events.GoBack).page == page


def test_an_answer_of_yesterdays_visit_is_dropped() -> None:
    """Even one to an effect of the very same number."""
    for drive in (Drive().to_asking(), Drive().to_other_choice()):
        before = drive.session
        number = before.visit.awaited["AskDepartment"]
        drive.do(events.DepartmentAnswered("yesterday", number, department_answer(NUMBERS[1])))
        assert drive.session == replace(before, dropped=1)
        assert drive.last == ()


@pytest.mark.parametrize("flow", [FLOW, PLAIN, CONSULTATION], ids=["fund", "plain query", "consultation"])
def test_nothing_that_another_item_found_goes_along_into_the_next(flow: Flow) -> None:
    drive = Drive().start()
    visit = drive.session.visit
    left = replace(
        visit, page=GuidePage(flow.item_code), answer=department_answer(item_code=CODE), statement=statement()
    )
    drive.session = replace(drive.session, visit=left)
    drive.here(events.Begin, flow, "f1")
    assert drive.session.visit.flow == flow or drive.session.visit.wanted == flow
    assert (drive.session.visit.answer, drive.session.visit.statement) == (None, None)


def test_a_page_with_an_answer_is_covered_when_nobody_touches_it_and_one_touch_uncovers() -> None:
    drive = Drive().to_answer().fire("cover")
    assert drive.overlay is Overlay.COVER
    touched = drive.here(events.Choose, "60")
    assert touched.asked(effects.AskDepartment) == []
    assert touched.overlay is Overlay.NONE


def test_an_answer_that_comes_after_a_long_wait_comes_covered() -> None:
    drive = Drive().to_asking().fire("cover")
    assert drive.overlay is Overlay.NONE  # there is nothing to cover yet
    drive.answer(events.DepartmentAnswered, effects.AskDepartment, department_answer())
    assert (drive.place, drive.overlay) == (Place.ANSWER, Overlay.COVER)


def test_nobody_found_after_a_long_wait_is_told_at_once() -> None:
    drive = Drive().to_asking().fire("cover")
    drive.answer(events.DepartmentAnswered, effects.AskDepartment, None)
    assert (drive.place, drive.overlay) == (Place.ANSWER, Overlay.NONE)


@pytest.mark.parametrize("way", [Drive.to_answer, Drive.to_other_choice, Drive.to_answer_print])
def test_with_the_curtain_nothing_of_the_answer_is_left(way: object) -> None:
    drive = way(Drive())  # type: ignore[operator]
    drive.do(events.ConfirmEnd())
    assert drive.place is Place.CURTAIN
    assert drive.session.visit.answer is None
    assert set(drive.session.visit.awaited) == {"DrawCurtain"}


def test_nothing_of_the_answer_shows_in_any_repr() -> None:
    for way in (Drive.to_answer, Drive.to_other_choice, Drive.to_answer_print):
        drive = way(Drive())
        held = department_answer()
        answered = events.DepartmentAnswered("v1", 1, held)
        shown = repr(drive.session) + repr(drive.all) + repr(answered) + repr(held)
        for personal in (NUMBERS[0], "样本", "1234", "202610", "AB12"):
            assert personal not in shown
