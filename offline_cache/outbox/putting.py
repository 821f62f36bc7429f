"""Putting in: what several callers bring goes in by few statements. Within a transaction of `GroupCommit`."""

from collections.abc import Sequence
from typing import NamedTuple

from offline_cache.outbox import statements
from offline_cache.outbox.item import NewItem, Waiting
from offline_cache.store.connection import Connection, DatabaseError, Fault, Row
from offline_cache.store.item_numbers import ItemNumbers


class Placed(NamedTuple):
    """Where an item lies: `waiting` is None when it has ended."""

    seq: int
    is_repeat: bool
    waiting: Waiting | None
    bytes: int = 0
    is_dead: bool = False


class Put:
    """What one caller puts in; `tried`: the numbers under which it did, also in a commit of which nobody knew whether it came
    through: what lies under one of them is no repeat."""

    __slots__ = ("has_attachments", "is_looked_up", "items", "rows", "tried")

    def __init__(self, items: Sequence[NewItem], rows: Sequence[Row]) -> None:
        self.items = items
        self.rows = rows
        self.tried: list[int] = []
        self.is_looked_up = False
        self.has_attachments = False
        for item in items:
            if item.attachments:
                self.has_attachments = True


class KnownError(Exception):
    """Something of what was put in was there before: all is rolled back, or numbers would be lost, and the put is
    done again with each item looked up."""


class Intake:
    """Puts in; `numbers` follow what is committed, which who asked tells them (`ItemNumbers.given`)."""

    def __init__(self) -> None:
        self.numbers = ItemNumbers()

    def is_one_statement(self, puts: Sequence[Put]) -> bool:
        """See `Bulk`."""
        rows = 0
        for put in puts:
            rows += len(put.rows)
            if put.is_looked_up or put.has_attachments:
                return False
        return rows <= statements.ROWS_AT_ONCE

    def __call__(self, connection: Connection, puts: Sequence[Put]) -> list[list[Placed]]:
        """All of the puts at once where nothing of them is known, which is usual; otherwise see KnownError."""
        last = self.numbers.last(connection)
        for put in puts:
            if put.is_looked_up:
                return self._one_by_one(connection, puts, last)
        rows: list[Row] = []
        for put in puts:
            first = last + 1 + len(rows)
            rows += put.rows
            put.tried += range(first, first + len(put.rows))
        if not statements.insert_new(connection, rows, last):
            for put in puts:
                del put.tried[-len(put.rows) :]
                put.is_looked_up = True
            raise KnownError
        placed: list[list[Placed]] = []
        for put in puts:
            mine = []
            for item, row in zip(put.items, put.rows, strict=True):
                last += 1
                mine.append(_placed(connection, item, row, last))
            placed.append(mine)
        return placed

    def _one_by_one(self, connection: Connection, puts: Sequence[Put], last: int) -> list[list[Placed]]:
        placed: list[list[Placed]] = []
        for put in puts:
            mine = []
            for item, row in zip(put.items, put.rows, strict=True):
                known = statements.known(connection, item.idem, statements.fingerprint_in(row))
                if known is not None:
                    is_repeat = known.seq not in put.tried
                    mine.append(Placed(known.seq, is_repeat, known.waiting, known.bytes, known.is_dead))
                    continue
                put.tried.append(last + 1)
                if not statements.insert_new(connection, [row], last):
                    # its slip's number is another item's: a mistake of the program
                    raise DatabaseError(Fault.CONSTRAINT)
                last += 1
                mine.append(_placed(connection, item, row, last))
            placed.append(mine)
        return placed


def _placed(connection: Connection, item: NewItem, row: Row, seq: int) -> Placed:
    """Of an item that was just put in."""
    idem = item.idem
    size = statements.size_of(row)
    if item.attachments:
        size += statements.claim_attachments(connection, idem, item.attachments)
    return Placed(seq, False, Waiting(seq, idem, item.order_key, item.kind), size)
