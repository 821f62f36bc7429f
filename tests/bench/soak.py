"""Unique memory over many visits, with screens and without; the two soaks run side by side, a core each.

A soak's growth is the median of ten visits' weights at its end less the median of ten at the beginning of its last 200
visits, each weighed after a collection and a trim: a single weight swings by some pages.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from provisioning.demo.world import DemoWorld
from tests.bench.figures import ROOT, Figure
from tests.bench.hall import TimedHall, play

LAST = 200
WINDOW = 10
HEADLESS_VISITS = 1000
SCREENS_VISITS = 300
PAPERS_EVERY = 3

Weights = dict[int, int]


def growth(weights: Weights, visits: int, last: int = LAST, window: int = WINDOW) -> int:
    """kB by which `weights` (visit -> kB) grew over the `last` of `visits`."""

    def around(end: int) -> float:
        return statistics.median(weights[visit] for visit in range(end - window + 1, end + 1))

    return round(around(visits) - around(visits - last))


def _figure(key: str, weights: Weights, visits: int, took_s: float, words: str) -> Figure:
    middles = [
        f"{statistics.median(weights[v] for v in range(end - WINDOW + 1, end + 1)):.0f}"
        for end in range(visits - LAST, visits + 1, 50)
    ]
    return Figure(
        key,
        growth(weights, visits),
        f"written private memory {', '.join(middles)} kB at visits {visits - LAST} to {visits} by 50 (medians of {WINDOW}), {words};"
        f" {visits} visits in {took_s:.0f} s",
    )


def headless(visits: int = HEADLESS_VISITS) -> Figure:
    """The soak without screens."""
    begun = time.monotonic()
    weights: Weights = {}
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, DemoWorld(Path(folder), paced=False) as world:
        command = ["--config", str(world.config), "--control", str(world.control)]
        command += ["--visits", str(visits), "--weigh-from", str(visits - LAST - WINDOW + 1)]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.headless", *command], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                told = json.loads(line)
                weights[told["visit"]] = told["unique_kb"]
        finally:
            process.stdout.close()  # one that still talks ends with it
            status = process.wait()
    assert status == 0, f"the headless terminal ended with {status} after {len(weights)} weighings"
    return _figure(
        "soak_headless_kb",
        weights,
        visits,
        time.monotonic() - begun,
        "slip, sheet and rating in every tenth visit, no Qt",
    )


def screens(visits: int = SCREENS_VISITS) -> Figure:
    """The soak with screens."""
    begun = time.monotonic()
    weights: Weights = {}
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, TimedHall(Path(folder), quick=True) as hall:
        for number in range(1, visits + 1):
            play(hall, period=None, factor="code" if number % 2 else "password", papers=number % PAPERS_EVERY == 0)
            if number > visits - LAST - WINDOW:
                weights[number] = int(hall.terminal.do("unique_kb"))
    return _figure(
        "soak_screens_kb",
        weights,
        visits,
        time.monotonic() - begun,
        "slip, sheet and rating in every third visit, 1080x1920",
    )


def measure(keys: set[str]) -> list[Figure]:
    """The soaks that are asked for, side by side."""
    wanted = [run for key, run in (("soak_headless_kb", headless), ("soak_screens_kb", screens)) if key in keys]
    with ThreadPoolExecutor(len(wanted)) as pool:
        return [future.result() for future in [pool.submit(run) for run in wanted]]
