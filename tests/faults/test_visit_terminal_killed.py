"""The terminal is killed (SIGKILL) in mid-visit: it comes back to the neutral card call, never to a personal page."""

import psutil
import pytest

from tests.faults.visits import FaultyHall

pytestmark = pytest.mark.allow_processes("the next terminal of the standing hall is started here")


@pytest.mark.parametrize(
    "place", ["result", "print", *(pytest.param(one, marks=pytest.mark.slow) for one in ("home", "consent"))]
)
def test_it_comes_back_to_the_card_call_and_nothing_of_it_is_left(hall: FaultyHall, place: str) -> None:
    if place == "print":
        hall.to_result("long_term")
        hall.terminal.do("touch", name="period_all")
        hall.terminal.do("wait_page", loading=False, problem=None)
        hall.terminal.do("touch", name="act")  # the sheet is being rendered in a child now
    else:
        hall.go_to(place, factor="password")
    children = {child.pid for child in psutil.Process(hall.terminal.pid).children(recursive=True)}
    assert len(children) >= 3
    cuts = hall.cuts()
    hall.terminal.kill()
    hall.must_have_gone(children)
    hall.hands.lay("resident")  # it keeps the card call on the screen

    hall.start_terminal()
    state = hall.terminal.state()
    assert (state["place"], state["ending"], state["has_person"]) == ("card_call", "recovered", False)
    hall.look(f"recovered-{place}")
    assert not hall.terminal.do("reads", words="李")
    hall.hands.pull()
    hall.leave()
    assert hall.terminal.state()["place"] == "attract"
    assert hall.logged("visit_recovered") > 0
    assert hall.cuts() == cuts  # nobody prints what the dead visit wanted
    hall.to_result()
    hall.end()


def test_killed_while_nobody_is_there_it_comes_back_to_the_attract_page(hall: FaultyHall) -> None:
    hall.terminal.kill()
    hall.start_terminal()
    assert hall.terminal.state()["place"] == "attract"
    assert hall.terminal.state()["ending"] is None
