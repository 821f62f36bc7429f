"""Tests of one group run one after the other: what is one per machine (pcscd, cupsd, upsd) is started by one worker only.

pytest-xdist writes the group into the test's name (`remote.py`); pytest 9.2 keeps that name elsewhere, and the groups are
then silently nothing.
"""

import subprocess
import sys
from pathlib import Path

SPLIT = """
import os
import time

import pytest


@pytest.mark.xdist_group("one per machine")
@pytest.mark.parametrize("number", range(12))
def test_alone(number: int) -> None:
    with open("workers", "a") as workers:
        workers.write(os.environ["PYTEST_XDIST_WORKER"] + chr(10))
"""


def test_a_group_stays_with_one_worker(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = xdist_group(name): of the plug-in\n")
    (tmp_path / "test_split.py").write_text(SPLIT)
    plain = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:cov", "-q", "-n", "2", "--dist", "loadgroup"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *plain, "test_split.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    workers = (tmp_path / "workers").read_text().split()
    assert len(workers) == 12
    assert len(set(workers)) == 1
