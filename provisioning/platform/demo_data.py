"""The demo's database: citizens cached in one file per seed and month, and a private copy for each running platform.

The copy lets a demo forget wrong tries and ratings at its end, and lets two demos run side by side. A copy or a draft whose
process is gone (killed, power cut) is removed by the next start, and so are the citizens of an earlier month or version.
"""

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

from provisioning.platform import database
from provisioning.platform.citizens import make_citizens
from provisioning.platform.departments.filling import fill_departments
from provisioning.platform.tables import SCHEMA_VERSION


def last_full_month(today: date) -> tuple[int, int]:
    """Year and zero-based month index of the month before `today`: where the demo's accounts end."""
    before = today.replace(day=1) - timedelta(days=1)
    return before.year, before.month - 1


def cached_citizens(folder: Path, seed: int, count: int, today: date) -> Path:
    """The cached file, made when missing: complete or not there, also when two starts race."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    end = last_full_month(today)
    path = folder / f"citizens-v{SCHEMA_VERSION}-{seed}-{count}-{end[0]:04d}{end[1] + 1:02d}.sqlite"
    if path.exists():
        return path
    draft = folder / f"draft-{os.getpid()}.sqlite"
    draft.unlink(missing_ok=True)
    try:
        engine = database.open_engine(database.sqlite_url(draft))
        try:
            database.prepare_schema(engine)
            database.fill(engine, make_citizens(seed, count, end))
            fill_departments(engine, end)
            with engine.connect() as connection:
                # back to one plain file: a copy of it alone must be whole
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        finally:
            engine.dispose()
        draft.chmod(0o600)
        draft.replace(path)
        for earlier in folder.glob(f"citizens-*-{seed}-{count}-*.sqlite"):
            if earlier != path:
                earlier.unlink(missing_ok=True)
    finally:
        for leftover in _files_of(draft):
            leftover.unlink(missing_ok=True)
    return path


def private_copy(folder: Path, citizens: Path) -> Path:
    """A copy of the cached file that belongs to this process."""
    _sweep(folder)
    path = folder / f"live-{os.getpid()}-{os.urandom(4).hex()}.sqlite"
    shutil.copyfile(citizens, path)
    path.chmod(0o600)
    return path


def remove_copy(path: Path) -> None:
    """Removes a private copy and SQLite's files beside it."""
    for file in _files_of(path):
        file.unlink(missing_ok=True)


def _files_of(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]


def _sweep(folder: Path) -> None:
    for path in (*folder.glob("live-*.sqlite"), *folder.glob("draft-*.sqlite")):
        process_id = path.stem.split("-")[1]
        if process_id.isdecimal() and not Path("/proc", process_id).exists():
            remove_copy(path)
