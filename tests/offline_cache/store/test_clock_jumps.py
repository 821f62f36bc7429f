"""The machine's wall clock jumps, by libfaketime: back to 2000 (a dead battery), forward a year. Order is the number's, always."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from provisioning.demo.world import ROOT

LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
YEAR_S = 365 * 86_400.0


def _store(folder: Path, boot: str, wall: str, *steps: str, platform_s: float = 0.0) -> list[Any]:
    """A process with that wall clock (libfaketime's words); monotonic seconds stay the machine's."""
    assert LIBRARY.exists(), "the package libfaketime is missing"
    environment = {
        **os.environ,
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME": wall,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "PLATFORM_S": str(platform_s),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.offline_cache.store.clocked", str(folder), boot, *steps],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    said: list[Any] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("second_boot", ["boot-1", "boot-2"], ids=["same boot", "new boot"])
@pytest.mark.parametrize(("wall", "year"), [("@2000-01-01 00:00:00", 2000), ("+365d", None)], ids=["2000", "a year on"])
def test_a_jump_of_the_wall_clock_expires_nothing_starves_nothing_and_keeps_the_order(
    tmp_path: Path, wall: str, year: int | None, second_boot: str
) -> None:
    truth = time.time()
    assert _store(tmp_path, "boot-1", "+0", "put", "put") == [1, 2]
    put, unknown, _, expired, told = _store(
        tmp_path, second_boot, wall, "put", "expire", "learn", "expire", "list", platform_s=truth + 60
    )
    assert (put, unknown, expired) == (3, 0, 0)
    assert told["year"] in ((year,) if year else (time.gmtime(truth + YEAR_S).tm_year, time.gmtime(truth).tm_year + 1))
    assert told["sent"] == [1, 2, 3]
    assert told["dead"] == 0
    assert told["oldest_s"] < 300
    assert told["is_open"]


def test_what_was_put_in_under_a_wrong_clock_expires_by_the_platforms_time(tmp_path: Path) -> None:
    truth = time.time()
    said = _store(tmp_path, "boot-1", "@2000-01-01 00:00:00", "put", "learn", "expire", platform_s=truth)
    assert said == [1, None, 0]
    # two hours later by the platform; this machine believes that a year has passed, or that it is 2000 again
    said = _store(tmp_path, "boot-2", "+365d", "expire", "put", "learn", "expire", platform_s=truth + 7200)
    assert said == [0, 2, None, 1]
    assert _store(tmp_path, "boot-2", "@2000-01-01 00:00:00", "list")[0]["sent"] == []  # a dead letter holds the lane


def test_what_has_ended_is_remembered_whatever_the_wall_clock_says(tmp_path: Path) -> None:
    assert _store(tmp_path, "boot-1", "+0", "put", "list")[1]["sent"] == [1]
    _store(tmp_path, "boot-1", "+365d", "learn", platform_s=time.time())
    assert _store(tmp_path, "boot-1", "+0", "put")[0] == 2
    with sqlite3.connect(tmp_path / "store.db") as raw:
        assert raw.execute("SELECT count(*) FROM tombstones").fetchone() == (1,)
    raw.close()
