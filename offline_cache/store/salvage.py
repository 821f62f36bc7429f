"""What becomes of a damaged store: it is moved aside whole, and what can still be read is taken over under its old keys."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from offline_cache.store import item_numbers
from offline_cache.store.connection import Connection, ConnectionFactory, DatabaseError, Fault, Row, Value
from offline_cache.store.group_commit import GroupCommit

_SUFFIXES = ("", "-wal", "-shm", "-journal")
_ITEM_COLUMNS = (
    "idem", "order_key", "kind", "schema_version", "slip_number", "fingerprint", "boot_id", "created_mono_s", "created_wall_s",
    "clock_offset_s", "trusted_created_s", "expires_after_s", "attempts", "last_code", "state", "reason", "bytes", "key_id",
    "sealed_body",
)  # fmt: skip
_ATTACHMENT_COLUMNS = (
    "attachment_id", "idem", "position", "visit", "purpose", "media_type", "bytes", "sealed_bytes", "digest", "boot_id",
    "created_mono_s", "key_id", "sent_bytes",
)  # fmt: skip
# what must be so in the fresh store for a row of the table, by its columns: otherwise the row stays in the damaged file only
_NEEDS = {
    "attachments": "?2 IS NULL OR EXISTS (SELECT 1 FROM items WHERE items.idem = ?2)",
    # ended in the meantime, in the fresh store: not again
    "items": "NOT EXISTS (SELECT 1 FROM tombstones WHERE tombstones.idem = ?1)",
}
_TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("keys", ("key_id", "wrapped")),
    ("items", _ITEM_COLUMNS),
    ("attachments", _ATTACHMENT_COLUMNS),
    ("cases", ("case_id", "number", "kind", "end_state", "ended_wall_s", "is_acknowledged")),
    ("journal", ("case_id", "position", "step", "outcome", "key_id", "sealed_body")),
    # the number is one of the damaged store, which the fresh one does not continue
    ("tombstones", ("idem", "-abs(seq)", "slip_number", "end_state", "receipt", "ended_trusted_s", "fingerprint")),
)  # fmt: skip
_DONE = "INSERT INTO meta (name, value) VALUES (?, '') ON CONFLICT DO NOTHING"
# where one place is damaged another one may tell it
_LAST_SEQ = {
    "items": ("SELECT max(seq) FROM items", "SELECT max(seq) FROM items INDEXED BY sqlite_autoindex_items_1"),
    "journal": ("SELECT seq FROM sqlite_sequence WHERE name='journal'", "SELECT max(seq) FROM journal"),
}


@dataclass(frozen=True)
class Salvaged:
    """What was taken over: rows by kind, and how many could not be read."""

    aside: Path
    items: int
    others: int
    unreadable: int


def move_aside(database: Path) -> Path:
    """Moves the file with its log into a folder of its own beside it; returns the file's new place. Raises OSError."""
    number = 1
    while (folder := database.parent / f"damaged-{number}").exists():
        number += 1
    folder.mkdir(mode=0o700)
    for suffix in _SUFFIXES:
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.replace(folder / part.name)
    for place in (folder, database.parent):
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return folder / database.name


def salvage(aside: Path, commits: GroupCommit, connect: ConnectionFactory) -> Salvaged:
    """Copies every readable row into the fresh store. Raises DatabaseError when the fresh store cannot take them."""
    counts = {"items": 0, "others": 0, "unreadable": 0}
    try:
        damaged = connect(aside, read_only=True)
    except DatabaseError:
        return Salvaged(aside, 0, 0, 0)
    try:
        for table, columns in _TABLES:
            rows, unreadable = _readable(damaged, table, columns)
            counts["unreadable"] += unreadable
            taken = commits.write(partial(_insert, table, columns, rows))
            counts["items" if table == "items" else "others"] += taken
    finally:
        damaged.close()
    commits.write(lambda connection: list(connection.execute(_DONE, (f"salvaged {aside.parent.name}",))))
    return Salvaged(aside, **counts)


def waiting(database: Path, commits: GroupCommit) -> list[Path]:
    """Damaged files that were moved aside and not taken over yet: the process may have been killed in between."""
    done = commits.read(lambda connection: {str(row[0]) for row in connection.execute("SELECT name FROM meta")})
    folders = sorted(database.parent.glob("damaged-*"))
    return [folder / database.name for folder in folders if f"salvaged {folder.name}" not in done]


def _readable(damaged: Connection, table: str, columns: Sequence[str]) -> tuple[list[Row], int]:
    """The rows that can be read, in order; one by one where a whole reading fails."""
    names = ", ".join(columns)
    try:
        return list(damaged.execute(f"SELECT {names} FROM {table}")), 0
    except DatabaseError:
        pass
    found: list[Row] = []
    unreadable = 0
    last = _last_seq(damaged, table) if table in _LAST_SEQ else None
    if last is not None:
        for seq in range(1, last + 1):
            try:
                found += damaged.execute(f"SELECT {names} FROM {table} WHERE seq=?", (seq,))
            except DatabaseError:
                unreadable += 1
        return found, unreadable
    return _by_steps(damaged, table, columns)


def _by_steps(damaged: Connection, table: str, columns: Sequence[str]) -> tuple[list[Row], int]:
    """A table without row numbers, from its beginning until the damage and from its end back to it."""
    names, key = ", ".join(columns), columns[0]
    found: dict[Value, Row] = {}
    for order, comparison in (("ASC", ">"), ("DESC", "<")):
        last: Value = None
        while True:
            where = "" if last is None else f"WHERE {key} {comparison} ?"
            try:
                step = list(
                    damaged.execute(
                        f"SELECT {names} FROM {table} {where} ORDER BY {key} {order} LIMIT 1",
                        () if last is None else (last,),
                    )
                )
            except DatabaseError:
                break
            if not step:
                return list(found.values()), 0
            last = step[0][0]
            found[last] = step[0]
    return list(found.values()), 1


def _last_seq(damaged: Connection, table: str) -> int | None:
    """The highest number that may lie in the table; None when nothing tells it."""
    found: list[int] = []
    for statement in _LAST_SEQ[table]:
        try:
            value = next(iter(damaged.execute(statement)), (None,))[0]
        except DatabaseError:
            continue
        if isinstance(value, int):
            found.append(value)
    return max(found, default=None)


def _insert(table: str, columns: Sequence[str], rows: Iterable[Row], connection: Connection) -> int:
    names, marks = (
        ", ".join(columns).replace("-abs(seq)", "seq"),
        ", ".join(f"?{n}" for n in range(1, len(columns) + 1)),
    )
    if table == "items":
        names, marks = "seq, " + names, f"?{len(columns) + 1}, {marks}"
    needs = _NEEDS.get(table, "true")
    statement = f"INSERT INTO {table} ({names}) SELECT {marks} WHERE {needs} ON CONFLICT DO NOTHING RETURNING 1"
    count, last = 0, item_numbers.last_number(connection)
    for row in rows:
        try:
            taken = len(list(connection.execute(statement, (*row, last + 1) if table == "items" else row)))
        except DatabaseError as error:
            # readable, but no row of this table (a value is missing): it stays in the damaged file, the others go on
            if error.fault not in (Fault.OTHER, Fault.CONSTRAINT):
                raise
            continue
        count, last = count + taken, last + taken
    return count
