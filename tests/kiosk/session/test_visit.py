"""One visit, told as stories: what the machine promises to a person at the terminal."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import STARTING, DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.session import effects, events
from kiosk.session.state import (
    AttractPage,
    CardCallPage,
    ConsentPage,
    CurtainPage,
    Document,
    Ending,
    FactorStage,
    GuidePage,
    IdentifyPage,
    Language,
    Overlay,
    Place,
    PlatformState,
    Session,
    Settings,
    TextSize,
)
from tests.kiosk.session.world import CODE, FLOW, GONE, NUMBERS, ONLINE, TODAY, Drive, person, ready, statement

READER = DeviceClass.ID_CARD_READER
INTERRUPTED = Problem("reader.interrupted")


def test_a_whole_visit_walks_from_the_first_touch_to_the_attract_page() -> None:
    drive = Drive().to_rate().here(events.Rate, 5).answer(events.Rated, effects.SubmitRating)
    assert drive.page.sent == 5
    drive.fire("result").answer(events.CurtainDrawn, effects.DrawCurtain)
    assert drive.asked(effects.Wipe)[0].ending is Ending.DONE
    drive.answer(events.Wiped, effects.Wipe)
    assert drive.place is Place.CARD_CALL
    assert drive.page.papers
    drive.answer(events.MediaGone, effects.WatchMedia).fire("papers")
    assert isinstance(drive.page, AttractPage)
    assert drive.session.visit.visit_id == ""
    assert drive.session.visit.timers == {}
    assert drive.session.dropped == 0


def test_the_slip_is_printed_after_the_sheet_and_says_what_came_out() -> None:
    drive = Drive().to_print()
    (sheet,) = drive.asked(effects.PrintDocument)
    assert (sheet.document, sheet.job_id, sheet.outcomes) == (Document.SHEET, "j1", ())
    (slip,) = drive.ended("j1").asked(effects.PrintDocument)
    assert (slip.document, slip.job_id) == (Document.SLIP, "j2")
    for outcome in Outcome:
        (slip,) = Drive().to_print().ended("j1", outcome).asked(effects.PrintDocument)
        assert slip.outcomes == ((Document.SHEET, outcome),)


def test_an_unknown_outcome_asks_the_person_and_nothing_is_printed_again_by_itself() -> None:
    drive = Drive().to_print().ended("j1", Outcome.UNKNOWN).ended("j2")
    assert drive.page.asks_about.job_id == "j1"
    assert drive.here(events.Reprint, ("j3",)).asked(effects.PrintDocument) == []  # first the question
    drive.here(events.AnswerOutcome, "j1", False)
    assert [job.job_id for job in drive.page.missing] == ["j1"]
    assert drive.asked(effects.PrintDocument) == []
    (again,) = drive.here(events.Reprint, ("j3",)).asked(effects.PrintDocument)
    assert (again.document, again.job_id) == (Document.SHEET, "j3")


def test_a_job_id_is_never_used_twice_in_a_visit() -> None:
    drive = Drive().to_printed().here(events.GoBack)
    assert drive.place is Place.RESULT
    assert drive.here(events.Print, ("j2", "j5")).asked(effects.PrintDocument) == []
    assert drive.here(events.Print, ("j5", "j5")).asked(effects.PrintDocument) == []
    assert len(drive.here(events.Print, ("j5", "j6")).asked(effects.PrintDocument)) == 1


def test_an_answer_that_names_another_paper_leaves_the_outcome_unknown() -> None:
    drive = Drive().to_print().ended("j2")
    assert drive.page.jobs[0].outcome is Outcome.UNKNOWN


def test_going_back_from_consent_drops_the_person_and_waits_for_the_card_to_be_lifted() -> None:
    drive = Drive().to_consent().here(events.GoBack)
    assert drive.session.visit.person is None
    assert drive.place is Place.IDENTIFY
    assert [one.accepts_lying for one in drive.asked(effects.ReadCard)] == [False]


def test_an_expired_card_is_told_and_another_is_awaited() -> None:
    drive = Drive().to_identify().answer(events.CardRead, effects.ReadCard, person(valid_to="20261120"), TODAY)
    assert drive.page == IdentifyPage(problem=Problem("session.card_expired"))
    assert drive.session.visit.person is None
    assert [one.accepts_lying for one in drive.asked(effects.ReadCard)] == [False]


def test_expiry_is_judged_only_with_trusted_time() -> None:
    drive = Drive(Session(availability=ready(trusted_time=False)))
    drive.to_identify().answer(events.CardRead, effects.ReadCard, person(valid_to="20200101"), TODAY)
    assert drive.page == ConsentPage(expiry_unchecked=True)


def test_a_flow_without_consent_is_never_walked_to_personal_data() -> None:
    """Loading refuses such a file; the machine does not rely on it."""
    wrong = replace(FLOW, steps=(Place.NOTICE, Place.IDENTIFY, Place.QUERY, Place.RESULT))
    drive = Drive().to_notice(flow=wrong).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY)
    assert drive.asked(effects.RunQuery) == []
    assert drive.place is Place.CURTAIN
    assert drive.session.visit.ending is Ending.FAULT


def test_a_flow_may_begin_anywhere_and_end_without_rating() -> None:
    short = replace(FLOW, steps=(Place.IDENTIFY,))
    drive = Drive().to_guide().here(events.Begin, short)
    assert drive.place is Place.IDENTIFY
    drive.here(events.GoBack)
    assert drive.page == GuidePage(CODE)
    assert drive.session.visit.flow is None
    drive.here(events.Begin, short).answer(events.CardRead, effects.ReadCard, person(), TODAY)
    assert drive.session.visit.ending is Ending.DONE


def test_a_flow_without_a_factor_step_ends_safely_when_the_token_is_gone() -> None:
    drive = Drive().to_query()
    flow = replace(drive.session.visit.flow or FLOW, steps=(Place.QUERY, Place.RESULT), position=0)
    drive.session = replace(drive.session, visit=replace(drive.session.visit, flow=flow))
    drive.answer(events.PlatformFailed, effects.RunQuery, Problem("identity.token_expired"))
    assert drive.session.visit.factor_passed is False


def test_a_flow_without_papers_has_nothing_to_print() -> None:
    drive = Drive().to_result()
    flow = replace(drive.session.visit.flow or FLOW, documents=())
    drive.session = replace(drive.session, visit=replace(drive.session.visit, flow=flow))
    assert drive.here(events.Print, ()).place is Place.RESULT


def test_an_interrupted_read_is_repeated_three_times_and_then_told() -> None:
    drive = Drive().to_identify()
    for _ in range(3):
        drive.answer(events.CardFailed, effects.ReadCard, INTERRUPTED)
        assert len(drive.asked(effects.ReadCard)) == 1
        assert not drive.page.stopped
    drive.answer(events.CardFailed, effects.ReadCard, INTERRUPTED)
    assert drive.asked(effects.ReadCard) == []
    assert drive.page == IdentifyPage(problem=INTERRUPTED, stopped=True)
    drive.here(events.Continue).answer(events.CardFailed, effects.ReadCard, INTERRUPTED)
    assert len(drive.asked(effects.ReadCard)) == 1  # a person began anew, so the count does too


def test_a_reader_that_comes_back_reads_by_itself_where_the_page_had_stopped() -> None:
    drive = Drive().to_identify().answer(events.CardFailed, effects.ReadCard, Problem("reader.gone"))
    assert drive.do(events.DeviceChanged(READER, ONLINE)).asked(effects.ReadCard) == []  # it was never away
    drive.do(events.DeviceChanged(READER, GONE)).do(events.DeviceChanged(READER, STARTING))
    assert drive.page.stopped
    assert len(drive.do(events.DeviceChanged(READER, ONLINE)).asked(effects.ReadCard)) == 1
    assert drive.page == IdentifyPage()


def test_a_reader_of_which_nothing_is_known_is_tried() -> None:
    drive = Drive(Session())
    assert len(drive.to_identify().asked(effects.ReadCard)) == 1
    drive.answer(events.CardFailed, effects.ReadCard, Problem("terminal.no_such_device"))
    assert len(drive.do(events.DeviceChanged(READER, ONLINE)).asked(effects.ReadCard)) == 1


def test_a_code_that_cannot_be_sent_leads_back_to_the_choice_with_the_reason() -> None:
    drive = Drive().to_factor().here(events.ChooseMethod, FactorMethod.ONE_TIME_CODE)
    drive.answer(events.FactorRefused, effects.SendCode, Problem("identity.no_phone"), None, False)
    assert drive.page.stage is FactorStage.CHOOSE
    assert drive.page.problem == Problem("identity.no_phone")


def test_a_method_that_the_item_does_not_offer_is_not_taken() -> None:
    only = replace(FLOW, factor_methods=(FactorMethod.PASSWORD,))
    drive = Drive().to_notice(flow=only).here(events.Continue)
    drive.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)
    assert drive.here(events.ChooseMethod, FactorMethod.ONE_TIME_CODE).page.stage is FactorStage.CHOOSE


def test_the_second_of_two_quick_touches_never_acts_on_the_next_page() -> None:
    drive = Drive().to_notice()
    touch = events.Continue(drive.session.visit.page_serial)
    assert drive.do(touch).place is Place.IDENTIFY
    serial = drive.session.visit.page_serial
    drive.do(touch)
    assert drive.session.visit.page_serial == serial


def test_before_a_person_is_known_the_end_needs_no_question_and_afterwards_it_does() -> None:
    assert Drive().to_identify().do(events.End()).place is Place.CURTAIN
    drive = Drive().to_consent().do(events.End())
    assert drive.session.overlay is Overlay.CONFIRM_END
    assert drive.do(events.KeepGoing()).session.overlay is Overlay.NONE
    assert drive.do(events.End()).do(events.ConfirmEnd()).place is Place.CURTAIN


@pytest.mark.parametrize(
    "way", [Drive.to_consent, Drive.to_enter, Drive.to_query, Drive.to_result, Drive.to_print, Drive.to_rate]
)
def test_with_the_curtain_nothing_of_the_person_is_left_in_the_state(way: Callable[[Drive], Drive]) -> None:
    drive = way(Drive()).do(events.ConfirmEnd())
    visit = drive.session.visit
    assert isinstance(visit.page, CurtainPage)
    assert (visit.person, visit.statement, visit.flow, visit.factor_passed, visit.grade) == (
        None,
        None,
        None,
        False,
        None,
    )
    assert visit.used_jobs == frozenset()
    assert visit.outstanding == {visit.awaited["DrawCurtain"]}
    assert set(visit.timers) == {"curtain"}
    assert drive.session.overlay is Overlay.NONE


def test_the_wipe_waits_for_the_curtain_and_the_call_for_the_wipe() -> None:
    drive = Drive().to_curtain()
    assert drive.asked(effects.Wipe) == []
    drive.answer(events.CurtainDrawn, effects.DrawCurtain)
    assert drive.asked(effects.CallCard) == []
    assert drive.answer(events.Wiped, effects.Wipe).asked(effects.CallCard)


def test_a_print_at_work_counts_as_papers_at_the_end() -> None:
    drive = Drive().to_print().do(events.ConfirmEnd())
    drive.answer(events.CurtainDrawn, effects.DrawCurtain).answer(events.Wiped, effects.Wipe)
    assert drive.page == CardCallPage(papers=True)


def test_without_card_and_papers_there_is_nothing_to_call() -> None:
    drive = Drive().to_guide().do(events.End()).answer(events.CurtainDrawn, effects.DrawCurtain)
    assert drive.answer(events.Wiped, effects.Wipe).place is Place.ATTRACT
    assert not any(isinstance(one, effects.CallCard) for one in drive.all)


def test_a_card_left_behind_is_called_every_three_seconds_and_told_to_the_hall_once() -> None:
    drive = Drive().to_card_call().answer(events.MediaLies, effects.WatchMedia)
    drive.fire("cardCall")
    assert drive.asked(effects.CallCard)
    assert [one.seconds for one in drive.asked(effects.SetTimer)] == [3.0]
    drive.fire("cardOverdue").answer(events.MediaLies, effects.WatchMedia)
    drive.fire("cardOverdue").answer(events.MediaLies, effects.WatchMedia)
    assert drive.page.overdue
    told = [one.event for one in drive.all if isinstance(one, effects.TellHall)]
    assert told == ["card_left_behind"]
    assert drive.answer(events.MediaGone, effects.WatchMedia).place is Place.ATTRACT


def test_the_voice_is_still_once_the_card_is_gone() -> None:
    drive = Drive().to_printed().do(events.ConfirmEnd()).answer(events.CurtainDrawn, effects.DrawCurtain)
    drive.answer(events.Wiped, effects.Wipe).answer(events.MediaGone, effects.WatchMedia).fire("cardCall")
    assert drive.asked(effects.CallCard) == []


def test_the_papers_are_called_for_their_time_and_the_card_for_as_long_as_it_lies() -> None:
    drive = Drive().to_printed().do(events.ConfirmEnd()).answer(events.CurtainDrawn, effects.DrawCurtain)
    drive.answer(events.Wiped, effects.Wipe).answer(events.MediaLies, effects.WatchMedia).fire("papers")
    assert drive.place is Place.CARD_CALL
    assert drive.answer(events.MediaGone, effects.WatchMedia).place is Place.ATTRACT


def test_a_terminal_that_comes_back_in_mid_visit_calls_the_card_in_its_own_language() -> None:
    defaults = Settings(Language.ZH_HK, TextSize.ELDER)
    drive = Drive(Session(defaults=defaults)).do(events.Recovered("v9"))
    assert drive.page == CardCallPage(papers=True)
    assert drive.session.visit.settings == defaults
    assert drive.session.visit.ending is Ending.RECOVERED
    assert drive.asked(effects.CallCard)
    assert drive.asked(effects.WatchMedia)


ENDINGS: dict[str, Callable[[Drive], Drive]] = {
    "done": lambda drive: drive.to_rate().here(events.Continue),
    "cancelled": lambda drive: drive.to_result().do(events.End()).do(events.ConfirmEnd()),
    "idle": lambda drive: drive.to_result().fire("idle").fire("warning"),
    "time up": lambda drive: drive.to_result().fire("visitWarning").fire("visit"),
    "fault": lambda drive: drive.to_result().do(events.Broke()),
    "nobody": lambda drive: drive.start().fire("idle"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_settings_are_back_at_their_defaults_after_every_ending(ending: str) -> None:
    """Language and size stay for the curtain and the card call, and are gone before the attract page."""
    defaults = Settings(Language.ZH_HK, TextSize.STANDARD)
    drive = Drive(Session(availability=ready(), defaults=defaults))
    attract = drive.do(events.Recovered("v0")).answer(events.MediaGone, effects.WatchMedia).fire("papers").session
    drive = ENDINGS[ending](drive)
    drive.session = replace(
        drive.session, visit=replace(drive.session.visit, settings=Settings(Language.EN, TextSize.ELDER))
    )
    drive.answer(events.CurtainDrawn, effects.DrawCurtain)
    assert drive.session.visit.settings.language is Language.EN
    drive.answer(events.Wiped, effects.Wipe)
    if drive.place is Place.CARD_CALL:
        assert drive.session.visit.settings.language is Language.EN
        drive.answer(events.MediaUnknown, effects.WatchMedia).fire("cardUnknown")
    fresh = replace(attract.visit, page_serial=0, next_effect=0)
    assert replace(drive.session.visit, page_serial=0, next_effect=0) == fresh
    assert drive.session.visit.settings == defaults
    assert drive.session.overlay is Overlay.NONE


def test_language_and_size_change_on_every_page_and_keep_the_page() -> None:
    for way in (Drive.start, Drive.to_notice, Drive.to_enter, Drive.to_result, Drive.to_print, Drive.to_card_call):
        drive = way(Drive())
        before = drive.session.visit
        drive.do(events.SetLanguage(Language.EN)).do(events.SetTextSize(TextSize.ELDER))
        after = drive.session.visit
        assert after.settings == Settings(Language.EN, TextSize.ELDER)
        assert (after.page, after.page_serial) == (before.page, before.page_serial)


def test_a_rating_is_asked_only_while_the_platform_is_there() -> None:
    drive = Drive().to_printed().with_platform(PlatformState.UNREACHABLE).here(events.Continue)
    assert drive.place is Place.CURTAIN
    assert drive.session.visit.ending is Ending.DONE


def test_news_of_devices_and_platform_are_kept_on_every_page() -> None:
    drive = Drive(Session()).do(events.DeviceChanged(READER, GONE))
    drive.do(events.PlatformChanged(PlatformState.ONLINE, True)).to_notice()
    drive.do(events.DeviceChanged(DeviceClass.SHEET_PRINTER, ONLINE))
    assert drive.session.availability.devices == {READER: GONE, DeviceClass.SHEET_PRINTER: ONLINE}
    assert drive.session.availability.trusted_time


def test_another_period_keeps_the_old_rows_until_the_new_ones_are_there() -> None:
    drive = Drive().to_result().here(events.ChoosePeriod, Period.ALL)
    assert (drive.page.loading, drive.page.period, drive.page.statement.period) == (True, Period.ALL, Period.YEAR)
    assert drive.here(events.Print, ("j1", "j2")).place is Place.RESULT  # never a sheet of another period than shown
    drive.answer(events.QueryAnswered, effects.RunQuery, statement(period=Period.ALL))
    assert (drive.page.loading, drive.page.statement.period) == (False, Period.ALL)
    assert drive.session.visit.statement == drive.page.statement


def test_nothing_personal_shows_in_the_repr_of_state_events_and_effects() -> None:
    for way in (Drive.to_consent, Drive.to_enter, Drive.to_query, Drive.to_result, Drive.to_print):
        drive = way(Drive())
        shown = repr(drive.session) + repr(drive.all)
        for personal in (NUMBERS[0], "样本", "135790"):
            assert personal not in shown


def test_the_terminals_mind_needs_no_qt() -> None:
    code = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6'): sys.modules[name] = None\n"
        "import kiosk.session.machine, kiosk.session.inbox, kiosk.services.catalogue, kiosk.services.readiness\n"
        "import kiosk.services.cli, kiosk.terminal.port\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
