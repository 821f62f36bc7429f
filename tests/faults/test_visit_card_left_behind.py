"""The card stays on the reader after the visit: called again and again, and after a minute the hall is told."""

from collections.abc import Callable

from devices.emulators.scenes import ScenePlayer
from tests.faults.visits import FaultyHall


def test_the_hall_is_told_once_and_the_page_stays_until_the_card_is_taken(
    hall: FaultyHall, scene: Callable[[str], ScenePlayer]
) -> None:
    terminal = hall.terminal
    hall.go_to("identify")
    left_behind = scene("card-left-behind")
    left_behind.play()
    terminal.do("wait_for", place="consent")
    terminal.do("touch", name="act")
    terminal.do("wait_for", place="factor")
    hall.pass_factor("password")
    terminal.do("wait_for", place="result")
    terminal.do("touch", name="end")
    terminal.do("touch", name="other")
    terminal.do("wait_page", card_lies=True)
    hall.look("card-call")
    told = hall.logged("card_left_behind")
    hall.advance(61)
    terminal.do("wait_page", overdue=True)
    hall.look("card-left-behind")
    assert hall.logged("card_left_behind") == told + 1
    assert hall.terminal.do("reads", words="证件还在机器上")
    terminal.do("wait_page", card_lies=True, heard=True)
    hall.advance(61)
    assert terminal.state()["place"] == "card_call"
    assert hall.logged("card_left_behind") == told + 1
    left_behind.mend()
    hall.leave()
