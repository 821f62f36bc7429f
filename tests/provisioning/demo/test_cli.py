"""The whole demo as a process: a terminal that is killed comes back, and nothing stays however the launcher ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from provisioning.demo.world import ROOT


class Demo:
    """``main.py --profile demo`` with windows that nobody sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "state" / "log" / "terminal.log"
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "--profile", "demo", "--directory", str(folder)],
            cwd=ROOT,
            env={**os.environ, "DISPLAY": ":offscreen", "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(folder.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def all(self) -> list[psutil.Process]:
        """Every process below the launcher that lives."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in found if _lives(process)]

    def names(self) -> set[str]:
        """The programs of all these."""
        return {process.name() for process in self.all()}

    def terminal(self) -> psutil.Process | None:
        """The terminal's process, once it is more than a follower."""
        for process in psutil.Process(self.process.pid).children():
            words = _words(process)
            if "--config" in words and "devices.emulators.follower" not in words:
                return process
        return None

    def told(self, event: str) -> int:
        """How often the terminal's log tells of `event`."""
        logs = self.folder.rglob("terminal.log")
        return sum(log.read_text(encoding="utf-8").count(f'"event": "{event}"') for log in logs)

    def mark(self) -> Path:
        """Where the mark of an open visit lies."""
        state = next(self.folder.rglob("terminal.log")).parent.parent
        return state / "visit-open"


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _until(what: str, holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)  # other processes are waited for; the deadline bounds it


@pytest.fixture
def demo(short_tmp: Path) -> Iterator[Demo]:
    demo = Demo(short_tmp / "d")
    yield demo
    if demo.process.poll() is None:
        demo.process.kill()
    demo.process.communicate()


@pytest.mark.xdist_group("pcscd")
def test_a_terminal_killed_in_mid_visit_comes_back_to_the_card_call_and_all_ends_with_a_killed_launcher(
    demo: Demo,
) -> None:
    _until("the first frame", lambda: demo.told("first_frame") == 1)
    first = demo.terminal()
    assert first is not None
    demo.mark().touch()  # a visit is open
    first.send_signal(signal.SIGKILL)
    _until("the terminal again", lambda: demo.told("first_frame") == 2)
    second = demo.terminal()
    assert second is not None
    assert second.pid != first.pid
    _until("the card call", lambda: demo.told("visit_recovered") == 1 and demo.told("card_called") == 1)
    _until("its devices", lambda: len(second.children()) >= 15)
    _until("the supply's service", lambda: "upsd" in demo.names())
    below, names = demo.all(), demo.names()
    assert len(below) >= 20, "terminal, panel, platform, lab with its services and a host for each device"
    demo.process.kill()
    demo.process.wait()
    _until("all gone", lambda: not any(_lives(process) for process in below), 10)
    assert {"upsd", "dummy-ups"} <= names, "services of the hall are among them"
    assert list(demo.folder.parent.glob("budayang-*")) == [], "the hall's ports and folders"
    assert list(demo.folder.glob("*.sock")) == []
    told, complained = (stream.decode() for stream in demo.process.communicate(timeout=5))
    assert complained == "", "the log goes to its file alone"
    lines = [line for line in told.splitlines() if "pcscd" not in line]  # another session may have the machine's one
    assert len(lines) == 6, "three lines in each language"
    for words in ("246810", "居民身份证", "短信验证码", "one-time code", "Ctrl-C", f"{demo.folder}/state/log"):
        assert words in told


@pytest.mark.xdist_group("pcscd")
@pytest.mark.slow  # a second whole demo; the keeper's own tests end small programs in every way
def test_a_demo_that_is_asked_to_end_ends_with_all_that_it_started_and_recovers_nothing(demo: Demo) -> None:
    _until("the first frame", lambda: demo.told("first_frame") == 1)
    below = demo.all()
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(12) == 0
    _until("all gone", lambda: not any(_lives(process) for process in below), 10)
    assert not demo.mark().exists()
    assert demo.told("first_frame") == 1, "it was not started again"
