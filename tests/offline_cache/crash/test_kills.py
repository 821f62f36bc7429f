"""SIGKILL in the middle of a store's life, over the standard library's SQLite; see `killed`."""

import json
import subprocess
import sys

import pytest

from provisioning.demo.world import ROOT


def _killed(seed: int, points: int, *words: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.offline_cache.crash.killed", str(seed), str(points), *words],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=600,
    )
    report: dict[str, int] = json.loads(done.stdout)
    return report


def test_no_promise_is_broken_at_a_hundred_and_twenty_kills() -> None:
    report = _killed(1, 120)
    assert report["killed"] == 120
    assert report["complaints"] == 0, report


def test_a_store_that_answers_before_its_commit_is_found_out() -> None:
    assert _killed(2, 40, "hasty")["complaints"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_no_promise_is_broken_at_a_thousand_kills(seed: int) -> None:
    report = _killed(seed, 300)
    assert report["killed"] == 300
    assert report["complaints"] == 0, report
