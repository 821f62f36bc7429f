"""One citizen after another: the second sees nothing of the first, whatever came between, and what the first had handed in is there."""

import pytest

from tests.journeys import submission_endings
from tests.journeys.consultation import Desk, Writing
from tests.journeys.search import Find, search_texts
from tests.journeys.submission_endings import go_to_lookup

pytestmark = [
    pytest.mark.xdist_group("submission residue"),
    pytest.mark.allow_processes("the hall's platform, lab and terminal live as long as this file's tests"),
]


@pytest.fixture(scope="module")
def offered(standing_desk: Desk) -> list[str]:
    """What the keyboard offers where nobody has chosen anything of it."""
    standing_desk.make_whole()
    standing_desk.go_offline()
    standing_desk.go_to("spelling", Writing())
    found: list[str] = standing_desk.hall.terminal.do("candidates")
    submission_endings.cancelled(standing_desk)
    return found


def _second(desk: Desk, first: Writing, number: str, offered: list[str]) -> list[Find]:
    """A whole second visit; what is seen on the way of the first: texts, candidates, an answer, a page, a number."""
    do = desk.hall.terminal.do
    needles = {
        what: needle for what, needle in desk.needles(first).items() if "spelling" not in what
    }  # the second spells, too
    needles |= {"number": number} if number else {}
    seen: list[Find] = []

    def look(step: str) -> None:
        seen.extend(search_texts(step, do("everything_shown"), needles))

    look("attract")
    for step in ("home", "guide", "notice", "identify", "consent", "category"):
        desk.move(step, Writing(), card="long_term")
        look(step)
    desk.move("spelling", Writing())
    look("spelling")
    assert do("text", name="text_field") == ""
    assert do("candidates") == offered
    desk.move("text", Writing())
    look("text")
    for step in ("attach", "taking", "show", "review", "submitted"):
        desk.move(step, Writing())
        look(step)
        if step == "attach":
            assert not do("sees", name="drop")
    desk.hall.end()
    desk.hall.leave()
    return seen


@pytest.mark.parametrize("way", [pytest.param("cancelled", marks=pytest.mark.slow), "terminal_was_killed"])
@pytest.mark.parametrize("step", ["show", pytest.param("printed", marks=pytest.mark.slow)])
def test_the_second_sees_nothing_of_the_first(desk: Desk, offered: list[str], step: str, way: str) -> None:
    first = Writing()
    desk.go_offline()
    desk.go_to(step, first)
    number = desk.hall.terminal.state()["number"]
    assert bool(number) is (step == "printed")
    submission_endings.WAYS[way](desk)
    assert desk.residue(first) == []
    assert _second(desk, first, number, offered) == []


def test_a_terminal_killed_before_the_slip_prints_none_and_has_lost_nothing(desk: Desk) -> None:
    """A slip that may have been printed is never printed again by itself; the case is there under its number, for its card."""
    desk.go_offline()
    before = desk.kept()
    first = Writing()
    desk.go_to("submitted", first)
    number = desk.hall.terminal.state()["number"]
    jobs = desk.hall.hands.do("receipt_printer", "state")["jobs"]
    desk.hall.terminal.kill()
    desk.hall.hands.lay("resident")  # it keeps the card call on the screen
    desk.start_anew()
    state = desk.hall.terminal.state()
    assert (state["place"], state["ending"], state["has_person"]) == ("card_call", "recovered", False)
    shown = desk.hall.terminal.do("everything_shown")
    assert search_texts("the card call", shown, {**desk.needles(first), "number": number}) == []
    desk.hall.hands.pull()
    desk.hall.leave()
    assert desk.kept() == (before[0] + 1, before[1] + 1)
    assert desk.hall.hands.do("receipt_printer", "state")["jobs"] == jobs
    go_to_lookup(desk, "told", number)
    assert desk.hall.terminal.state()["told"] == "waiting"
    submission_endings.cancelled(desk)
    desk.go_online()
    desk.deliver()
    go_to_lookup(desk, "told", number, confirms=True)
    assert desk.hall.terminal.state()["told"] == "accepted"  # asking with the second factor has confirmed who it was
    submission_endings.cancelled(desk)
    assert desk.hall.hands.do("receipt_printer", "state")["jobs"] == jobs
