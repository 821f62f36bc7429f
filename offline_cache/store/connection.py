"""One SQLite connection with the settings that keep a promise through a loss of power, and the faults it can have.

The settings are read back: a connection that does not say WAL and FULL is refused, since ``synchronous=NORMAL`` loses
acknowledged rows. Source of each: the SQLite documentation of its pragma; why: docs/offline.md.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

Value = str | bytes | int | float | None
Row = tuple[Value, ...]

WAL_LIMIT_BYTES = 4 * 1024 * 1024
"""The log is cut to this after a checkpoint (`journal_size_limit`)."""
PAGE_BYTES = 4096

_SETTINGS: tuple[tuple[str, str, Value], ...] = (
    # name, what is asked for, what must be read back
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("wal_autocheckpoint", "0", 0),
    ("journal_size_limit", str(WAL_LIMIT_BYTES), WAL_LIMIT_BYTES),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
    ("cell_size_check", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("foreign_keys", "ON", 1),
    ("cache_size", "-4096", -4096),
)


class Fault(str, Enum):
    """What a connection can suffer."""

    FULL = "full"
    IO = "io"
    CORRUPT = "corrupt"
    BUSY = "busy"
    CONSTRAINT = "constraint"
    OTHER = "other"


class DatabaseError(Exception):
    """A statement failed for a reason outside the program; its text is the fault's name alone."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class WrongSettingError(Exception):
    """The connection does not keep its promise: a setting did not take. The text names it."""


class Connection(Protocol):
    """What the store asks of SQLite. Every method raises `DatabaseError`."""

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        """Runs one statement and returns its rows, all of them fetched."""

    def close(self) -> None:
        """Twice is allowed."""


class ConnectionFactory(Protocol):
    """Opens the file; the crash harness puts one in its place that remembers what would be on the disk."""

    def __call__(self, path: Path, *, read_only: bool = False) -> Connection:
        """Opens or makes the file. Raises DatabaseError."""


class SqliteConnection:
    """The standard library's SQLite, in its own transaction mode (none): BEGIN and COMMIT are said."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        address = f"file:{_quoted(path)}?mode={'ro' if read_only else 'rwc'}"
        try:
            # one at a time, by the store's lock
            self._connection = sqlite3.connect(
                address, timeout=2, isolation_level=None, check_same_thread=False, uri=True
            )
        except sqlite3.Error as error:
            raise DatabaseError(_fault_of(error)) from None

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            # not chained: the text may quote a value
            raise DatabaseError(_fault_of(error)) from None

    def close(self) -> None:
        try:
            self._connection.close()
        except sqlite3.Error as error:
            raise DatabaseError(_fault_of(error)) from None


def configure(connection: Connection) -> None:
    """Applies and reads back every setting.

    Raises:
        WrongSettingError: one did not take; the store must not be used.
        DatabaseError: the file cannot be read.
    """
    # before anything is read: then the index of the log lies in this process's memory, and no statement asks for locks
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    if next(iter(connection.execute("PRAGMA page_count")))[0] == 0:
        # these two only take before the first table; a file that is there, perhaps damaged, is not written yet
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for name, wanted, expected in _SETTINGS:
        connection.execute(f"PRAGMA {name}={wanted}")
        read = next(iter(connection.execute(f"PRAGMA {name}")), (None,))[0]
        if read != expected:
            raise WrongSettingError(f"{name} is {read!r}, must be {expected!r}")


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


_FAULTS = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_IOERR: Fault.IO,
    sqlite3.SQLITE_CANTOPEN: Fault.IO,
    sqlite3.SQLITE_CORRUPT: Fault.CORRUPT,
    sqlite3.SQLITE_NOTADB: Fault.CORRUPT,
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_CONSTRAINT: Fault.CONSTRAINT,
}


def fault_of_code(code: int) -> Fault:
    """The fault of an SQLite result code, extended or not."""
    return _FAULTS.get(code & 0xFF, Fault.OTHER)


def _fault_of(error: sqlite3.Error) -> Fault:
    return fault_of_code(getattr(error, "sqlite_errorcode", 0) or 0)
