"""Keeps the demo's terminal running, as systemd does on the real machine: one that was killed comes back, to the card call.

Terminal and panel are followers: they end with this process, whatever ends it.
"""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from devices.emulators.follower import command_of
from provisioning.demo.world import ROOT

RESTART_S = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Back-off before each start after a failure, as RestartSec on the real machine; the last value stays."""
HEALTHY_S = 60.0
"""A terminal that ran that long begins the back-off anew."""
FINAL = (0, 2)
"""Exit statuses after which it is not started again: ended in order, and a configuration that is not right."""
STOP_S = 5.0
_ASKED_TO_STOP = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def keep(
    terminal: Sequence[str],
    beside: Sequence[str] | None = None,
    pause: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> int:
    """Runs the command `terminal` until it ends with a `FINAL` status, which is returned; `beside` runs along.

    Blocks. Both are ended, by force after `STOP_S` each, when this returns or is left by an exception. Main thread only: the
    followers die with the thread that started them.
    """
    running: list[subprocess.Popen[bytes]] = []
    try:
        if beside is not None:
            running.append(follow(beside))
        failures = 0
        while True:
            started = monotonic()
            running.append(follow(terminal))
            status = running[-1].wait()
            running.pop()
            if status in FINAL:
                return status
            failures = 1 if monotonic() - started > HEALTHY_S else failures + 1
            pause(RESTART_S[min(failures, len(RESTART_S)) - 1])
    finally:
        end(running)


def follow(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Starts `command` (its first word an absolute path) as a process that ends with this one."""
    return subprocess.Popen(command_of(command), cwd=ROOT)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Asks all to end, kills those that have not ended after `STOP_S`, and waits for them."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_S
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Within it SIGTERM, SIGHUP and SIGINT unwind the program, so that what was started is ended. Main thread only."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _ASKED_TO_STOP}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
