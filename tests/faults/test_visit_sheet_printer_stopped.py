"""The sheet printer has no paper or is jammed: the sheet is missing with its reason, the slip comes, and a person may try again."""

import pytest

from tests.faults.visits import FaultyHall

FAULTS = [
    ("paper_out", "refill", "sheet_printer.paper_out"),
    ("jam", "clear_jam", "sheet_printer.paper_jammed"),
    pytest.param("open_cover", "close_cover", "sheet_printer.cover_open", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("fault", "remedy", "problem"), FAULTS)
def test_stopped_before_printing_the_sheet_is_missing_and_comes_once_it_is_mended(
    hall: FaultyHall, fault: str, remedy: str, problem: str
) -> None:
    terminal = hall.terminal
    hall.to_result()
    sheets = hall.sheets()
    hall.hands.do("sheet_printer", fault)
    terminal.do("touch", name="act")
    hall.wait_printed()
    state = terminal.state()
    assert (state["outcomes"], state["problems"]) == (["notPrinted", "printed"], [problem, None])
    hall.look(f"sheet-{fault}")
    hall.must_say_somewhere(problem)
    hall.hands.do("sheet_printer", remedy)
    terminal.do("touch", name="act")
    terminal.do("wait_page", is_working=True)
    hall.wait_printed()
    assert terminal.state()["outcomes"] == ["printed", "printed"]
    assert hall.sheets() == sheets + 1
    hall.end()


def test_paper_that_ends_in_the_middle_is_asked_about(hall: FaultyHall) -> None:
    terminal = hall.terminal
    hall.to_result("long_term")
    terminal.do("touch", name="period_all")
    terminal.do("wait_page", loading=False, problem=None)
    hall.hands.do("sheet_printer", "paper_out_after", pages=1)
    terminal.do("touch", name="act")
    hall.wait_printed()
    state = terminal.state()
    assert state["outcomes"][0] == "unknown"
    hall.look("sheet-paper-out-in-the-middle")
    hall.must_say_somewhere(state["problems"][0])
    hall.hands.do("sheet_printer", "refill")
    terminal.do("touch", name="second")
    terminal.do("wait_page", is_working=False, asks_about=None)
    terminal.do("touch", name="second")  # no new try: the visit goes on without it
    terminal.do("wait_for", place="rate")
    hall.end()
