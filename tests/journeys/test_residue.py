"""Nothing of a citizen is found after the visit, however it ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.endings import ENDINGS, residue_after
from tests.journeys.hall import Hall
from tests.journeys.residue import CARD, count_residue, needles_of

pytestmark = [
    pytest.mark.xdist_group("residue"),
    pytest.mark.allow_processes("the hall's platform, lab and terminal live as long as this file's tests"),
]
QUICK = ("done", "walked_away", "terminal_was_killed")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("hall"))
    yield hall
    hall.close()


@pytest.fixture(scope="module")
def needles(hall: Hall) -> dict[str, str]:
    return needles_of(hall)


def test_an_open_visit_is_found_in_memory_so_the_search_can_see(hall: Hall, needles: dict[str, str]) -> None:
    hall.go_to("result", card=CARD)
    found = {find.what for find in count_residue(hall, needles)}
    hall.end()
    hall.reset()
    assert {"name", "id number", "balance", "account number"} <= found


@pytest.mark.parametrize(
    "ending", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in ENDINGS]
)
def test_nothing_is_left_after(hall: Hall, needles: dict[str, str], ending: str) -> None:
    assert residue_after(hall, ending, needles) == []


def test_a_file_left_behind_would_be_found(hall: Hall, needles: dict[str, str], tmp_path: Path) -> None:
    left = hall.world.directory / "state" / "left-behind"
    left.write_text(f"x{needles['name']}x", encoding="gb18030")
    found = count_residue(hall, needles)
    left.unlink()
    assert [find.what for find in found] == ["name"]
