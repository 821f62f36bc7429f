"""Where the citizen's data is found after each kind of ending, by the search of `tests.journeys.residue`: the query's endings, and those
of a consultation that was handed in, at the step at which the most is known of the person."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.figures import Figure, NotMeasuredError
from tests.journeys import endings, residue, submission_endings
from tests.journeys.consultation import Desk, Writing
from tests.journeys.hall import Hall
from tests.journeys.search import Find

STEP = "submitted"


def of_queries() -> dict[str, list[Find]]:
    """By ending of a query."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder:
        hall = Hall(Path(folder))
        try:
            needles = residue.needles_of(hall)
            return {name: endings.residue_after(hall, name, needles) for name in endings.ENDINGS}
        finally:
            hall.close()


def of_submissions() -> dict[str, list[Find]]:
    """By ending of a consultation that was handed in offline, and of those that only a submission has."""
    found: dict[str, list[Find]] = {}
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        desk = Desk(Path(folder))

        def play(name: str, end: Callable[[Writing], None], goes_offline: bool = True) -> None:
            writing = Writing()
            desk.make_whole()
            if goes_offline:
                desk.go_offline()
            end(writing)
            found[f"consultation {name}"] = desk.residue(writing)

        try:
            for name, way in submission_endings.WAYS.items():
                if name != "camera_host_was_killed":  # the camera has nothing to do with the page

                    def end(writing: Writing, way: Callable[[Desk], None] = way) -> None:
                        desk.go_to(STEP, writing)
                        way(desk)

                    play(name, end)
            for name, own in submission_endings.OWN.items():

                def end_so(writing: Writing, own: Callable[[Desk, Writing], None] = own) -> None:
                    own(desk, writing)

                play(name, end_so, goes_offline=name != "network_was_lost_in_mid_submit")
        finally:
            errors = desk.close()
    if errors:
        raise NotMeasuredError("the hall told errors; run the tests of tests/journeys")
    return found


def words_of(found: Iterable[tuple[str, list[Find]]]) -> tuple[int, str]:
    """How many places, and which."""
    places = Counter(f"{find.what} after {name} in {find.where}" for name, finds in found for find in finds)
    return places.total(), "; ".join(places)


def measure() -> list[Figure]:
    """The figure."""
    found = {**of_queries(), **of_submissions()}
    count, words = words_of(found.items())
    return [Figure("residue", count, f"{len(found)} endings ({', '.join(found)}): {words or 'nothing found'}")]
