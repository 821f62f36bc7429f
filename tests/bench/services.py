"""What a service costs: the lines of the plain queries' files, the hooks that files could not do without, and a long sheet."""

import statistics
import tempfile
import time
from pathlib import Path

from kiosk import documents
from kiosk.base.errors import Problem
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from tests.bench.figures import Figure, NotMeasuredError, load
from tests.kiosk.documents import signing, specimens

KEYS = ("query_service_lines", "sheet_ms")
ROWS = 360
ROUNDS = 7


def lines() -> Figure:
    """The plain queries' files, guide, codes and three languages included."""
    counts = {
        item.key: len((ITEMS_FOLDER / f"{item.key}.yaml").read_text(encoding="utf-8").splitlines())
        for item in load_catalogue().items
        if item.query is not None
    }
    if len(counts) < 10:
        raise NotMeasuredError("there are no ten plain queries")
    each = ", ".join(f"{key} {count}" for key, count in counts.items())
    return Figure("query_service_lines", statistics.median(counts.values()), f"median of {len(counts)}: {each}")


def sheet() -> Figure:
    """From the data to the printed file, the render child included."""
    times, pages = [], 0
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder:
        request = specimens.sheet_request(specimens.statement(ROWS), key=signing.build_house(Path(folder)).key_file)
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            rendered = documents.render(request)
            if isinstance(rendered, Problem):
                raise NotMeasuredError(rendered.key)
            (Path(folder) / "sheet.pdf").write_bytes(rendered.content)
            times.append((time.perf_counter() - begun) * 1000)
            pages = rendered.pages
    return Figure(
        "sheet_ms",
        round(statistics.median(times)),
        f"{min(times):.0f} to {max(times):.0f}, {ROUNDS} times {ROWS} rows, signed, on {pages} pages, {load()}",
    )


def measure(keys: set[str]) -> list[Figure]:
    """Those that are asked for."""
    figures = []
    if "query_service_lines" in keys:
        figures.append(lines())
    if "sheet_ms" in keys:
        figures.append(sheet())
    return figures
