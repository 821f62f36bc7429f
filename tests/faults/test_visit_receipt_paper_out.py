"""The slip's paper is out before printing, or ends in the middle of it: the outcome is told or asked, and nothing comes twice."""

from collections.abc import Callable

import pytest

from devices.emulators.scenes import ScenePlayer
from tests.faults.visits import FaultyHall


def test_out_before_printing_the_slip_is_missing_with_its_reason_and_comes_when_a_person_wants_it(
    hall: FaultyHall,
) -> None:
    terminal = hall.terminal
    hall.hands.do("receipt_printer", "paper_out")
    terminal.do("wait_device", device="receipt_printer", paper="out")
    hall.to_result()
    slips, sheets = hall.cuts(), hall.sheets()
    terminal.do("touch", name="act")
    hall.wait_printed()
    state = terminal.state()
    assert state["outcomes"] == ["printed", "notPrinted"]
    assert state["problems"] == [None, "receipt_printer.paper_out"]
    hall.look("slip-paper-out-before")
    hall.must_say_somewhere("receipt_printer.paper_out")
    hall.hands.do("receipt_printer", "refill")
    terminal.do("wait_device", device="receipt_printer", paper="full")
    terminal.do("touch", name="act")
    terminal.do("wait_page", is_working=True)
    hall.wait_printed()
    assert terminal.state()["outcomes"] == ["printed", "printed"]
    assert (hall.cuts(), hall.sheets()) == (slips + 1, sheets + 1)
    hall.end()


@pytest.mark.parametrize("came_out", [True, False])
def test_out_in_the_middle_nobody_knows_so_a_person_is_asked(
    hall: FaultyHall, scene: Callable[[str], ScenePlayer], came_out: bool
) -> None:
    terminal = hall.terminal
    hall.to_result()
    jobs = hall.jobs()
    paper_out = scene("paper-out-midway")
    paper_out.begin()
    terminal.do("touch", name="act")
    paper_out.finish()
    hall.wait_printed()
    assert terminal.state()["outcomes"] == ["printed", "unknown"]
    hall.look("slip-unknown")
    hall.must_say_somewhere("receipt_printer.paper_out")
    assert terminal.do("reads", words="凭条出来了吗")
    paper_out.mend()
    if came_out:
        terminal.do("touch", name="act")
        terminal.do("wait_page", is_working=False, asks_about=None)
        assert terminal.state()["outcomes"] == ["printed", "printed"]
        terminal.do("touch", name="act")
        terminal.do("wait_for", place="rate")
        assert hall.jobs() <= jobs + 1
    else:
        terminal.do("touch", name="second")
        terminal.do("wait_page", is_working=False, asks_about=None)
        assert terminal.state()["outcomes"] == ["printed", "notPrinted"]
        hall.look("slip-reprint-offered")
        terminal.do("wait_device", device="receipt_printer", paper="full")
        terminal.do("touch", name="act")
        terminal.do("wait_page", is_working=True)
        hall.wait_printed()
        assert terminal.state()["outcomes"] == ["printed", "printed"]
    hall.end()
