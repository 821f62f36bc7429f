"""The department holds nothing of the person: a normal page that says so, not an error."""

from tests.faults.visits import FaultyHall


def test_nothing_found_is_a_normal_page(hall: FaultyHall) -> None:
    hall.to_result("not_in_fund")
    state = hall.terminal.state()
    assert (state["empty"], state["problem"]) == (True, None)
    hall.look("person-not-found")
    assert hall.terminal.do("reads", words="没有查到")
    assert not hall.terminal.do("sees", name="period_all")
    hall.end()
