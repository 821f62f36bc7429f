"""The bench's own arithmetic and its file."""

import json
from pathlib import Path

import pytest

from tests.bench.__main__ import RUNS, wanted_keys
from tests.bench.card import wire_bytes
from tests.bench.figures import LIMITS, Figure, merge, percentile, row
from tests.bench.soak import growth
from tests.bench.unique_memory import unique_kb


def test_every_key_has_one_run() -> None:
    assert sorted(key for names, _ in RUNS for key in names) == sorted(LIMITS)


def test_keys_come_from_arguments_and_an_unknown_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONLY", raising=False)
    assert wanted_keys(["ready_s,residue"]) == {"ready_s", "residue"}
    assert wanted_keys([]) == set(LIMITS)
    with pytest.raises(ValueError, match="no such figure: speed"):
        wanted_keys(["speed"])


def test_merging_keeps_what_was_measured_before(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    merge([Figure("ready_s", 1.5, "first"), Figure("residue", 0, "none")], "abc", file)
    merge([Figure("ready_s", 2.5, "second")], "def", file)
    known = json.loads(file.read_text(encoding="utf-8"))
    assert known == {
        "ready_s": {"value": 2.5, "must": 3, "unit": "s", "commit": "def", "detail": "second"},
        "residue": {"value": 0, "must": 0, "unit": "places", "commit": "abc", "detail": "none"},
    }


def test_a_value_at_its_limit_is_reached_and_one_above_is_missed() -> None:
    assert " ok " in row(Figure("residue", 0, ""))
    assert " MISSED " in row(Figure("residue", 1, ""))


def test_where_more_is_better_the_limit_is_the_smallest_value() -> None:
    assert " >= 1.8 " in (line := row(Figure("put8_ratio", 1.8, "")))
    assert " ok " in line
    assert " MISSED " in row(Figure("put8_ratio", 1.79, ""))


def test_the_percentile_is_a_measured_value() -> None:
    assert percentile([float(number) for number in range(1, 101)], 0.95) == 95
    assert percentile([5.0, 1.0], 0.95) == 5


def test_growth_compares_medians_so_that_one_swing_does_not_count() -> None:
    steady = dict.fromkeys(range(91, 301), 1000)
    assert growth({**steady, 300: 9000}, 300) == 0
    assert growth({visit: 1000 + 2 * visit for visit in range(91, 301)}, 300) == 400


def test_the_wire_carries_one_select_and_one_read() -> None:
    # preamble 5, length 2, then what the length counts: 3 for a request, 4 and the data for a reply
    assert wire_bytes() == (10 + 19) + (10 + 1295)


def test_unique_memory_sees_what_is_held_and_forgets_what_is_freed() -> None:
    before = unique_kb()
    held = bytearray(b"x" * (8 * 1024 * 1024))
    grown = unique_kb() - before
    del held
    assert 8000 < grown < 9000
    assert unique_kb() - before < 1000
