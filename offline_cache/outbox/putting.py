"""Putting in: what several callers bring goes in by few statements. Within a transaction of `GroupCommit`."""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.base.errors import BudayangError
from offline_cache.outbox import insertion, statements
from offline_cache.outbox.item import NewItem, Waiting
from offline_cache.outbox.kept_keys import as_told
from offline_cache.outbox.stock import Stock
from offline_cache.outbox.trusted_time import TrustedTime
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.record_codec import Binding
from offline_cache.store.connection import Connection, DatabaseError, Fault, Row
from offline_cache.store.database import OPERATION_BYTES, Database
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
    """Seals what is put in and gives it its number; memory follows what is committed. Any thread."""

    def __init__(self, database: Database, keys: EpochKeys, terminal_id: str, time: TrustedTime, stock: Stock) -> None:
        self._database = database
        self._commits = database.commits
        self._keys = keys
        self._terminal_id = terminal_id
        self._time = time
        self._stock = stock
        self._numbers = ItemNumbers()
        self._fingerprint_key: bytes | None = None

    def put_in(self, items: Sequence[NewItem], key_ids: list[str]) -> list[Placed]:
        """All of them or none; `key_ids` gets the keys that are held for them.

        Raises BudayangError as `Outbox.put` does.
        """
        key, moment = self._over_fingerprints(), self._time.moment()
        rows: list[Row] = []
        size = (len(items) - 1) * OPERATION_BYTES
        for item in items:
            binding = Binding(self._terminal_id, item.idem, item.order_key, item.kind, item.schema_version)
            record, key_id = self._keys.seal_under(item.body, binding)
            key_ids.append(key_id)
            size += len(record)
            rows.append(insertion.row_of(item, record, key_id, statements.fingerprint_of(key, item.body), moment))
        self._database.count_bytes(size)

        def taken(placed: list[Placed]) -> None:
            for seq, _, waiting, size, is_dead in placed:
                if waiting is not None:
                    self._numbers.given(seq)
                    self._stock.take_in(waiting, size, moment.mono_s, is_dead=is_dead)
            if moment.offset_s is None:
                self._time.has_undated = True

        put = Put(items, rows)
        try:
            try:
                return self._commits.write_together(self, put, then=taken)
            except KnownError:
                return self._commits.write_together(self, put, then=taken)
        except DatabaseError as error:
            raise as_told(error) from None
        except statements.OtherPayloadError:
            raise BudayangError("offline.other_payload") from None
        except statements.UnknownAttachmentError:
            raise BudayangError("offline.attachment_missing") from None

    def _over_fingerprints(self) -> bytes:
        if self._fingerprint_key is None:
            self._fingerprint_key = self._keys.lasting_key(statements.FINGERPRINT_KEY)
        return self._fingerprint_key

    def is_one_statement(self, puts: Sequence[Put]) -> bool:
        """See `Bulk`."""
        rows = 0
        for put in puts:
            rows += len(put.rows)
            if put.is_looked_up or put.has_attachments:
                return False
        return rows <= insertion.ROWS_AT_ONCE

    def __call__(self, connection: Connection, puts: Sequence[Put]) -> list[list[Placed]]:
        """All of the puts at once where nothing of them is known, which is usual; otherwise see KnownError."""
        last = self._numbers.last(connection)
        for put in puts:
            if put.is_looked_up:
                return self._one_by_one(connection, puts, last)
        rows: list[Row] = []
        for put in puts:
            first = last + 1 + len(rows)
            rows += put.rows
            put.tried += range(first, first + len(put.rows))
        if not insertion.insert_new(connection, rows, last):
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
                known = statements.known(connection, item.idem, insertion.fingerprint_in(row))
                if known is not None:
                    is_repeat = known.seq not in put.tried
                    mine.append(Placed(known.seq, is_repeat, known.waiting, known.bytes, known.is_dead))
                    continue
                put.tried.append(last + 1)
                if not insertion.insert_new(connection, [row], last):
                    # its slip's number is another item's: a mistake of the program
                    raise DatabaseError(Fault.CONSTRAINT)
                last += 1
                mine.append(_placed(connection, item, row, last))
            placed.append(mine)
        return placed


def _placed(connection: Connection, item: NewItem, row: Row, seq: int) -> Placed:
    """Of an item that was just put in."""
    size = insertion.size_of(row)
    if item.attachments:
        size += statements.claim_attachments(connection, item.idem, item.attachments)
    return Placed(seq, False, Waiting(seq, item.idem, item.order_key, item.kind), size)
