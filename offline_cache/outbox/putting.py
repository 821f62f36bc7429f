"""Putting in: what several callers bring goes in by few statements. Within a transaction of `GroupCommit`."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from offline_cache.outbox import statements
from offline_cache.outbox.item import NewItem, Waiting
from offline_cache.store.connection import Connection, Row


@dataclass(frozen=True)
class Placed:
    """Where an item lies: `waiting` is None when it has ended."""

    seq: int
    is_repeat: bool
    waiting: Waiting | None
    bytes: int = 0
    is_dead: bool = False


@dataclass
class Put:
    """What one caller puts in; `mine`: what it has put in itself, also in a commit of which nobody knew whether it came through."""

    items: Sequence[NewItem]
    rows: list[Row] = field(repr=False)
    mine: set[UUID] = field(default_factory=set)
    is_looked_up: bool = False


class KnownError(Exception):
    """Something of what was put in was there before: all is rolled back, or numbers would be lost, and the put is
    done again with each item looked up."""


def insert_all(connection: Connection, puts: Sequence[Put]) -> list[list[Placed]]:
    """All of the puts at once where nothing of them is known, which is usual; otherwise see KnownError."""
    numbers: Iterator[int | None] = itertools.repeat(None)
    if not any(put.is_looked_up for put in puts):
        found = statements.insert_new(connection, [row for put in puts for row in put.rows])
        if found is None:
            for put in puts:
                put.is_looked_up = True
            raise KnownError
        numbers = iter(found)
    return [
        [_place(connection, put, item, row, next(numbers)) for item, row in zip(put.items, put.rows, strict=True)]
        for put in puts
    ]


def _place(connection: Connection, put: Put, item: NewItem, row: Row, seq: int | None) -> Placed:
    """Of an item that was just put in (`seq`), or that may be known."""
    if seq is None:
        known = statements.known(connection, item.idem, statements.fingerprint_in(row))
        if known is not None:
            return Placed(known.seq, item.idem not in put.mine, known.waiting, known.bytes, known.is_dead)
        numbers = statements.insert_new(connection, [row])
        assert numbers is not None
        seq = numbers[0]
    put.mine.add(item.idem)
    size = statements.size_of(row) + statements.claim_attachments(connection, item.idem, item.attachments)
    return Placed(seq, False, Waiting(seq, item.idem, item.order_key, item.kind), size)
