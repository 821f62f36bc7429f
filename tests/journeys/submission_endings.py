"""The ways in which a consultation or a question after a case ends, each until the terminal is free again."""

import os
import signal
from collections.abc import Callable

from kiosk.documents.terminal_number import format_terminal_number
from tests.journeys.consultation import Desk, Writing, wait_until
from tests.journeys.residue import CARD, PASSWORD

ELSEWHERE = format_terminal_number("XH-77", 9, 871_263)
"""A slip's number of another terminal: this one has it nowhere."""
LOOKUP_STEPS = ("number", "identified", "factor", "told")


def go_to_lookup(desk: Desk, step: str, number: str = ELSEWHERE, *, confirms: bool = False) -> None:
    """From the attract page to one of `LOOKUP_STEPS`; `confirms`: with the second factor, online."""
    do = desk.hall.terminal.do
    do("wait_for", place="attract")
    for name, place in (("start", "home"), ("item_case-progress", "guide"), ("act", "number")):
        do("touch", name=name)
        do("wait_for", place=place)
    do("touch", name="key_clear")
    for character in number:
        do("touch", name=f"key_{character}")
    if step == "number":
        return
    do("touch", name="act")
    do("wait_for", place="identify")
    desk.hall.hands.lay(CARD)
    do("wait_for", place="consent")
    if step == "identified":
        return
    do("touch", name="act")
    if confirms:
        do("wait_for", place="factor")
        if step == "factor":
            return
        desk.hall.pass_factor("password", PASSWORD)
    do("wait_for", place="progress")
    wait_until(lambda: desk.hall.terminal.state()["told"] is not None)


# --- ways -------------------------------------------------------------------------------------------------------------
def cancelled(desk: Desk) -> None:
    """The citizen touches the end and says yes."""
    if desk.hall.terminal.state()["overlay"] == "cover":
        desk.hall.terminal.do("tap_at", at=[0.5, 0.4])
    desk.hall.end()


def walked_away(desk: Desk) -> None:
    """Nobody touches any more; the card is found and taken."""
    for _ in range(30):
        if desk.hall.terminal.state()["place"] in _OVER:
            break
        desk.hall.terminal.do("advance", seconds=31)
    _leave(desk)


def time_was_up(desk: Desk) -> None:
    """Somebody touches now and then, but never comes to an end: the whole visit's limit."""
    for _ in range(60):
        if desk.hall.terminal.state()["place"] in _OVER:
            break
        desk.hall.terminal.do("key", key=32)
        desk.hall.terminal.do("advance", seconds=20)
    _leave(desk)
    assert desk.last_ending() == "timeUp"


def broke(desk: Desk) -> None:
    """A bug of ours was caught."""
    desk.hall.terminal.do("break")
    _leave(desk)


def card_was_pulled(desk: Desk) -> None:
    """The card is taken early, and its owner goes."""
    desk.hall.hands.pull()
    walked_away(desk)


def store_was_killed(desk: Desk) -> None:
    """The store's process is killed; the citizen ends."""
    _kill(desk, "store")
    cancelled(desk)
    desk.wait_for_store()


def camera_host_was_killed(desk: Desk) -> None:
    """The document camera's process is killed; the citizen ends."""
    _kill(desk, "document_camera")
    cancelled(desk)
    desk.hall.terminal.do("wait_device", device="document_camera", state="online")


def terminal_was_killed(desk: Desk) -> None:
    """The terminal's process is killed, and its children with it; the next one calls the card first."""
    desk.hall.terminal.kill()
    desk.hall.hands.pull()
    desk.start_anew()
    desk.hall.leave()


WAYS: dict[str, Callable[[Desk], None]] = {
    way.__name__: way
    for way in (
        cancelled, walked_away, time_was_up, broke, card_was_pulled, store_was_killed, camera_host_was_killed,
        terminal_was_killed,
    )
}  # fmt: skip
_OVER = ("attract", "curtain", "wipe", "card_call")


def _kill(desk: Desk, process: str) -> None:
    os.kill(desk.hall.terminal.do("pids")[process], signal.SIGKILL)


def _leave(desk: Desk) -> None:
    desk.hall.hands.pull()
    desk.hall.leave()


# --- endings with a way of their own ----------------------------------------------------------------------------------
def done(desk: Desk, writing: Writing) -> None:
    """Handed in, printed, rated, finished."""
    desk.go_to("rate", writing)
    desk.hall.terminal.do("touch", name="grade_5")
    desk.hall.terminal.do("wait_page", sent=5)
    desk.hall.terminal.do("touch", name="act")
    _leave(desk)


def network_was_lost_in_mid_submit(desk: Desk, writing: Writing) -> None:
    """Online; the line takes the submission and never answers."""
    desk.go_to("review", writing, online=True)
    desk.hall.hands.do("network_cable", "silent")
    desk.hall.terminal.do("touch", name="act")
    desk.hall.terminal.do("wait_page", stage="done", deadline_s=30)
    cancelled(desk)
    desk.hall.hands.do("network_cable", "cut")  # the call under way fails, too


def paper_ran_out_at_the_slip(desk: Desk, writing: Writing) -> None:
    """The slip is broken off; whether it came out is asked, and not answered."""
    desk.go_to("submitted", writing)
    desk.hall.hands.do("receipt_printer", "paper_out_after", lines=3)
    desk.hall.terminal.do("touch", name="act")
    desk.hall.terminal.do("wait_page", is_working=False, deadline_s=30)
    walked_away(desk)
    desk.hall.hands.do("receipt_printer", "refill")


def terminal_was_killed_at_the_slip(desk: Desk, writing: Writing) -> None:
    """While the slip is being printed."""
    desk.go_to("submitted", writing)
    desk.hall.terminal.do("touch", name="act")
    terminal_was_killed(desk)


OWN: dict[str, Callable[[Desk, Writing], None]] = {
    way.__name__: way
    for way in (done, network_was_lost_in_mid_submit, paper_ran_out_at_the_slip, terminal_was_killed_at_the_slip)
}
