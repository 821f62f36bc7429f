"""The platform is down, answers 500, garbage or half a body, at each call of a visit: words, another try, and it goes on."""

import pytest

from tests.faults.visits import CODES, RATINGS, STATEMENTS, VERIFICATIONS, FaultyHall

FAULTS = [
    ("cut", "central.interrupted"),
    ("error500", "central.failed"),
    ("garbage", "central.unexpected_answer"),
    ("half_body", "central.interrupted"),
]


@pytest.mark.parametrize(("fault", "problem"), FAULTS)
def test_every_call_that_fails_says_so_and_can_be_made_again(hall: FaultyHall, fault: str, problem: str) -> None:
    terminal, hands = hall.terminal, hall.hands
    hall.go_to("factor", card="long_term")

    hands.do("network_cable", fault, path=CODES)
    terminal.do("touch", name="method_code")
    terminal.do("wait_page", stage="failed", problem=problem)
    hall.look(f"code-{fault}")
    hall.must_say(problem)

    hands.do("network_cable", fault, path=VERIFICATIONS)
    terminal.do("touch", name="act")
    terminal.do("wait_page", stage="choose")
    hall.pass_factor("password")
    terminal.do("wait_page", stage="failed", problem=problem)
    hall.look(f"factor-{fault}")

    hands.do("network_cable", fault, path=STATEMENTS)
    terminal.do("touch", name="act")
    terminal.do("wait_page", stage="choose")
    hall.pass_factor("password")
    terminal.do("wait_page", problem=problem, slow=False)
    assert terminal.state()["place"] == "query"
    hall.look(f"query-{fault}")
    hall.must_say(problem)

    hands.do("network_cable", "plugged")
    terminal.do("touch", name="act")
    terminal.do("wait_for", place="result")
    hands.do("network_cable", fault, path=STATEMENTS)
    terminal.do("touch", name="period_all")
    terminal.do("wait_page", problem=problem, loading=False)
    hall.look(f"period-{fault}")
    hall.must_say(problem)
    assert terminal.state()["empty"] is False  # the rows that were there stay

    hands.do("network_cable", fault, path=RATINGS)
    hall.terminal.do("touch", name="act")
    hall.wait_printed()
    terminal.do("touch", name="act")
    terminal.do("wait_for", place="rate")
    terminal.do("touch", name="grade_5")
    terminal.do("wait_page", problem=problem, sending=False)
    hall.look(f"rating-{fault}")
    hands.do("network_cable", "plugged")
    terminal.do("touch", name="grade_4")
    terminal.do("wait_page", sent=4)
    hall.end()
