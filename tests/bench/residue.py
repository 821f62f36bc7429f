"""Where the citizen's data is found after each kind of ending, by the search of `tests.journeys.residue`."""

import importlib
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.figures import Figure, NotMeasuredError
from tests.journeys.hall import Hall


def measure() -> list[Figure]:
    """The figure, or NotMeasuredError where nobody can search."""
    try:
        endings = importlib.import_module("tests.journeys.endings")
        search = importlib.import_module("tests.journeys.residue")
    except ModuleNotFoundError as error:
        raise NotMeasuredError(f"there is no {error.name}") from error
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder:
        hall = Hall(Path(folder))
        try:
            needles = search.needles_of(hall)
            found = {name: endings.residue_after(hall, name, needles) for name in endings.ENDINGS}
        finally:
            hall.close()
    places = Counter(f"{find.what} after {name} in {find.where}" for name, finds in found.items() for find in finds)
    words = "; ".join(places) or f"{len(needles)} things looked for in memory and files after each"
    return [Figure("residue", places.total(), f"{len(found)} endings ({', '.join(found)}): {words}")]
