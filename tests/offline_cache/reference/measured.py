"""The figure of the search: milliseconds a keystroke over 134,000 items, all kinds of query, with a LIKE scan beside.

A keystroke is one call of `Reference.search` with what is typed so far, as the terminal's worker makes it; what was typed is typed
letter by letter from the first. Before each text nothing is kept: the postings' memory is emptied. LIKE asks the same file for the same names,
with SQLite's own order by hot and level and the same limit; it knows neither sounds nor initials, for which it would need columns of its own.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.base.clock import ManualClock
from offline_cache.reference import Hits, Reference
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_content import ITEMS, demo_content
from offline_cache.reference.publishing.sounds import Sounds, folding
from offline_cache.reference.schema import open_read_only
from offline_cache.reference.units import units_of
from tests.bench.figures import Figure, load, percentile
from tests.offline_cache.reference.published import OWN, FolderSource, file_in, installed, manifest_in, published

QUERIES = 60
"""Typed out of each kind, each keystroke by keystroke."""
_LIKE = """SELECT code, name FROM entry WHERE kind = 1 AND name LIKE ? ESCAPE '\\'
ORDER BY hot DESC, region = ? DESC, level DESC, entry LIMIT 51"""
COMMON = ("证", "的", "申", "办", "变", "登", "企", "人", "（", "1", "g", "s", "z", "b", "a")
PAIRS = (
    "gj",
    "sb",
    "sq",
    "bg",
    "dj",
    "zm",
    "cx",
    "zz",
    "ss",
    "xx",
    "jy",
    "登记",
    "申请",
    "查询",
    "备案",
    "企业",
    "社保",
)


def measure(items: int = ITEMS, queries: int = QUERIES) -> list[Figure]:
    """`search_p95_ms` over all keystrokes of all kinds; the detail has each kind's."""
    content = demo_content(items)
    with tempfile.TemporaryDirectory(prefix="budayang-reference-") as folder:
        place = Path(folder)
        started = time.perf_counter()
        published(place / "published", content)
        built_s = time.perf_counter() - started
        reference = installed(place / "terminal", FolderSource(place / "published", piece=1 << 20), ManualClock())
        try:
            times = {kind: _typed(reference, typed) for kind, typed in kinds_of_query(content, queries).items()}
        finally:
            reference.close()
        like = _like(file_in(place / "terminal"), content)
        size_mb = file_in(place / "terminal").stat().st_size / 1e6
        packed_mb = manifest_in(place / "published").full.packed_bytes / 1e6
    all_ms = [one for ms in times.values() for one in ms]
    p95 = percentile(all_ms, 0.95)
    each = ", ".join(f"{kind} {percentile(ms, 0.95):.1f}/{max(ms):.1f}" for kind, ms in times.items())
    detail = (
        f"median {statistics.median(all_ms):.1f}, p95 {p95:.1f}, longest {max(all_ms):.1f} ms of {len(all_ms)} keystrokes over {items:,}"
        f" items; p95/longest by kind: {each}; LIKE of characters alone: median {statistics.median(like):.0f}, p95"
        f" {percentile(like, 0.95):.0f} ms of {len(like)}; published in {built_s:.0f} s, {size_mb:.0f} MB, {packed_mb:.0f} MB packed; {load()}"
    )
    return [Figure("search_p95_ms", round(p95, 2), detail)]


def kinds_of_query(content: Content, queries: int) -> dict[str, list[str]]:
    """What is typed, by kind; the same at every call."""
    chance = random.Random(20261122)
    sounds = Sounds(folding())
    parts: list[list[tuple[str, str]]] = []
    while len(parts) < queries:
        units = units_of(sounds.search_text([chance.choice(content.items).name]))
        start = chance.randrange(max(1, len(units) - 3))
        parts.append(units[start : start + chance.randint(2, 8)])
    items = [chance.choice(content.items) for _ in range(queries)]
    return {
        "one common": list(COMMON),
        "two": list(PAIRS),
        "characters": ["".join(one for one, _ in units) for units in parts],
        "sounds": ["".join(sound for _, sound in units) for units in parts],
        "initials": ["".join(sound[0] for _, sound in units) for units in parts],
        "mixed": ["".join(chance.choice((one, sound, sound[0])) for one, sound in units) for units in parts],
        "whole names": [item.name for item in items[: queries // 4]],
        "codes": [item.item_code for item in items[: queries // 10]]
        + [item.basic_code for item in items[: queries // 4]],
        "nothing": ["饕餮盛宴", "qqqqqq", "vvv", "zzzzzzzz", "证证证证", "shishishishi", "9876543210", "x" * 64],
    }


def _keystrokes(typed: list[str]) -> Iterator[str]:
    for text in typed:
        yield from (text[: end + 1] for end in range(len(text)))


def _typed(reference: Reference, typed: list[str]) -> list[float]:
    times = []
    for text in typed:
        reference._search._postings._kept.clear()
        for keystroke in _keystrokes([text]):
            started = time.perf_counter()
            hits = reference.search(keystroke, OWN)
            times.append((time.perf_counter() - started) * 1000)
            assert isinstance(hits, Hits), hits
    return times


def _like(file: Path, content: Content) -> list[float]:
    connection = open_read_only(file)
    connection.execute("SELECT count(*) FROM entry WHERE name LIKE '%x%'").fetchone()  # the file into memory
    times = []
    for text in _keystrokes(kinds_of_query(content, 10)["characters"]):
        started = time.perf_counter()
        connection.execute(_LIKE, (f"%{text}%", OWN)).fetchall()
        times.append((time.perf_counter() - started) * 1000)
    connection.close()
    return times


if __name__ == "__main__":
    for figure in measure():
        print(figure)
