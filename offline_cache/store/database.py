"""The store's file: one process holds it, one connection writes it, and nothing in it is ever deleted because it was damaged.

At the start: lock, version (a newer program's file is refused untouched), settings read back, quick check, migration, and a
checkpoint, since a killed process may have left rows in the log that can be read but are not on the disk yet. A damaged
file is moved aside with its log; what can be read goes into a fresh store under its old keys.
"""

import contextlib
import fcntl
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.base.errors import BudayangError
from offline_cache.log_events import log
from offline_cache.store import salvage
from offline_cache.store.connection import (
    PAGE_BYTES,
    WAL_LIMIT_BYTES,
    Connection,
    ConnectionFactory,
    DatabaseError,
    Fault,
    SqliteConnection,
    WrongSettingError,
    configure,
)
from offline_cache.store.group_commit import GroupCommit
from offline_cache.store.schema import MIGRATIONS, Migrations, NewerStoreError, migrate, version_of
from offline_cache.store.space import Ballast

FILE = "store.db"
CHECKPOINT_COMMITS = 200
# what one commit, and each operation in it, adds to the log, in pages rewritten: an estimate that is rather too high
_COMMIT_BYTES = 3 * PAGE_BYTES
OPERATION_BYTES = 2 * PAGE_BYTES
_SHRINK_PAGES = 256


@dataclass(frozen=True)
class StoreFiles:
    """The names in the store's folder."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / FILE

    @property
    def lock(self) -> Path:
        return self.folder / "store.lock"

    @property
    def ballast(self) -> Path:
        return self.folder / "ballast"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"


class Database:
    """Opens the store; `commits` is how everything gets into it.

    Args:
        folder: of the store alone; made with mode 0700.
        connect: opens the file.
        new_id: gives the random id of a fresh store.
        ballast: None for one of the usual size.
        migrations: up to the schema of this program.
        checkpoint_commits: after so many, or when it has about reached its limit, the log is written back.

    Raises:
        BudayangError: ``store.in_use``, ``store.newer``, ``store.not_safe`` (a setting did not take), ``store.disk``.
    """

    def __init__(
        self,
        folder: Path,
        connect: ConnectionFactory = SqliteConnection,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
        ballast: Ballast | None = None,
        migrations: Migrations = MIGRATIONS,
        checkpoint_commits: int = CHECKPOINT_COMMITS,
    ) -> None:
        self.files = StoreFiles(folder)
        self.ballast = ballast or Ballast(self.files.ballast)
        self.salvaged: salvage.Salvaged | None = None
        self._connect = connect
        self._new_id = new_id
        self._migrations = migrations
        self._checkpoint_commits = checkpoint_commits
        self._commits_since = 0
        self._bytes_since = 0
        self._lock = self._take_lock()
        try:
            self.commits = self._open()
            try:
                self.store_id = self.commits.read(_store_id)
            except DatabaseError:
                self.commits.close()
                raise BudayangError("store.disk") from None
        except BaseException:
            os.close(self._lock)
            raise

    def count_bytes(self, size: int) -> None:
        """Tells how much an operation adds beyond `OPERATION_BYTES`, so that the log is written back in time."""
        self._bytes_since += size

    def tidy(self) -> None:
        """After a drain: the log is emptied, free pages go back to the disk, the ballast is made whole again.

        Raises:
            DatabaseError: what was committed stays committed.
        """
        while self.commits.read(_shrink):
            pass  # who puts something in meanwhile goes in between
        self.commits.read(_empty_log)
        self.ballast.restore()

    def close(self) -> None:
        """Writes the log back and gives the folder to others; twice is allowed."""
        if self._lock >= 0:
            try:
                self.commits.close()
            finally:
                os.close(self._lock)
                self._lock = -1

    # -- opening -------------------------------------------------------------------------------------------------

    def _take_lock(self) -> int:
        try:
            self.files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.files.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            raise BudayangError("store.disk") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise BudayangError("store.in_use") from None
        return lock

    def _open(self) -> GroupCommit:
        try:
            self._refuse_newer()
            try:
                commits = self._group_commit()
            except DatabaseError as error:
                if error.fault is not Fault.CORRUPT:
                    raise
                aside = salvage.move_aside(self.files.database)
                log.event("store_damaged", aside=aside.parent.name)
                commits = self._group_commit()
            for aside in salvage.waiting(self.files.database, commits):
                self.salvaged = salvage.salvage(aside, commits, self._connect)
                log.event("store_salvaged", items=self.salvaged.items, lost=self.salvaged.unreadable)
            return commits
        except NewerStoreError:
            raise BudayangError("store.newer") from None
        except WrongSettingError as error:
            log.event("store_setting", setting=str(error).split(" ", 1)[0])
            raise BudayangError("store.not_safe") from None
        except (DatabaseError, OSError):
            raise BudayangError("store.disk") from None

    def _refuse_newer(self) -> None:
        """Looks at the number without writing: closing an ordinary connection would write the log back."""
        if not self.files.database.exists() or self.files.database.stat().st_size == 0:
            return
        try:
            connection = self._connect(self.files.database, read_only=True)
        except DatabaseError:
            return  # whatever it is, it is found out on the way that can mend it
        try:
            if version_of(connection) > max(self._migrations):
                raise NewerStoreError
        except DatabaseError:
            return
        finally:
            connection.close()

    def _group_commit(self) -> GroupCommit:
        return GroupCommit(self._open_with_room, self._make_room, self._is_care_due, self._write_back)

    def _open_with_room(self) -> Connection:
        """On a full disk not even what an open file wants beside it can be made (its log, its index of the log)."""
        try:
            return self._open_connection()
        except (DatabaseError, OSError) as error:
            if isinstance(error, DatabaseError) and error.fault not in (Fault.FULL, Fault.IO):
                raise
            if not self.ballast.throw_off():
                raise
        return self._open_connection()

    def _open_connection(self) -> Connection:
        path = self.files.database
        is_new = not path.exists()
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        # also when it was there: who made it may have been killed before its name was on the disk
        _flush_folder(path.parent)
        with contextlib.suppress(PermissionError):
            _flush_folder(path.parent.parent)
        connection = self._connect(path)
        try:
            configure(connection)
            if not is_new:
                _check(connection)
            migrate(connection, self._migrations)
            connection.execute(
                "INSERT INTO meta (name, value) VALUES ('store_id', ?) ON CONFLICT (name) DO NOTHING", (self._new_id(),)
            )
            _settle(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_care_due(self, operations: int) -> bool:
        if operations:
            self._commits_since += 1
            self._bytes_since += _COMMIT_BYTES + operations * OPERATION_BYTES
        return self._commits_since >= self._checkpoint_commits or self._bytes_since >= WAL_LIMIT_BYTES

    def _write_back(self, connection: Connection) -> None:
        self._commits_since = self._bytes_since = 0
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _make_room(self, connection: Connection | None) -> None:
        """The disk is full: the ballast goes, and the log, which may have grown over it."""
        self.ballast.throw_off()
        if connection is not None:
            with contextlib.suppress(DatabaseError):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _check(connection: Connection) -> None:
    found = next(iter(connection.execute("PRAGMA quick_check(1)")))[0]
    if found != "ok":
        raise DatabaseError(Fault.CORRUPT)


def _store_id(connection: Connection) -> str:
    return str(next(iter(connection.execute("SELECT value FROM meta WHERE name='store_id'")))[0])


def _shrink(connection: Connection) -> bool:
    """Gives some free pages back to the disk; returns whether there were more."""
    free = next(iter(connection.execute("PRAGMA freelist_count")))[0]
    assert isinstance(free, int)
    if free == 0:
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        for _ in range(min(free, _SHRINK_PAGES)):
            # one at a time: a statement without columns is stepped once, and each step frees one page
            connection.execute("PRAGMA incremental_vacuum(1)")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(DatabaseError):
            connection.execute("ROLLBACK")
        raise
    return free > _SHRINK_PAGES


def _settle(connection: Connection) -> None:
    """What the log holds is on the disk afterwards.

    A checkpoint flushes the log before it writes the pages back; on a full disk those stay in the log, which is as safe.
    """
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        if error.fault is not Fault.FULL:
            raise


def _empty_log(connection: Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
