"""What a power cut takes from each queue: its system calls are recorded while it acknowledges items, then played on a disk that forgets.

At `POINTS` acknowledgements the image holds what was synced and nothing else; at as many random moments a random subset of what was not
synced stayed, some of it torn. Ours is also cut strictly at each of those points: new names are there only once their folder was
synced. Each image is opened by the same library; what was acknowledged and is not there is lost. Two controls must lose, or the
method is blind: SQLite with ``synchronous=NORMAL``, and localqueue as it is shipped.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.bench.acknowledging import OPENED
from tests.bench.figures import ROOT, NotMeasuredError
from tests.bench.system_calls import WORDS, Call, NotModelledError, ReplayedDisk, calls

ITEMS = 400
POINTS = 41
OURS = "budayang"
CONTROLS = ("localqueue as shipped", "sqlite3, NORMAL")
WITHIN_S = 120


@dataclass
class Losses:
    """Of one queue: images drawn, those in which acknowledged items were missing, the most that were, of `items`; flushes a put, one thread."""

    images: int = 0
    with_loss: int = 0
    worst: int = 0
    items: int = ITEMS
    flushes: float = 0.0

    @property
    def words(self) -> str:
        """For a cell of a table."""
        return f"{self.with_loss} / {self.images}" + (f", up to {self.worst} of {self.items}" if self.with_loss else "")


class Reopening:
    """A process that opens images with the queue's own library."""

    def __init__(self, queue: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.acknowledging", "left", queue],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def items_in(self, folder: Path) -> set[int]:
        """None of them where the library cannot open it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise NotMeasuredError("the library ended the process in which it opened an image")
        return set(json.loads(line) or ())


def record(queue: str, items: int, folder: Path, trace: Path) -> list[Call]:
    """Lets the queue acknowledge `items` in `folder`, under strace."""
    program = [sys.executable, "-m", "tests.bench.acknowledging", "put", queue, str(items), str(folder)]
    try:
        done = subprocess.run(
            [*WORDS, "-o", str(trace), *program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=WITHIN_S,
        )
    except FileNotFoundError:
        raise NotMeasuredError("strace is not installed (list of packages: bench)") from None
    if done.returncode:
        raise NotMeasuredError(f"{queue} under strace: {done.stderr.strip().splitlines()[-1:]}")
    with trace.open(encoding="ascii") as lines:
        return list(calls(lines))


def cut(queue: str, chance: random.Random, items: int = ITEMS, points: int = POINTS) -> Losses:
    """Plays the cuts of one queue. Images lie on a memory file system, the recorded run on the disk of the checkout."""
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(prefix="power-", dir=ROOT / "build") as place,
        tempfile.TemporaryDirectory(prefix="power-", dir=memory if memory.is_dir() else None) as images,
        Reopening(queue) as reopening,
    ):
        folder = Path(place) / "queue"
        folder.mkdir()
        recorded = record(queue, items, folder, Path(place) / "trace")
        told = [index for index, call in enumerate(recorded) if call.name == "write" and call.words.startswith("1<")]
        if len(told) != items + 1:
            raise NotMeasuredError(f"{queue}: {len(told)} lines told of {items + 1}")
        acknowledged = told[1:]
        bare = {acknowledged[len(acknowledged) * (number + 1) // points - 1] for number in range(points)}
        mixed = set(chance.sample(range(told[0], len(recorded)), points))
        alone = recorded[told[0] : told[items // 2]]
        flushes = sum(call.name in ("fsync", "fdatasync") for call in alone) / (items // 2)
        disk, losses = ReplayedDisk(str(folder)), Losses(items=items, flushes=flushes)
        for index, call in enumerate(recorded):
            try:
                disk.take(call)
            except NotModelledError as reason:
                raise NotMeasuredError(f"{queue}: {reason} is not modelled") from None
            for image in _drawn(disk, chance, index in bare, index in mixed, queue == OURS):
                promised = {int(line) for line in disk.told[1:]}
                missing = promised - _reopened(reopening, image, Path(images) / str(losses.images))
                losses.images += 1
                losses.with_loss += bool(missing)
                losses.worst = max(losses.worst, len(missing))
        return losses


def _drawn(
    disk: ReplayedDisk, chance: random.Random, is_bare: bool, is_mixed: bool, is_ours: bool
) -> Iterator[dict[str, bytes]]:
    if is_bare:
        yield disk.image()
    if is_bare and is_ours:
        yield disk.image(strict=True)
    if is_mixed:
        yield disk.image(chance)


def _reopened(reopening: Reopening, image: dict[str, bytes], folder: Path) -> set[int]:
    folder.mkdir()
    try:
        for name, content in image.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return reopening.items_in(folder)
    finally:
        shutil.rmtree(folder)


def play() -> dict[str, Losses]:
    """Every queue and the controls."""
    chance = random.Random()
    (ROOT / "build").mkdir(exist_ok=True)
    found = {queue: cut(queue, chance) for queue in OPENED}
    if blind := [control for control in CONTROLS if not found[control].with_loss]:
        raise NotMeasuredError(f"the power cut is blind: {', '.join(blind)} lost nothing")
    return found


def table(found: dict[str, Losses]) -> str:
    """In Markdown."""
    lines = ["| queue | flushes a put | images with acknowledged items lost | the most lost |", "|---|---|---|---|"]
    lines += [
        f"| {queue} | {losses.flushes:.2f} | {losses.with_loss} / {losses.images} | {losses.worst} of {losses.items} |"
        for queue, losses in found.items()
    ]
    return "\n".join(lines)
