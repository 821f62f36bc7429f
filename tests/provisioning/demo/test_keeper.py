"""The keeper of the demo's terminal, with small real programs in the terminal's place."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from provisioning.demo import keeper
from provisioning.demo.keeper import RESTART_S, keep
from provisioning.demo.world import ROOT


def _program(text: str, *arguments: object) -> list[str]:
    return [sys.executable, "-S", "-c", text, *(str(argument) for argument in arguments)]


_COUNT = """
import os, pathlib, signal, sys
file, ends = pathlib.Path(sys.argv[1]), sys.argv[2].split()
number = len(file.read_text()) if file.exists() else 0
file.write_text("x" * (number + 1))
word = ends[number]
if word == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
raise SystemExit(int(word))
"""


@pytest.mark.parametrize("final", [0, 2])
def test_a_terminal_that_ended_in_order_or_is_misconfigured_is_not_started_again(tmp_path: Path, final: int) -> None:
    pauses: list[float] = []
    assert keep(_program(_COUNT, tmp_path / "runs", str(final)), pause=pauses.append) == final
    assert pauses == []


def test_a_killed_or_crashed_terminal_comes_back_with_a_longer_pause_each_time(tmp_path: Path) -> None:
    pauses: list[float] = []
    assert keep(_program(_COUNT, tmp_path / "runs", "killed 1 killed killed 1 killed 0"), pause=pauses.append) == 0
    assert pauses == [*RESTART_S, RESTART_S[-1]]


def test_a_terminal_that_was_well_for_long_is_started_again_soon(tmp_path: Path) -> None:
    pauses: list[float] = []
    moments = iter([0.0, 1.0, 2.0, 200.0, 201.0])
    runs = _program(_COUNT, tmp_path / "runs", "1 killed 0")
    assert keep(runs, pause=pauses.append, monotonic=lambda: next(moments)) == 0
    assert pauses == [RESTART_S[0], RESTART_S[0]]


_SLEEP = "import pathlib, signal, sys; pathlib.Path(sys.argv[1]).write_text('here'); signal.pause()"
_STUBBORN = (
    "import pathlib, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).write_text('here');\nwhile True: signal.pause()"
)
_LAUNCH = """
import sys
from provisioning.demo.keeper import interrupted_by_signals, keep
import provisioning.demo.keeper as keeper
keeper.STOP_S = 0.3
try:
    with interrupted_by_signals():
        keep(sys.argv[1:6], sys.argv[6:11])
except KeyboardInterrupt:
    raise SystemExit(7)
"""


def _until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)  # other processes are waited for; the deadline bounds it


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_however_the_launcher_ends_terminal_and_panel_end_with_it(tmp_path: Path, how: signal.Signals) -> None:
    signs = [tmp_path / "terminal", tmp_path / "panel"]
    commands = _program(_SLEEP, signs[0]) + _program(_STUBBORN, signs[1])
    launcher = subprocess.Popen([sys.executable, "-c", _LAUNCH, *commands], cwd=ROOT)
    try:
        _until(lambda: all(sign.exists() for sign in signs))
        children = psutil.Process(launcher.pid).children(recursive=True)
        assert len(children) == 2
        launcher.send_signal(how)
        assert launcher.wait(5) == (-how if how is signal.SIGKILL else 7)
        _until(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children), 2)
    finally:
        launcher.kill()
        launcher.wait()


def test_a_follower_whose_parent_has_gone_does_not_begin(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    gone.wait()
    command = [sys.executable, "-m", "devices.emulators.follower", str(gone.pid), *_program(_SLEEP, sign)]
    assert subprocess.run(command, cwd=ROOT, timeout=10, check=False).returncode == 0
    assert not sign.exists()


def test_signals_are_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), keeper.interrupted_by_signals():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before
