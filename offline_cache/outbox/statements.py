"""The outbox's SQL; each operation is idempotent and belongs into a transaction of `GroupCommit`."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from offline_cache.outbox.expiry import trusted_creation
from offline_cache.outbox.item import AttachmentRef, DeadLetter, End, ItemState, State, Waiting
from offline_cache.store import item_numbers
from offline_cache.store.connection import Connection, Row, Value

KEPT_TOMBSTONES_S = 90 * 86_400.0


class Moment(NamedTuple):
    """Facts of the moment of a put; `offset_s` is trusted time less wall time, None while unknown."""

    boot_id: str
    mono_s: float
    wall_s: float
    offset_s: float | None


FINGERPRINT_KEY = "fingerprints"
"""Id of the lasting key over fingerprints."""


def fingerprint_of(key: bytes, body: bytes) -> bytes:
    """HMAC-SHA-256 of the plaintext, by which a repeat is told from another payload under the same key.

    Keyed, since a body may be guessed (a rating has few values): a bare hash on the disk would tell it.
    """
    return hmac.digest(key, body, "sha256")


class OtherPayloadError(Exception):
    """The key is known with another body: a mistake of the program, nothing was stored."""


class UnknownAttachmentError(Exception):
    """An attachment is not there; nothing was stored."""


def one(rows: Iterable[Row]) -> Row | None:
    """The only row, or None."""
    return next(iter(rows), None)


@dataclass(frozen=True)
class Known:
    """An item that was there before; `waiting` is None when it has ended."""

    seq: int
    waiting: Waiting | None = None
    is_dead: bool = False
    bytes: int = 0


def known(connection: Connection, idem: UUID, fingerprint: bytes) -> Known | None:
    """What lies under the key; None for nothing. Raises OtherPayloadError."""
    row = one(
        connection.execute(
            "SELECT seq, idem, order_key, kind, attempts, state = 'dead', fingerprint, bytes + (SELECT"
            " coalesce(sum(a.sealed_bytes), 0) FROM attachments a WHERE a.idem = items.idem) FROM items WHERE idem=?",
            (idem.bytes,),
        )
    )
    if row is not None:
        if row[6] != fingerprint:
            raise OtherPayloadError
        return Known(_whole(row[0]), waiting_of(row[:5]), bool(row[5]), _whole(row[7]))
    row = one(connection.execute("SELECT seq, fingerprint FROM tombstones WHERE idem=?", (idem.bytes,)))
    if row is None:
        return None
    if row[1] != fingerprint:
        raise OtherPayloadError
    return Known(abs(_whole(row[0])))


UNDATED_S = -1.0
"""The end's date while no time is trusted."""


def end(connection: Connection, idem: UUID, how: End, receipt: str | None, trusted_s: float) -> bool:
    """The item has ended: its body goes, a tombstone stays; returns whether it was there.

    One that a person took back while it was under way, and that the platform had accepted, was accepted.
    """
    row = one(
        connection.execute("DELETE FROM items WHERE idem=? RETURNING seq, slip_number, fingerprint", (idem.bytes,))
    )
    if row is None:
        if how is End.ACCEPTED:
            connection.execute(
                "UPDATE tombstones SET end_state=?, receipt=? WHERE idem=? AND end_state<>?1",
                (how.value, receipt, idem.bytes),
            )
        return False
    connection.execute(
        "INSERT INTO tombstones (idem, seq, slip_number, end_state, receipt, ended_trusted_s, fingerprint) VALUES (?,?,?,?,?,?,?)"
        " ON CONFLICT (idem) DO NOTHING",
        (idem.bytes, row[0], row[1], how.value, receipt, trusted_s, row[2]),
    )
    return True


def postpone(connection: Connection, idem: UUID, attempts: int, code: str) -> None:
    """Keeps how often it was tried and what came back."""
    connection.execute(
        "UPDATE items SET attempts=?, last_code=? WHERE idem=? AND state='queued'", (attempts, code, idem.bytes)
    )


def bury(connection: Connection, idem: UUID, reason: str, code: str | None, attempts: int) -> bool:
    """Makes a dead letter of it; returns whether it was queued."""
    return bool(
        list(
            connection.execute(
                "UPDATE items SET state='dead', reason=?, last_code=coalesce(?, last_code), attempts=? WHERE idem=?"
                " AND state='queued' RETURNING 1",
                (reason, code, attempts, idem.bytes),
            )
        )
    )


def queued_one(connection: Connection, idem: UUID) -> Waiting | None:
    """A queued item; None when there is none of this key."""
    row = one(
        connection.execute(
            "SELECT seq, idem, order_key, kind, attempts FROM items WHERE idem=? AND state='queued'", (idem.bytes,)
        )
    )
    return waiting_of(row) if row is not None else None


def is_dead(connection: Connection, idem: UUID) -> bool:
    """Whether it is a dead letter."""
    return bool(list(connection.execute("SELECT 1 FROM items WHERE idem=? AND state='dead'", (idem.bytes,))))


def revive(connection: Connection, idem: UUID) -> Waiting | None:
    """Queues a dead letter again, with its old number; None when there is no such dead letter."""
    row = one(
        connection.execute(
            "UPDATE items SET state='queued', reason=NULL, attempts=0 WHERE idem=? AND state='dead'"
            " RETURNING seq, idem, order_key, kind, attempts",
            (idem.bytes,),
        )
    )
    return waiting_of(row) if row is not None else None


def waiting_of(row: Row) -> Waiting:
    """From seq, idem, order_key, kind, attempts."""
    seq, idem, order_key, kind, attempts = row
    return Waiting(_whole(seq), _uuid(idem), str(order_key), str(kind), _whole(attempts))


def dead(connection: Connection) -> list[DeadLetter]:
    """All dead letters, in their order."""
    rows = connection.execute(
        "SELECT seq, idem, order_key, kind, reason, attempts, last_code, created_wall_s FROM items WHERE state='dead' ORDER BY seq"
    )
    return [
        DeadLetter(
            _whole(seq), _uuid(idem), str(key), str(kind), str(reason), _whole(attempts), _text(code), _number(created)
        )
        for seq, idem, key, kind, reason, attempts, code, created in rows
    ]  # fmt: skip


def state_of(connection: Connection, idem: UUID | None, slip_number: str | None = None) -> ItemState | None:
    """By key or by slip number; None when this store has never had it, or has forgotten it."""
    values = (idem.bytes if idem is not None else None, slip_number)
    row = one(connection.execute("SELECT state, slip_number, reason FROM items WHERE idem=? OR slip_number=?", values))
    if row is not None:
        return ItemState(State(str(row[0])), _text(row[1]), reason=_text(row[2]))
    row = one(
        connection.execute(
            "SELECT end_state, slip_number, receipt FROM tombstones WHERE idem=? OR slip_number=?", values
        )
    )
    return ItemState(End(str(row[0])), _text(row[1]), _text(row[2])) if row is not None else None


def claim_attachments(connection: Connection, idem: UUID, attachments: Iterable[UUID]) -> int:
    """Gives sealed files that nobody owns yet to the item, in their order; returns their bytes on the disk.

    Raises:
        UnknownAttachmentError: one is not there, or belongs to another item.
    """
    size = 0
    for position, attachment_id in enumerate(attachments):
        row = one(
            connection.execute(
                "UPDATE attachments SET idem=?, position=? WHERE attachment_id=? AND idem IS NULL RETURNING sealed_bytes",
                (idem.bytes, position, attachment_id.bytes),
            )
        )
        if row is None:
            raise UnknownAttachmentError
        size += _whole(row[0])
    return size


@dataclass(frozen=True)
class Sendable:
    """What sending needs of a queued item."""

    schema_version: int
    slip_number: str | None
    sealed: bytes = field(repr=False)
    created_wall_s: float
    trusted_created_s: float | None
    attachments: tuple[AttachmentRef, ...]


def sendable(connection: Connection, idem: UUID) -> Sendable | None:
    """A queued item as it lies; None when it has ended."""
    row = one(
        connection.execute(
            "SELECT schema_version, slip_number, sealed_body, created_wall_s, trusted_created_s,"
            " (SELECT count(*) FROM attachments a WHERE a.idem = items.idem) FROM items WHERE idem=? AND state='queued'",
            (idem.bytes,),
        )
    )
    if row is None:
        return None
    version, slip_number, sealed, created, trusted, count = row
    assert isinstance(sealed, bytes)
    attachments: tuple[AttachmentRef, ...] = ()
    if count:
        found = connection.execute(
            "SELECT attachment_id, media_type FROM attachments WHERE idem=? ORDER BY position", (idem.bytes,)
        )
        attachments = tuple(AttachmentRef(_uuid(attachment_id), str(media)) for attachment_id, media in found)
    date = _number(trusted) if trusted is not None else None
    return Sendable(_whole(version), _text(slip_number), sealed, _number(created), date, attachments)


@dataclass(frozen=True)
class Lying:
    """An item that has not ended, as the store is opened. `trusted_created_s` is None while undated."""

    waiting: Waiting
    is_dead: bool
    bytes: int
    boot_id: str
    created_mono_s: float
    trusted_created_s: float | None


def lying(connection: Connection) -> list[Lying]:
    """All of them, in their order; bytes with attachments."""
    rows = connection.execute(
        "SELECT seq, idem, order_key, kind, attempts, state = 'dead', bytes + (SELECT coalesce(sum(a.sealed_bytes), 0) FROM"
        " attachments a WHERE a.idem = items.idem), boot_id, created_mono_s, trusted_created_s FROM items ORDER BY seq"
    )
    return [
        Lying(
            waiting_of(row[:5]), bool(row[5]), _whole(row[6]), str(row[7]), _number(row[8]),
            None if row[9] is None else _number(row[9]),
        )
        for row in rows
    ]  # fmt: skip


def counts(connection: Connection) -> tuple[int, dict[str, int], dict[str, int]]:
    """The highest number ever given, queued items by kind, dead letters by reason."""
    kinds = connection.execute("SELECT kind, count(*) FROM items WHERE state='queued' GROUP BY kind ORDER BY kind")
    reasons = connection.execute(
        "SELECT reason, count(*) FROM items WHERE state='dead' GROUP BY reason ORDER BY reason"
    )
    return (
        item_numbers.last_number(connection),
        {str(kind): _whole(count) for kind, count in kinds},
        {str(reason): _whole(count) for reason, count in reasons},
    )


def date_undated(connection: Connection, boot: str, mono_s: float, trusted_s: float) -> None:
    """Gives every item without a trusted date the one that `trusted_creation` finds; an end without one is dated now."""
    rows = connection.execute("SELECT seq, boot_id, created_mono_s FROM items WHERE trusted_created_s IS NULL")
    for seq, of_boot, created in list(rows):
        date = trusted_creation(str(of_boot), _number(created), boot, mono_s, trusted_s)
        connection.execute("UPDATE items SET trusted_created_s=? WHERE seq=?", (date, seq))
    connection.execute("UPDATE tombstones SET ended_trusted_s=? WHERE ended_trusted_s < 0", (trusted_s,))


def dated(connection: Connection) -> list[tuple[UUID, float, float]]:
    """Queued items with a limit and a trusted date: key, date, limit."""
    rows = connection.execute(
        "SELECT idem, trusted_created_s, expires_after_s FROM items WHERE state='queued' AND expires_after_s IS NOT NULL"
        " AND trusted_created_s IS NOT NULL ORDER BY seq"
    )
    return [(_uuid(idem), _number(date), _number(limit)) for idem, date, limit in rows]


def forget_tombstones(connection: Connection, before_s: float) -> None:
    """Those that ended before this moment of trusted time; the highest of their numbers is kept, none is given again."""
    rows = connection.execute(
        "DELETE FROM tombstones WHERE ended_trusted_s >= 0 AND ended_trusted_s < ? RETURNING seq", (before_s,)
    )
    if (highest := max((_whole(row[0]) for row in rows), default=0)) > 0:
        item_numbers.forget(connection, highest)


def unused_keys(connection: Connection, in_use: frozenset[str]) -> list[str]:
    """Destroys the wrapped keys under which nothing lies any more, except those `in_use`; returns their ids."""
    kept = in_use | {FINGERPRINT_KEY}
    rows = connection.execute(
        "SELECT key_id FROM keys k WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE key_id = k.key_id)"
        " AND NOT EXISTS (SELECT 1 FROM journal WHERE key_id = k.key_id)"
    )
    unused = []
    for key_id in [str(row[0]) for row in rows]:
        # the last one without an index: items of an old key lie at the beginning and are found at once
        if key_id in kept or list(connection.execute("SELECT 1 FROM items WHERE key_id=? LIMIT 1", (key_id,))):
            continue
        connection.execute("DELETE FROM keys WHERE key_id=?", (key_id,))
        unused.append(key_id)
    return unused


def _whole(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _number(value: Value) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _text(value: Value) -> str | None:
    return str(value) if value is not None else None


def _uuid(value: Value) -> UUID:
    assert isinstance(value, bytes)
    return UUID(bytes=value)
