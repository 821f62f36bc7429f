"""What every test of the house obeys: nothing may be left behind and no warning may pass unnoticed.

The display platform is set before anything imports Qt, so that a forgotten plugin never looks for a screen.
"""

import logging
import os
import re
import tempfile
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("BUDAYANG_TEST_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
# A per-user folder of Qt's caches would make the first test of a machine differ from the second.
os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")

import pytest

from kiosk.base import logs, sentences
from kiosk.base.clock import ManualClock
from tests.house.leftovers import QtWatch, child_processes, describe_process, new_threads

IN_CI = bool(os.environ.get("CI"))
PATIENCE_S = float(os.environ.get("BUDAYANG_TEST_PATIENCE_S", "2"))
"""How long a thread or a child may take to end after its test; the house's own limit for a bounded stop."""


class _Recorder(logging.Handler):
    """Collects what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A command that ran in an earlier test has tightened the mask of this process, as it must of its own; services that a
    later test starts (cupsd's filters are another user) could not read what it makes."""
    os.umask(0o022)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test on a log record of WARNING or above that no `allow_log` marker expects."""
    recorder = _Recorder()
    root = logging.getLogger()
    root.addHandler(recorder)
    try:
        yield
    finally:
        root.removeHandler(recorder)
    allowed = [re.compile(mark.args[0]) for mark in request.node.iter_markers("allow_log")]
    unexpected = [text for text in recorder.texts if not any(pattern.search(text) for pattern in allowed)]
    if unexpected:
        pytest.fail("unexpected log records:\n  " + "\n  ".join(unexpected), pytrace=False)


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test that leaves a thread, a child process, an active QTimer or animation or an open window.

    Set up before every other function fixture and so torn down after them. What a fixture of a module or session
    started is there before the snapshot and is not counted.
    """
    threads = set(threading.enumerate())
    children = child_processes()
    qt = QtWatch.begin()
    yield
    left: list[str] = []
    if request.node.get_closest_marker("allow_threads") is None:
        left += [f"thread {thread.name!r}" for thread in new_threads(threads, PATIENCE_S)]
    if request.node.get_closest_marker("allow_processes") is None:
        deadline = time.monotonic() + PATIENCE_S
        while (extra := child_processes() - children) and time.monotonic() < deadline:
            time.sleep(0.01)  # polls the kernel's list, which has no event; the deadline bounds it
        left += [f"process {describe_process(pid)}" for pid in sorted(extra)]
    left += qt.left()
    if left:
        pytest.fail("left behind by the test:\n  " + "\n  ".join(left), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turns every skip into a failure in CI: there, nothing is allowed to be missing."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself at collection."""
    report = yield
    if IN_CI and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="session")
def _strict_house() -> None:
    """Misuse of the log catalogue and unknown sentences raise under test; at run time they are reported and survived."""
    logs.raise_on_misuse(True)
    sentences.raise_on_unknown(True)


@pytest.fixture
def manual_clock() -> ManualClock:
    """A clock that moves only by `advance`."""
    return ManualClock()


@pytest.fixture
def tmp_state(tmp_path: Path) -> Path:
    """An empty state folder of a terminal, mode 0700."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def short_tmp() -> Iterator[Path]:
    """A folder with a short path: a Unix socket's address holds 107 bytes, and pytest's own folders grow longer."""
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        yield Path(folder)
