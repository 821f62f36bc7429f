"""The platform takes its time: after ten seconds the page offers the way out in words, and an answer that comes still counts."""

import pytest

from tests.faults.visits import CODES, STATEMENTS, VERIFICATIONS, FaultyHall

GIVEN_UP_S = 90


def slow_query(hall: FaultyHall) -> None:
    """At the page that waits for a statement which comes only when the cable is whole again."""
    hall.go_to("factor")
    hall.hands.do("network_cable", "slow", delay_s=30, path=STATEMENTS)
    hall.pass_factor("password")
    hall.terminal.do("wait_for", place="query")
    hall.advance(10.1)
    hall.terminal.do("wait_page", slow=True)


def test_the_way_out_is_offered_and_a_late_answer_is_shown(hall: FaultyHall) -> None:
    slow_query(hall)
    hall.look("platform-slow")
    assert hall.terminal.do("reads", words="您可以继续等")
    assert hall.terminal.do("sees", name="end")
    hall.hands.do("network_cable", "plugged")
    hall.terminal.do("wait_for", place="result")
    hall.end()


def test_who_does_not_want_to_wait_ends_and_the_answer_reaches_nobody(hall: FaultyHall) -> None:
    slow_query(hall)
    before = hall.terminal.state()["dropped"]
    hall.end()
    assert hall.terminal.state()["dropped"] > before
    hall.hands.do("network_cable", "plugged")

    hall.go_to("home")
    state = hall.terminal.state()
    assert (state["problem"], state["has_person"]) == (None, False)
    hall.end()
    hall.to_result("long_term")
    assert not hall.terminal.do("reads", words="李")  # of the card before; this one's name begins otherwise
    hall.end()


@pytest.mark.parametrize("path", [CODES, VERIFICATIONS, STATEMENTS])
def test_a_call_without_an_answer_is_given_up_in_words_and_a_late_one_is_dropped(hall: FaultyHall, path: str) -> None:
    terminal = hall.terminal
    hall.go_to("factor", card="retired" if path == CODES else "resident")
    hall.hands.do("network_cable", "slow", delay_s=30, path=path)
    if path == CODES:
        terminal.do("touch", name="method_code")
        terminal.do("wait_page", stage="sending")
    else:
        hall.pass_factor("password")
        terminal.do("wait_page", **({"stage": "checking"} if path == VERIFICATIONS else {"slow": False}))
    before = terminal.state()["dropped"]
    assert terminal.do("sees", name="end")
    hall.advance(GIVEN_UP_S + 0.1)
    terminal.do("wait_page", problem="session.no_answer")
    hall.look(f"no-answer-{path.rpartition('/')[2]}")
    hall.must_say("session.no_answer")
    hall.hands.do("network_cable", "plugged")
    terminal.do("wait_dropped", more_than=before)
    assert terminal.state()["problem"] == "session.no_answer"  # the late answer moves nothing
    terminal.do("touch", name="act")
    if path == STATEMENTS:
        terminal.do("wait_for", place="result")
    else:
        terminal.do("wait_page", stage="choose")
    hall.end()
