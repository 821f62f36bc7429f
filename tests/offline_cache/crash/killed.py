"""``python -m tests.offline_cache.crash.killed SEED POINTS [hasty]``: stores killed by SIGKILL in the middle of their lives.

One process without threads forks a child for each point; the child lives a life over the standard library's SQLite and kills
itself before or after its n-th statement. What it had promised lies in a file, replaced whole at each change. Then the store
is opened as the program opens it, and compared. Prints one line of JSON. ``hasty``: the positive control, a store that
answers before its commit.
"""

import json
import os
import pickle
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from offline_cache.store.connection import Row, SqliteConnection, Value
from offline_cache.store.database import Database
from offline_cache.store.files import DiskFiles, WritingFile
from offline_cache.store.space import Ballast
from tests.offline_cache.crash import oracle
from tests.offline_cache.crash.runs import MEMORY
from tests.offline_cache.crash.workload import NEXT_SCHEMA, Life, Promises

OPERATIONS = 40


class Deadly(SqliteConnection):
    """Kills its process at a statement."""

    left = 0
    is_before = True

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        Deadly.left -= 1
        if Deadly.left == 0 and Deadly.is_before:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = super().execute(statement, values)
        if Deadly.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows


class Hasty(Deadly):
    """Commits only every fourth time: its callers were told too early."""

    _owed = 0

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        if statement == "COMMIT" and self._owed < 3:
            self._owed += 1
            return []
        if statement == "BEGIN IMMEDIATE" and self._owed:
            return []
        if statement == "COMMIT" or (statement.startswith("PRAGMA") and self._owed):
            self._pay()
        return [] if statement == "COMMIT" else super().execute(statement, values)

    def close(self) -> None:
        if self._owed:
            self._pay()
        super().close()

    def _pay(self) -> None:
        self._owed = 0
        super().execute("COMMIT")


class DeadlyFiles(DiskFiles):
    """Kills its process at a call on a file, which counts as a statement."""

    def create(self, path: Path) -> WritingFile:
        with _deadly():
            return super().create(path)

    def replace(self, path: Path, content: bytes) -> None:
        with _deadly():
            super().replace(path, content)

    def remove(self, path: Path) -> None:
        with _deadly():
            super().remove(path)

    def flush_folder(self, folder: Path) -> None:
        with _deadly():
            super().flush_folder(folder)


@contextmanager
def _deadly() -> Iterator[None]:
    Deadly.left -= 1
    if Deadly.left == 0 and Deadly.is_before:
        os.kill(os.getpid(), signal.SIGKILL)
    is_last = Deadly.left == 0
    yield
    if is_last:
        os.kill(os.getpid(), signal.SIGKILL)


def _live(folder: Path, promised: Path, seed: int, connect: type[SqliteConnection]) -> None:
    """The child's life."""
    life = Life(folder, connect, seed, files=DeadlyFiles())

    def keep() -> None:
        fresh = promised.with_suffix(".new")
        fresh.write_bytes(pickle.dumps(life.promises))
        fresh.replace(promised)

    life.promises.on_change = keep
    keep()
    life.play(OPERATIONS)


def _statements(root: Path, seed: int, connect: type[SqliteConnection]) -> int:
    """How many statements a whole life has."""
    Deadly.left = 0
    _live(root / "whole", root / "whole.promised", seed, connect)
    return -Deadly.left


def _judge(folder: Path, promises: Promises, image_folder: Path) -> str | None:
    """Opens what was left as the program does, closes it, and looks at it."""
    database = Database(folder, ballast=Ballast(folder / "ballast", 4096), migrations=NEXT_SCHEMA)
    database.close()
    if database.salvaged is not None:
        return "unreadable: it had to be salvaged"
    names = [folder / oracle.FILE, *folder.glob("attachments/*"), *folder.glob("vault/*")]
    image = {str(path.relative_to(folder)): path.read_bytes() for path in names}
    return oracle.complaint(image, image_folder, promises)


def run(seed: int, points: int, connect: type[SqliteConnection] = Deadly) -> dict[str, object]:
    """Kills so many lives; returns counts and the first complaint."""
    chance = random.Random(seed)
    root = Path(tempfile.mkdtemp(prefix="by-kill-", dir=MEMORY if MEMORY.is_dir() else None))
    killed, complaints = 0, []
    try:
        (root / "image").mkdir()
        whole = _statements(root, seed, connect)
        for number in range(points):
            folder, promised = root / f"store-{number}", root / f"promised-{number}"
            Deadly.left, Deadly.is_before = chance.randint(1, whole), chance.random() < 0.5
            child = os.fork()
            if child == 0:
                _live(folder, promised, seed, connect)
                os._exit(0)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            promises: Promises = pickle.loads(promised.read_bytes())
            try:
                complaint = _judge(folder, promises, root / "image")
            except (sqlite3.Error, Exception) as error:  # noqa: BLE001 - whatever it is, it is the finding
                complaint = f"not opened: {type(error).__name__}"
            if complaint is not None:
                complaints.append(complaint)
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(root)
    return {
        "points": points,
        "killed": killed,
        "statements": whole,
        "complaints": len(complaints),
        "first": complaints[:1],
    }


if __name__ == "__main__":
    json.dump(run(int(sys.argv[1]), int(sys.argv[2]), Hasty if sys.argv[3:] == ["hasty"] else Deadly), sys.stdout)
    sys.stdout.write("\n")
