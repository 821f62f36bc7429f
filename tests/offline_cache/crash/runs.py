"""Lives under a loss of power at every call, and under a fault of the disk at every call."""

import itertools
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from tests.offline_cache.crash import oracle
from tests.offline_cache.crash.apsw_connection import ApswFactory
from tests.offline_cache.crash.disk_model import Disk, RememberingVfs
from tests.offline_cache.crash.files_model import RememberingFiles
from tests.offline_cache.crash.workload import Life

MEMORY = Path("/dev/shm")
NORMAL = {"PRAGMA synchronous=FULL": "PRAGMA synchronous=NORMAL", "PRAGMA synchronous": "SELECT 2"}
"""The careless store: it says FULL and does not do it."""

_names = (f"remembering-{number}" for number in itertools.count())


@dataclass
class Report:
    """What a run came to."""

    images: int = 0
    points: Counter[str] = field(default_factory=Counter)
    complaints: Counter[str] = field(default_factory=Counter)
    first: str | None = None

    def add(self, point: str, complaint: str | None, seed: int) -> None:
        self.images += 1
        self.points[point] += 1
        if complaint is not None:
            self.first = self.first or f"seed {seed}, at {point}: {complaint}"
            kind = "unreadable" if complaint.startswith(("unreadable", "integrity")) else complaint.partition(",")[0]
            self.complaints[
                "half a batch" if kind == "half a batch" else "unreadable" if kind == "unreadable" else "lost"
            ] += 1


@contextmanager
def standing_vfs(disk: Disk, rewrite: dict[str, str] | None = None) -> Iterator[ApswFactory]:
    """A store's connections over this disk."""
    name = next(_names)
    vfs = RememberingVfs(name, disk)
    try:
        yield ApswFactory(vfs, name, rewrite)
    finally:
        vfs.unregister()


@contextmanager
def _folders() -> Iterator[tuple[Path, Path]]:
    root = Path(tempfile.mkdtemp(prefix="by-crash-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        (root / "image").mkdir()
        yield root / "store", root / "image"
    finally:
        shutil.rmtree(root)


def lose_power(seed: int, operations: int, *, images_a_point: int = 1, rewrite: dict[str, str] | None = None) -> Report:
    """One life; at each call images of the disk are drawn and judged."""
    report, chance = Report(), random.Random(seed * 7919 + 1)
    with _folders() as (folder, image_folder):
        life: Life | None = None

        def judge(point: str) -> None:
            if life is None:
                return
            for _ in range(images_a_point):
                image = disk.image(chance) | files.image(chance)
                complaint = oracle.complaint(image, image_folder, life.promises)
                report.add(point, complaint, seed)

        disk, files = Disk(judge), RememberingFiles(folder, judge)
        with standing_vfs(disk, rewrite) as connect:
            life = Life(folder, connect, seed, files=files)
            life.play(operations)
            judge("end")
    return report


@dataclass
class Trouble:
    """Raises at the n-th call: once, or from then on."""

    at: int
    error: type[apsw.Error]
    is_lasting: bool
    only: frozenset[str]
    calls: int = 0
    hits: int = 0

    def __call__(self, point: str) -> None:
        if point not in self.only:
            return
        self.calls += 1
        if self.calls == self.at or (self.is_lasting and self.calls > self.at and self.hits < 40):
            self.hits += 1
            raise self.error("planned")


def break_disk(seed: int, operations: int, trouble: Trouble) -> str | None:
    """One life with a fault; what of the promises is broken afterwards, on the disk as it is."""
    with _folders() as (folder, image_folder):
        disk, files = Disk(trouble), RememberingFiles(folder, trouble)
        with standing_vfs(disk) as connect:
            life = Life(folder, connect, seed, faulty=True, files=files)
            life.play(operations)
        trouble.only = frozenset()
        disk.on_call = lambda _: None
        # what was acknowledged must be there even if the power goes now, with nothing of what is pending
        image = {name: bytes(file.durable) for name, file in disk._files.items()} | files.image(None)
        return oracle.complaint(image, image_folder, life.promises)
