"""The statement by which items go in. Within a transaction of `GroupCommit`, or as one."""

import functools
from collections.abc import Sequence

from offline_cache.outbox.item import NewItem
from offline_cache.outbox.statements import Moment
from offline_cache.store.connection import Connection, DatabaseError, Fault, Row, Value

_COLUMNS = (
    "seq, idem, order_key, kind, schema_version, slip_number, fingerprint, boot_id, created_mono_s, created_wall_s,"
    " clock_offset_s, trusted_created_s, expires_after_s, bytes, key_id, sealed_body"
)
_WIDTH = _COLUMNS.count(",") + 1
ROWS_AT_ONCE = 32


def row_of(item: NewItem, sealed: bytes, key_id: str, fingerprint: bytes, moment: Moment) -> Row:
    """The values of a new item's columns, without its number, which is the first."""
    boot, mono, wall, offset = moment
    return (
        item.idem.bytes, item.order_key, item.kind, item.schema_version, item.slip_number, fingerprint, boot, mono, wall, offset,
        wall + offset if offset is not None else None, item.expires_after_s, len(sealed), key_id, sealed,
    )  # fmt: skip


def fingerprint_in(row: Row) -> bytes:
    """Of the values that `row_of` gives."""
    fingerprint = row[5]
    assert isinstance(fingerprint, bytes)
    return fingerprint


def size_of(row: Row) -> int:
    """Bytes of the sealed body in the values that `row_of` gives."""
    size = row[12]
    assert isinstance(size, int)
    return size


@functools.cache
def _insertion(count: int) -> str:
    # one that has ended has no key here, which the table refuses as it refuses one that is there: all go in or none
    values = ", ".join(f"column{number}" for number in range(3, _WIDTH + 1))
    key = "CASE WHEN EXISTS (SELECT 1 FROM tombstones WHERE idem = column2) THEN NULL ELSE column2 END"
    marks = ",".join(["(" + ",".join("?" * _WIDTH) + ")"] * count)
    return f"INSERT INTO items ({_COLUMNS}) SELECT column1, {key}, {values} FROM (VALUES {marks})"  # noqa: S608 - names and marks of this file


def insert_new(connection: Connection, rows: Sequence[Row], last: int) -> bool:
    """Puts rows in, numbered from `last` on; returns False when one is known: then the transaction must be rolled back.

    Few statements for many rows: each costs a turn at the interpreter's lock, for which all other threads wait, too.
    """
    try:
        if len(rows) == 1:
            connection.execute(_insertion(1), (last + 1, *rows[0]))
            return True
        for start in range(0, len(rows), ROWS_AT_ONCE):
            values: list[Value] = []
            for row in rows[start : start + ROWS_AT_ONCE]:
                last += 1
                values.append(last)
                values += row
            connection.execute(_insertion(len(values) // _WIDTH), values)
    except DatabaseError as error:
        if error.fault is Fault.CONSTRAINT:
            return False
        raise
    return True
