"""The queue side by side with its durable peers, and what the crash harness found; the table is kept in docs/offline.md.

Each run is a fresh process on the real disk; rounds are interleaved, their order shuffled; a ratio is one of medians of the same
rounds. Before and after each round a bare append of 4 KiB with fdatasync tells how the disk stands: a round in which it
moved more than twofold is left out, and told.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import power_cut
from tests.bench.figures import ROOT, Figure, NotMeasuredError, load
from tests.bench.queue_run import QUEUES

OURS = "budayang"
ITEMS = 2_000
ROUNDS = 5
MOST_ROUNDS = 10
AT_MOST_ONCE = ("huey",)
"""Taking out deletes: what is under way when the process dies is gone, whatever the disk."""
NOT_TRIED = "not tried in this run"


@dataclass
class Round:
    """By queue and thread count, what `tests.bench.queue_run` printed; the disk before and after, appends a second."""

    runs: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    disk: tuple[float, float] = (0.0, 0.0)

    @property
    def is_steady(self) -> bool:
        return max(self.disk) <= 2 * min(self.disk)


def probe(folder: Path, count: int = 300) -> tuple[float, float]:
    """Durable appends of 4 KiB a second, and their 99th percentile in seconds."""
    times = []
    descriptor = os.open(folder / "probe", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        for _ in range(count):
            begun = time.perf_counter()
            os.write(descriptor, b"\xa5" * 4096)
            os.fdatasync(descriptor)
            times.append(time.perf_counter() - begun)
    finally:
        os.close(descriptor)
        (folder / "probe").unlink()
    return count / sum(times), sorted(times)[count * 99 // 100]


def run_once(queue: str, threads: int, root: Path, items: int = ITEMS) -> dict[str, float]:
    """One run in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="queue-", dir=root) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.queue_run", queue, str(threads), str(items), folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    if done.returncode:
        raise NotMeasuredError(f"{queue}: {done.stderr.strip().splitlines()[-1:]}")
    result: dict[str, float] = json.loads(done.stdout)
    return result


def play(root: Path, chance: random.Random, rounds: int = ROUNDS, items: int = ITEMS) -> tuple[list[Round], int]:
    """Steady rounds, and how many were left out."""
    steady: list[Round] = []
    others: list[Round] = []
    while len(steady) < rounds and len(steady) + len(others) < max(rounds, MOST_ROUNDS):
        one = Round()
        before, _ = probe(root)
        order = [(queue, threads) for queue in QUEUES for threads in (1, 8)]
        chance.shuffle(order)
        for queue, threads in order:
            one.runs[queue, threads] = run_once(queue, threads, root, items)
        one.disk = before, probe(root)[0]
        (steady if one.is_steady else others).append(one)
    # a disk that is never steady: all are taken, and it is told
    return (steady, len(others)) if len(steady) >= rounds else (steady + others, 0)


def spread(rounds: list[Round], queue: str, threads: int, what: str) -> tuple[float, float, float]:
    """Median, smallest, largest."""
    values = [one.runs[queue, threads][what] for one in rounds]
    return statistics.median(values), min(values), max(values)


def table(rounds: list[Round], lost: dict[str, str]) -> str:
    """In Markdown: median (smallest to largest); `lost`: by queue."""
    head = ("queue", "put/s", "put/s, 8 threads", "p99 put ms", "get+ack/s", "round trip/s", "lost at a power cut")
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for queue in QUEUES:
        cells = [queue]
        for threads, what, factor in (
            (1, "put", 1.0), (8, "put", 1.0), (1, "p99", 1000.0), (1, "take", 1.0), (1, "round", 1.0)
        ):  # fmt: skip
            digits = 1 if factor > 1 else 0
            middle, low, high = (value * factor for value in spread(rounds, queue, threads, what))
            cells.append(f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})")
        told = lost.get(queue, NOT_TRIED)
        cells.append(f"{told}; at most once" if queue in AT_MOST_ONCE else told)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def harness() -> tuple[int, str]:
    """Acknowledged items lost over crash images, kills and faults, and what was tried; the careless stores must lose."""
    from tests.offline_cache.crash import summary

    found = summary.run()
    if found.blind:
        raise NotMeasuredError(f"the harness is blind: {found.blind}")
    return found.lost, found.words


def measure(keys: set[str]) -> list[Figure]:
    """The figures of issue 4 that the store alone answers for."""
    figures: list[Figure] = []
    lost: dict[str, str] = {}
    if "lost" in keys:
        cuts = power_cut.play()
        print(power_cut.table(cuts), flush=True)
        lost = {queue: losses.words for queue, losses in cuts.items()}
        count, words = harness()
        count += cuts[OURS].with_loss
        lost[OURS] += f"; harness {count} of {words}"
        figures.append(Figure("lost", count, f"{words}; {cuts[OURS].images} images of its recorded system calls"))
    speeds = {"fsyncs_per_put_8", "put_ratio", "put8_ratio", "roundtrip_ratio", "roundtrip_localqueue_ratio"}
    if not keys & speeds:
        return figures
    # on the disk of the checkout, never on a memory file system
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-queues-", dir=ROOT / "build") as folder:
        rounds, left_out = play(Path(folder), random.Random())
        _, p99_raw = probe(Path(folder))
    print(table(rounds, lost), flush=True)
    disk = statistics.median(value for one in rounds for value in one.disk)
    state = (
        f"{len(rounds)} rounds, {left_out} left out, disk {disk:.0f} appends/s (p99 {1000 * p99_raw:.1f} ms), {load()}"
    )

    def ratio(key: str, threads: int, what: str, peers: tuple[str, ...]) -> Figure:
        best = max(peers, key=lambda peer: spread(rounds, peer, threads, what)[0])
        each = [one.runs[OURS, threads][what] / one.runs[best, threads][what] for one in rounds]
        value = spread(rounds, OURS, threads, what)[0] / spread(rounds, best, threads, what)[0]
        return Figure(key, round(value, 2), f"{min(each):.2f}–{max(each):.2f}, over {best}; {state}")

    peers = tuple(queue for queue in QUEUES if queue != OURS)
    flushes, low, high = spread(rounds, OURS, 8, "flushes")
    figures += [
        Figure(
            "fsyncs_per_put_8", round(flushes, 3), f"{low:.3f}–{high:.3f}, commits and twice the checkpoints; {state}"
        ),
        ratio("put_ratio", 1, "put", peers),
        ratio("put8_ratio", 8, "put", peers),
        ratio("roundtrip_ratio", 1, "round", ("persist-queue",)),
        ratio("roundtrip_localqueue_ratio", 1, "round", ("localqueue",)),
    ]
    return figures
