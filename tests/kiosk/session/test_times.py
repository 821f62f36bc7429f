"""The times of a visit: idleness, cover, the whole visit's limit, and what is done with an outside that never answers."""

from collections.abc import Callable

import pytest

from devices.receipt_printer.types import Outcome
from kiosk.base.errors import BudayangError, Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.session import effects, events
from kiosk.session.events import PAGE_INTENTS
from kiosk.session.state import (
    Ending,
    FactorStage,
    IdentifyPage,
    Overlay,
    Place,
    QueryPage,
    Session,
    Settings,
    TextSize,
)
from kiosk.session.timeouts import FLOORS, Timeouts
from tests.kiosk.session.samples import SAMPLES, sample_events
from tests.kiosk.session.world import Drive, ready, statement

NOT_LIVE = ("attract", "curtain", "wipe", "card")


def running(drive: Drive) -> dict[str, float]:
    """Timers as the shell would have them after all effects so far."""
    timers: dict[str, float] = {}
    for one in drive.all:
        if isinstance(one, effects.SetTimer):
            timers[one.timer] = one.seconds
        elif isinstance(one, effects.ClearTimer):
            timers.pop(one.timer, None)
    return timers


@pytest.mark.parametrize(
    ("way", "name", "seconds"),
    [
        (Drive.start, "idle", 60),
        (Drive.to_guide, "idle", 60),
        (Drive.to_notice, "idle", 180),
        (Drive.to_identify, "idle", 120),
        (Drive.to_consent, "idle", 120),
        (Drive.to_enter, "idle", 120),
        (Drive.to_result, "idle", 120),
        (Drive.to_printed, "result", 30),
        (Drive.to_rate, "result", 30),
    ],
)
def test_each_page_waits_as_long_as_the_table_says_and_twice_as_long_in_elder_size(
    way: object, name: str, seconds: float
) -> None:
    drive = way(Drive())  # type: ignore[operator]
    assert running(drive)[name] == seconds
    elder = way(Drive())  # type: ignore[operator]
    elder.do(events.SetTextSize(TextSize.ELDER))
    assert running(elder)[name] == 2 * seconds


def test_whoever_begins_in_elder_size_has_twice_the_whole_visit() -> None:
    drive = Drive().do(events.Start("v1", None, TextSize.ELDER))
    assert running(drive)["visitWarning"] == 2 * 780


@pytest.mark.parametrize("sample", [name for name in SAMPLES if not name.startswith(NOT_LIVE)])
def test_every_intent_restarts_the_count_on_every_page(sample: str) -> None:
    for label, event in sample_events(SAMPLES[sample]().session):
        if not isinstance(event, (events.Touched, *PAGE_INTENTS)):
            continue
        drive = SAMPLES[sample]()
        counting = {"idle", "result"} & set(drive.session.visit.timers)
        drive.do(event)
        still = counting & set(drive.session.visit.timers)
        restarted = {one.timer for one in drive.asked(effects.SetTimer)}
        assert still <= restarted, label


def test_a_touch_while_nobody_is_served_sets_no_timer() -> None:
    for name in NOT_LIVE[:3]:
        assert SAMPLES[name]().do(events.Touched()).last == ()


def test_idleness_is_warned_and_then_ends_the_visit() -> None:
    drive = Drive().to_result().fire("idle")
    assert drive.overlay is Overlay.IDLE_WARNING
    assert running(drive)["warning"] == 30
    assert drive.fire("warning").session.visit.ending is Ending.IDLE


@pytest.mark.parametrize("answer", [events.Touched(), events.KeepGoing(), events.SetTextSize(TextSize.ELDER)])
def test_one_touch_answers_the_warning_and_acts_on_nothing_else(answer: object) -> None:
    drive = Drive().to_result().fire("idle")
    page = drive.page
    drive.do(answer)
    assert drive.overlay is Overlay.NONE
    assert drive.page == page
    assert "warning" not in drive.session.visit.timers
    assert "idle" in drive.session.visit.timers


def test_a_card_laid_answers_the_warning_too() -> None:
    drive = Drive().to_identify().fire("idle").answer(events.CardInserted, effects.ReadCard)
    assert drive.overlay is Overlay.NONE


def test_home_and_guide_end_without_an_alert_since_they_count_down_themselves() -> None:
    assert Drive().start().fire("idle").session.visit.ending is Ending.IDLE
    assert Drive().to_guide().fire("idle").session.visit.ending is Ending.IDLE


def test_a_personal_page_is_covered_and_one_touch_uncovers_without_acting() -> None:
    drive = Drive().to_result()
    assert running(drive)["cover"] == 20
    drive.fire("cover")
    assert drive.overlay is Overlay.COVER
    assert drive.here(events.Print, ("j1", "j2")).overlay is Overlay.NONE
    assert drive.place is Place.RESULT


def test_a_page_that_is_not_personal_is_never_covered() -> None:
    for way in (Drive.start, Drive.to_notice, Drive.to_identify, Drive.to_rate):
        assert "cover" not in way(Drive()).session.visit.timers
    drive = Drive().to_printed().fire("cover").fire("result")
    assert drive.place is Place.RATE
    assert drive.overlay is Overlay.NONE


def test_an_answer_from_the_platform_does_not_uncover() -> None:
    drive = Drive().to_query().fire("cover").answer(events.QueryAnswered, effects.RunQuery, statement())
    assert drive.place is Place.RESULT
    assert drive.overlay is Overlay.COVER


def _checking(drive: Drive) -> Drive:
    return drive.to_enter().here(events.EnterSecret, "135790")


def _sending(drive: Drive) -> Drive:
    return drive.to_factor().here(events.ChooseMethod, FactorMethod.ONE_TIME_CODE)


@pytest.mark.parametrize("way", [_checking, _sending, Drive.to_query, Drive.to_print])
def test_a_page_that_only_waits_is_not_covered_so_that_its_failure_is_seen(way: Callable[[Drive], Drive]) -> None:
    drive = way(Drive())
    assert running(drive)["cover"] == 20
    drive.fire("cover")
    assert drive.overlay is Overlay.NONE
    assert "cover" not in drive.session.visit.timers
    drive.fire("work")
    if drive.session.visit.only_waits:  # the second paper
        drive.fire("work")
    assert drive.overlay is Overlay.NONE
    assert running(drive)["cover"] == 20, "what is said now stays as long as any other page"
    assert drive.fire("cover").overlay is Overlay.COVER


def test_a_result_is_shown_to_who_has_touched_or_waited_for_a_short_time_only() -> None:
    answer = (events.QueryAnswered, effects.RunQuery, statement())
    assert Drive().to_query().answer(*answer).overlay is Overlay.NONE
    assert Drive().to_query().fire("cover").do(events.Touched()).answer(*answer).overlay is Overlay.NONE
    assert Drive().to_query().fire("cover").fire("slow").answer(*answer).overlay is Overlay.COVER


def test_a_wait_is_counted_from_the_secret_to_the_result() -> None:
    drive = _checking(Drive()).fire("cover").answer(events.FactorPassed, effects.VerifyFactor)
    assert "cover" not in drive.session.visit.timers
    assert drive.answer(events.QueryAnswered, effects.RunQuery, statement()).overlay is Overlay.COVER


def test_nothing_found_and_a_question_above_are_not_covered() -> None:
    nothing = (events.QueryAnswered, effects.RunQuery, None)
    assert Drive().to_query().fire("cover").answer(*nothing).overlay is Overlay.NONE
    asked = Drive().to_query().fire("cover").fire("visitWarning")
    asked.answer(events.QueryAnswered, effects.RunQuery, statement())
    assert asked.overlay is Overlay.TIME_WARNING


def test_the_whole_visit_is_warned_and_may_be_extended_without_limit() -> None:
    drive = Drive().to_result()
    for _ in range(12):
        drive.fire("visitWarning")
        assert drive.overlay is Overlay.TIME_WARNING
        assert running(drive)["visit"] == 120
        assert drive.do(events.KeepGoing()).overlay is Overlay.NONE
        assert "visit" not in drive.session.visit.timers
    assert drive.fire("visitWarning").fire("visit").session.visit.ending is Ending.TIME_UP


def test_a_time_warning_waits_under_another_overlay_and_comes_up_after_it() -> None:
    drive = Drive().to_result().do(events.End()).fire("visitWarning")
    assert drive.overlay is Overlay.CONFIRM_END
    assert drive.do(events.KeepGoing()).overlay is Overlay.TIME_WARNING


def test_work_is_no_idleness_but_is_watched() -> None:
    for drive, seconds in (
        (Drive().to_query(), 90),
        (Drive().to_print(), 240),
        (Drive().to_identify().answer(events.CardInserted, effects.ReadCard), 30),
    ):
        assert "idle" not in drive.session.visit.timers
        assert running(drive)["work"] == seconds


def test_the_watch_begins_anew_with_each_paper() -> None:
    drive = Drive().to_print().ended("j1")
    assert "work" in {one.timer for one in drive.asked(effects.SetTimer)}


def test_after_ten_seconds_the_way_out_is_offered() -> None:
    drive = Drive().to_query()
    assert running(drive)["slow"] == 10
    assert drive.fire("slow").page == QueryPage(slow=True)
    assert "slow" not in drive.session.visit.timers


def test_a_platform_that_never_answers_is_given_up_and_its_late_answer_dropped() -> None:
    drive = Drive().to_query()
    late = events.QueryAnswered("v1", drive.session.visit.awaited["RunQuery"], None)
    drive.fire("work")
    assert drive.page == QueryPage(problem=Problem("session.no_answer"))
    drive.do(late)
    assert drive.place is Place.QUERY
    assert drive.session.dropped == 1

    drive = Drive().to_enter().here(events.EnterSecret, "135790").fire("work")
    assert drive.page.stage is FactorStage.FAILED
    drive = Drive().to_result().here(events.ChoosePeriod, Period.ALL).fire("work")
    assert drive.page.period is Period.YEAR
    drive = Drive().to_rate().here(events.Rate, 1).fire("work")
    assert drive.page.problem == Problem("session.no_answer")


def test_a_printer_that_never_answers_leaves_the_outcome_to_the_person() -> None:
    drive = Drive().to_print().fire("work").fire("work")
    assert [job.outcome for job in drive.page.jobs] == [Outcome.UNKNOWN, Outcome.UNKNOWN]
    assert drive.page.asks_about is not None


def test_a_read_that_never_ends_is_stopped() -> None:
    drive = Drive().to_identify().answer(events.CardInserted, effects.ReadCard).fire("work")
    assert drive.page == IdentifyPage(problem=Problem("session.reader_silent"), stopped=True)
    assert drive.asked(effects.StopReading)


def test_a_dead_picture_and_a_stuck_hand_and_a_silent_reader_hold_no_visit() -> None:
    drive = Drive().to_curtain().fire("curtain").fire("wipe").fire("cardOverdue")
    assert drive.place is Place.ATTRACT


def test_a_wipe_that_nobody_confirms_is_told_to_the_hall_and_a_confirmed_one_is_not() -> None:
    def told(drive: Drive) -> list[str]:
        return [one.event for one in drive.all if isinstance(one, effects.TellHall)]

    unconfirmed = Drive().to_wipe().fire("wipe")
    assert told(unconfirmed) == ["wipe_unconfirmed"]
    assert unconfirmed.place is Place.CARD_CALL
    assert told(Drive().to_wipe().answer(events.Wiped, effects.Wipe)) == []


def test_a_reader_that_said_a_card_lies_and_then_fell_silent_holds_no_visit() -> None:
    drive = Drive().to_card_call().answer(events.MediaLies, effects.WatchMedia).fire("cardOverdue").fire("cardOverdue")
    assert drive.place is Place.ATTRACT


def test_a_reader_that_cannot_say_ends_the_call_after_its_time() -> None:
    drive = Drive().to_card_call().answer(events.MediaUnknown, effects.WatchMedia)
    assert running(drive)["cardUnknown"] == 20
    assert drive.fire("cardUnknown").place is Place.ATTRACT


@pytest.mark.parametrize("name", FLOORS)
def test_no_time_goes_under_its_floor(name: str) -> None:
    Timeouts(**{name: FLOORS[name]})
    with pytest.raises(BudayangError) as caught:
        Timeouts(**{name: FLOORS[name] - 0.1})
    assert caught.value.problem.key == "session.timeout_floor"
    assert caught.value.problem.placeholders["name"] == name


def test_every_time_has_its_floor_and_the_defaults_are_those_of_the_table() -> None:
    times = Timeouts()
    assert set(FLOORS) == set(vars(times))
    assert (times.idle_anonymous_s, times.idle_identified_s, times.idle_reading_s) == (60, 120, 180)
    assert (times.warning_s, times.cover_s, times.visit_s, times.visit_warning_s, times.result_s) == (
        30,
        20,
        900,
        120,
        30,
    )


def test_other_times_may_be_injected() -> None:
    session = Session(availability=ready(), defaults=Settings())
    assert running(Drive(session, replace(Timeouts(), idle_anonymous_s=45)).start())["idle"] == 45
