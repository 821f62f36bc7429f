"""The attachments' SQL; each operation is idempotent and belongs into a transaction of `GroupCommit`."""

from dataclasses import dataclass
from uuid import UUID

from offline_cache.store.connection import Connection, Row, Value


@dataclass(frozen=True)
class AttachmentRow:
    """One sealed file. `idem`: the item that it belongs to, None while its visit is under way."""

    attachment_id: UUID
    idem: UUID | None
    visit: str
    purpose: str
    media_type: str
    size: int
    sealed_bytes: int
    digest: bytes
    boot_id: str
    created_mono_s: float
    key_id: str
    sent_bytes: int = 0


@dataclass(frozen=True)
class KeptAttachment:
    """A whole sealed file: `size` in bytes and `sha256` of the plain one; `sent_bytes` are at the platform."""

    attachment_id: UUID
    media_type: str
    purpose: str
    size: int
    sha256: bytes
    sent_bytes: int = 0


def kept(row: AttachmentRow) -> KeptAttachment:
    """What others are told of it."""
    return KeptAttachment(row.attachment_id, row.media_type, row.purpose, row.size, row.digest, row.sent_bytes)


_SELECT = (
    "SELECT attachment_id, idem, visit, purpose, media_type, bytes, sealed_bytes, digest, boot_id, created_mono_s, key_id,"
    " sent_bytes FROM attachments "
)


def insert(connection: Connection, row: AttachmentRow) -> None:
    """Puts it in, without an item."""
    connection.execute(
        "INSERT INTO attachments (attachment_id, visit, purpose, media_type, bytes, sealed_bytes, digest, boot_id, created_mono_s,"
        " key_id) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        (
            row.attachment_id.bytes, row.visit, row.purpose, row.media_type, row.size, row.sealed_bytes, row.digest,
            row.boot_id, row.created_mono_s, row.key_id,
        ),
    )  # fmt: skip


def find(connection: Connection, attachment_id: UUID) -> AttachmentRow | None:
    """By id."""
    rows = connection.execute(_SELECT + "WHERE attachment_id=?", (attachment_id.bytes,))
    return next((_row(row) for row in rows), None)


def of_item(connection: Connection, idem: UUID) -> list[AttachmentRow]:
    """Of an item, in their order."""
    rows = connection.execute(_SELECT + "WHERE idem=? ORDER BY position", (idem.bytes,))
    return [_row(row) for row in rows]


def of_visit(connection: Connection, visit: str) -> list[AttachmentRow]:
    """Of a visit that has put no item with them yet, the oldest first."""
    rows = connection.execute(_SELECT + "WHERE idem IS NULL AND visit=? ORDER BY created_mono_s", (visit,))
    return [_row(row) for row in rows]


def all_ids(connection: Connection) -> set[UUID]:
    """Of every row."""
    return {_uuid(row[0]) for row in connection.execute("SELECT attachment_id FROM attachments")}


def drop_unclaimed(connection: Connection, visit: str) -> int:
    """The visit, or with "" every one, has ended without them; returns how many there were."""
    chosen = "DELETE FROM attachments WHERE idem IS NULL AND ?1 IN ('', visit) RETURNING 1"
    return len(list(connection.execute(chosen, (visit,))))


def drop_old(connection: Connection, boot_id: str, before_mono_s: float) -> int:
    """Of visits that must be over: of another boot of the machine, or begun before this moment; returns how many."""
    return len(
        list(
            connection.execute(
                "DELETE FROM attachments WHERE idem IS NULL AND (boot_id <> ? OR created_mono_s < ?) RETURNING 1",
                (boot_id, before_mono_s),
            )
        )
    )


def drop(connection: Connection, attachment_id: UUID) -> None:
    """One that no item owns."""
    connection.execute("DELETE FROM attachments WHERE attachment_id=? AND idem IS NULL", (attachment_id.bytes,))


def sent(connection: Connection, attachment_id: UUID, count: int) -> None:
    """The platform has so many plain bytes of it."""
    connection.execute(
        "UPDATE attachments SET sent_bytes=min(bytes, ?) WHERE attachment_id=?", (count, attachment_id.bytes)
    )


def _row(row: Row) -> AttachmentRow:
    attachment_id, idem, visit, purpose, media_type, size, sealed, digest, boot, mono, key_id, count = row
    assert isinstance(size, int)
    assert isinstance(sealed, int)
    assert isinstance(digest, bytes)
    assert isinstance(mono, int | float)
    assert isinstance(count, int)
    return AttachmentRow(
        _uuid(attachment_id), None if idem is None else _uuid(idem), str(visit), str(purpose), str(media_type), size, sealed,
        digest, str(boot), float(mono), str(key_id), count,
    )  # fmt: skip


def _uuid(value: Value) -> UUID:
    assert isinstance(value, bytes)
    return UUID(bytes=value)
