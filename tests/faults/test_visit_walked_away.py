"""Somebody walks away, on every page: counted down or warned, then curtain, wipe and a terminal as it was for the next one."""

import pytest

from tests.faults.visits import FaultyHall

COUNTED_ON_THE_PAGE = {"home", "guide"}
PERSONAL = {"consent", "factor", "result"}
IDLE_S = {"home": 60, "guide": 60, "notice": 180, "identify": 120, "consent": 120, "factor": 120, "result": 120}
COVER_S = 20
WARNING_S = 30


@pytest.mark.parametrize("place", sorted(IDLE_S))
def test_the_visit_ends_by_itself_and_nothing_of_it_stays(hall: FaultyHall, place: str) -> None:
    terminal = hall.terminal
    hall.go_to(place, factor="password")
    # settings are touches too, so the idle count begins here
    terminal.do("touch", name="language_en")
    terminal.do("wait_settings", language="en")
    if place in PERSONAL:
        assert terminal.do("night_share") < 0.5
        hall.advance(COVER_S + 0.1)
        terminal.do("wait_overlay", overlay="cover")
        hall.look(f"cover-{place}")
        assert terminal.do("night_share") > 0.9
        hall.advance(IDLE_S[place] - COVER_S)
    else:
        hall.advance(IDLE_S[place] - 10)
        assert terminal.state()["place"] == place
        if place in COUNTED_ON_THE_PAGE:
            hall.look(f"countdown-{place}")
        hall.advance(10.1)
    if place not in COUNTED_ON_THE_PAGE:
        terminal.do("wait_overlay", overlay="idleWarning")
        hall.look(f"idle-warning-{place}")
        hall.advance(WARNING_S + 0.1)
    hall.hands.pull()
    hall.leave()
    state = terminal.state()
    assert (state["settings"], state["has_person"], state["overlay"]) == (["zh_CN", "standard"], False, "none")


def test_one_touch_uncovers_and_does_nothing_else(hall: FaultyHall) -> None:
    hall.to_result()
    serial = hall.terminal.state()["serial"]
    hall.advance(COVER_S + 0.1)
    hall.terminal.do("wait_overlay", overlay="cover")
    hall.terminal.do("tap_at", at=[0.8, 0.96])  # where the page has its act
    hall.terminal.do("wait_overlay", overlay="none")
    state = hall.terminal.state()
    assert (state["place"], state["serial"]) == ("result", serial)
    hall.end()


def test_whoever_answers_the_warning_goes_on(hall: FaultyHall) -> None:
    hall.to_result()
    hall.advance(COVER_S + 0.1, IDLE_S["result"])
    hall.terminal.do("wait_overlay", overlay="idleWarning")
    hall.terminal.do("touch", name="safe")
    hall.terminal.do("wait_overlay", overlay="none")
    assert hall.terminal.state()["place"] == "result"
    hall.end()


def test_after_printing_the_visit_goes_on_by_itself_to_its_end(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.go_to("print", factor="password")
    hall.wait_printed()
    hall.advance(COVER_S + 0.1)
    terminal.do("wait_overlay", overlay="cover")
    hall.advance(15)
    terminal.do("wait_for", place="rate")
    hall.advance(31)
    hall.hands.pull()
    hall.leave()


def test_an_unanswered_question_about_a_paper_ends_like_any_page(hall: FaultyHall) -> None:
    hall.to_result()
    hall.hands.do("receipt_printer", "paper_out_after", lines=5)
    hall.terminal.do("touch", name="act")
    hall.wait_printed()
    hall.advance(COVER_S + 0.1, 120)
    hall.terminal.do("wait_overlay", overlay="idleWarning")
    hall.advance(WARNING_S + 0.1)
    hall.hands.pull()
    hall.leave()


def test_the_whole_visit_has_a_limit_that_is_told_and_may_be_extended(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.go_to("notice")
    for _ in range(7):
        hall.advance(110)
        terminal.do("key", key=32)  # somebody is there
    hall.advance(11)
    terminal.do("wait_overlay", overlay="timeWarning")
    hall.look("time-warning")
    terminal.do("touch", name="safe")
    terminal.do("wait_overlay", overlay="none")
    assert terminal.state()["place"] == "notice"
    hall.end()
