"""Touches that nobody means: twice on one button, two fingers, swipes from the edges, long presses, a keyboard."""

import pytest
from PySide6.QtCore import Qt

from tests.faults.visits import FaultyHall

GUARD_S = 0.3
EDGES = {
    "left": ([0.0, 0.5], [0.6, 0.5]),
    "right": ([1.0, 0.5], [0.4, 0.5]),
    "top": ([0.5, 0.0], [0.5, 0.6]),
    "bottom": ([0.5, 1.0], [0.5, 0.4]),
}


def test_two_taps_without_a_pause_act_once(hall: FaultyHall) -> None:
    hall.go_to("guide")
    serial = hall.terminal.state()["serial"]
    hall.terminal.do("tap_twice", name="act")
    hall.terminal.do("wait_for", place="notice")
    assert hall.terminal.state()["serial"] == serial + 1
    hall.end()


@pytest.mark.parametrize(("before", "after"), [("guide", "notice"), ("notice", "identify"), ("consent", "factor")])
def test_the_second_tap_does_nothing_on_the_page_that_has_come(hall: FaultyHall, before: str, after: str) -> None:
    hall.go_to(before)
    hall.terminal.do("guard", seconds=GUARD_S)
    hall.terminal.do("tap_again_after_change", name="act")
    hall.terminal.do("wait_for", place=after)  # which waits for the end of the guard
    assert hall.terminal.state()["place"] == after
    hall.terminal.do("guard", seconds=0.0)
    hall.end()


def test_two_taps_on_the_answer_about_a_paper_do_not_skip_the_next_question(hall: FaultyHall) -> None:
    hall.to_result()
    hall.hands.do("receipt_printer", "paper_out_after", lines=5)
    hall.terminal.do("touch", name="act")
    hall.wait_printed()
    hall.terminal.do("guard", seconds=GUARD_S)
    hall.terminal.do("tap_twice", name="second")  # 没有出来; the same place is 不打印，继续 afterwards
    hall.terminal.do("wait_page", is_working=False, asks_about=None)
    state = hall.terminal.state()
    assert (state["place"], state["outcomes"]) == ("print", ["printed", "notPrinted"])
    hall.terminal.do("guard", seconds=0.0)
    hall.end()


def test_two_fingers_on_two_buttons_lead_to_one_page_at_most(hall: FaultyHall) -> None:
    hall.go_to("guide")
    serial = hall.terminal.state()["serial"]
    hall.terminal.do("fingers", names=["act", "back"])
    assert hall.terminal.state()["serial"] <= serial + 1
    assert hall.terminal.state()["place"] in ("guide", "notice", "home")
    hall.end()


def test_two_fingers_on_continue_and_end_never_leave_a_half_ended_visit(hall: FaultyHall) -> None:
    hall.to_result()
    hall.terminal.do("fingers", names=["act", "end"])
    assert hall.terminal.state()["place"] in ("result", "print")
    hall.wait_printed_if_begun()
    hall.end()


@pytest.mark.parametrize("edge", sorted(EDGES))
def test_a_swipe_from_an_edge_moves_nothing(hall: FaultyHall, edge: str) -> None:
    hall.to_result()
    before = hall.terminal.state()
    start, end = EDGES[edge]
    hall.terminal.do("swipe", start=start, end=end)
    after = hall.terminal.state()
    assert (after["place"], after["serial"], after["overlay"]) == ("result", before["serial"], "none")
    hall.end()


def test_a_long_press_is_one_touch(hall: FaultyHall) -> None:
    hall.go_to("guide")
    serial = hall.terminal.state()["serial"]
    hall.terminal.do("hold", name="act", seconds=1.0)
    hall.terminal.do("wait_for", place="notice")
    assert hall.terminal.state()["serial"] == serial + 1
    hall.end()


def test_no_key_of_a_keyboard_does_anything(hall: FaultyHall) -> None:
    hall.go_to("factor", card="long_term")
    hall.terminal.do("touch", name="method_password")
    hall.terminal.do("wait_page", stage="enter")
    before = hall.terminal.state()
    keys = Qt.Key
    for key in (keys.Key_Return, keys.Key_Escape, keys.Key_Tab, keys.Key_Space, keys.Key_F4, keys.Key_F11, keys.Key_1,
                keys.Key_Back, keys.Key_Q, keys.Key_Left, keys.Key_Menu, keys.Key_Print):  # fmt: skip
        for modifiers in (0, Qt.KeyboardModifier.ControlModifier.value, Qt.KeyboardModifier.AltModifier.value):
            hall.terminal.do("key", key=key.value, modifiers=modifiers)
    after = hall.terminal.state()
    assert after == before
    assert hall.terminal.do("text", name="act_reason") != ""  # no digit has come in
    hall.end()
