"""How fast the terminal starts, beside the smallest QML window: real processes, seen from outside, interleaved.

Platform and lab already run. The clock starts before the process is made and stops here, when the process's own line
comes: ``first frame`` of the smallest window, the log's `first_frame` of ``main.py --config``. What the
terminal does before its interpreter is the final one (the start anew with the forgetting allocator) counts.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from provisioning.demo.world import DemoWorld
from tests.bench.figures import ROOT, Figure, load
from tests.bench.hall import TimedTerminal

SMALLEST = Path(__file__).with_name("smallest.py")


class Smallest:
    """The smallest window's process, once its first frame is out."""

    def __init__(self) -> None:
        started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(SMALLEST)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.first_frame_ms = (time.monotonic() - started) * 1000
        assert line == b"first frame\n", "the smallest window did not come up"

    def stop(self) -> None:
        self.process.communicate(timeout=10)


def first_frame_of_terminal(config: Path) -> float:
    """Starts ``main.py --config`` and ends it after its first frame: milliseconds to that frame."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "main.py", "--config", str(config)], cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    first_frame_at = None
    try:
        for line in process.stderr:
            if b'"first_frame"' in line:
                first_frame_at = time.monotonic()
                break
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert first_frame_at is not None, "the terminal ended before its first frame"
    return (first_frame_at - started) * 1000


def measure_first_frame(rounds: int = 15) -> Figure:
    """Ours and the smallest window in turn."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, DemoWorld(Path(folder)) as world:
        smallest: list[float] = []
        ours: list[float] = []
        for number in range(rounds + 1):
            window = Smallest()
            window.stop()
            first_frame_ms = first_frame_of_terminal(world.config)
            if number:  # the first round only warms the caches
                smallest.append(window.first_frame_ms)
                ours.append(first_frame_ms)
    extra = [mine - least for mine, least in zip(ours, smallest, strict=True)]
    return Figure(
        "first_frame_extra_ms",
        round(statistics.median(ours) - statistics.median(smallest), 1),
        f"ours {spread(ours)}, smallest {spread(smallest)}, difference by round {spread(extra)} ms; {rounds} rounds"
        f" interleaved, warm caches, offscreen software, start anew with the forgetting allocator included; {load()}",
    )


def measure_ready(rounds: int = 9) -> Figure:
    """The terminal under the stop-watch, since the log does not tell that a device is there from the start."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, DemoWorld(Path(folder)) as world:
        times = []
        for number in range(rounds + 1):
            terminal = TimedTerminal(world.config)
            ready_at = float(terminal.do("ready"))
            terminal.stop()
            if number:
                times.append(ready_at - terminal.started)
    return Figure(
        "ready_s",
        round(statistics.median(times), 3),
        f"{spread(times, 2)} s; {rounds} starts with lab (paced) and platform running; until the session knows the reader"
        f" usable and the platform; {load()}",
    )


def measure(keys: set[str]) -> list[Figure]:
    """The figures of the start that are asked for."""
    runs = (("first_frame_extra_ms", measure_first_frame), ("ready_s", measure_ready))
    return [run() for key, run in runs if key in keys]


def spread(values: list[float], digits: int = 0) -> str:
    """Median and range."""
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def quiet_environment() -> None:
    """What every measured process gets: no screen, the software renderer, caches as on a real machine."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    for name in ("PYTHONDONTWRITEBYTECODE", "QML_DISABLE_DISK_CACHE", "PYTHONMALLOC", "GLIBC_TUNABLES"):
        os.environ.pop(name, None)
