"""The citizen ends while the papers are at work: what a printer says later reaches nobody, and papers are called for."""

from tests.faults.visits import FaultyHall


def test_a_late_outcome_is_dropped_and_the_next_visitor_sees_nothing_of_it(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.to_result()
    hall.hands.do("sheet_printer", "slow", page_s=3)
    terminal.do("touch", name="act")
    hall.wait_for_sheet_job()
    before = terminal.state()["dropped"]
    terminal.do("touch", name="end")
    terminal.do("touch", name="other")
    hall.hands.pull()
    hall.leave()
    hall.hands.do("sheet_printer", "normal")
    terminal.do("touch", name="start")
    terminal.do("wait_for", place="home")
    terminal.do("wait_dropped", more_than=before)
    state = terminal.state()
    assert (state["place"], state["problem"], state["outcomes"]) == ("home", None, [])
    hall.end()
