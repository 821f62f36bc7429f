"""A printer's cable is pulled in mid-job: the outcome is unknown, a person is asked, and reprinting is a new job."""

from tests.faults.visits import FaultyHall


def test_the_slip_printer_unplugged_asks_and_a_new_job_prints_once(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.to_result()
    cuts = hall.cuts()
    hall.hands.do("receipt_printer", "unplug_after", bytes=900)
    terminal.do("touch", name="act")
    hall.wait_printed()
    state = terminal.state()
    assert state["outcomes"] == ["printed", "unknown"]
    ids = state["job_ids"]
    hall.look("slip-unplugged")
    hall.must_say_somewhere(state["problems"][1])
    hall.hands.do("receipt_printer", "plug")
    terminal.do("wait_device", device="receipt_printer", state="online")
    terminal.do("touch", name="second")
    terminal.do("wait_page", is_working=False, asks_about=None)
    terminal.do("touch", name="act")
    terminal.do("wait_page", is_working=True)
    hall.wait_printed()
    state = terminal.state()
    assert state["outcomes"] == ["printed", "printed"]
    assert state["job_ids"][0] == ids[0]
    assert state["job_ids"][1] != ids[1]
    assert hall.cuts() - cuts <= 2  # the piece that was cut short, and the slip
    hall.end()


def test_the_sheet_printer_unplugged_asks_and_the_slip_tells_what_became_of_it(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.to_result()
    hall.hands.do("sheet_printer", "slow", page_s=2)
    terminal.do("touch", name="act")
    hall.wait_for_sheet_job()
    hall.hands.do("sheet_printer", "unplug")
    hall.wait_printed()
    state = terminal.state()
    assert state["outcomes"][0] == "unknown"
    hall.look("sheet-unplugged")
    hall.must_say_somewhere(state["problems"][0])
    hall.hands.do("sheet_printer", "plug")
    hall.hands.do("sheet_printer", "normal")
    terminal.do("touch", name="act")
    terminal.do("wait_page", is_working=False, asks_about=None)
    hall.end()
