"""Attachments: sent in parts, resumed at the place that the platform tells, whole when the digest is right."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update

from kiosk.base.clock import Clock
from provisioning.platform.database import upsert
from provisioning.platform.intake import tables
from provisioning.platform.intake.refusals import IntakeRefusedError
from provisioning.platform.intake.wire import CHUNK_BYTES, LARGEST_ATTACHMENT_BYTES, AttachmentState

ORPHAN_S = 60 * 86_400
"""Longer than any store keeps an item."""
_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MEDIA = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True)
class Part:
    """Bytes of an attachment with what their headers tell of the whole."""

    attachment_id: str
    media_type: str
    first: int
    total: int
    sha256: str
    content: bytes


def part_of(attachment_id: str, media_type: str, content_range: str, digest: str, content: bytes) -> Part:
    """A part from its headers.

    Raises:
        IntakeRefusedError: malformed, too_large.
    """
    place, hashed = _RANGE.fullmatch(content_range), _DIGEST.fullmatch(digest)
    if not place or not hashed or not _ID.fullmatch(attachment_id) or not _MEDIA.fullmatch(media_type):
        raise IntakeRefusedError("malformed")
    first, last, total = map(int, place.groups())
    if last - first + 1 != len(content) or not first <= last < total or len(content) > CHUNK_BYTES:
        raise IntakeRefusedError("malformed")
    if total > LARGEST_ATTACHMENT_BYTES:
        raise IntakeRefusedError("too_large")
    try:
        sha256 = base64.b64decode(hashed.group(1), validate=True).hex()
    except binascii.Error:
        raise IntakeRefusedError("malformed") from None
    return Part(attachment_id, media_type, first, total, sha256, content)


class Attachments:
    """Thread-safe: all state is in the database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def state(self, terminal_id: str, attachment_id: str) -> AttachmentState:
        """How much is here; nothing of an unknown one."""
        with self._engine.connect() as connection:
            return _state(connection, terminal_id, attachment_id)

    def append(self, terminal_id: str, part: Part) -> AttachmentState:
        """Adds a part at the end of what is here; a part that does not continue it changes nothing.

        A repeated part is therefore harmless, and the answer always tells where to go on. When the last byte is here the digest
        is compared; where it differs everything is dropped, and the answer is again: nothing received.
        """
        files, parts = tables.attachment, tables.attachment_part
        own = (files.c.terminal_id == terminal_id) & (files.c.attachment_id == part.attachment_id)
        with self._engine.begin() as connection:
            began = {"media_type": part.media_type, "bytes": part.total, "sha256": part.sha256}
            connection.execute(
                upsert(connection, files)
                .values(
                    terminal_id=terminal_id,
                    attachment_id=part.attachment_id,
                    received=0,
                    is_whole=0,
                    began_at=int(self._clock.now().timestamp() * 1000),
                    **began,
                )
                .on_conflict_do_nothing()
            )
            # the row's lock makes two uploads of one file follow each other
            moved = connection.execute(
                update(files)
                .where(
                    own,
                    files.c.received == part.first,
                    files.c.is_whole == 0,
                    files.c.bytes == part.total,
                    files.c.sha256 == part.sha256,
                    files.c.media_type == part.media_type,
                )
                .values(received=part.first + len(part.content))
            )
            if moved.rowcount == 1:
                connection.execute(
                    parts.insert().values(
                        terminal_id=terminal_id,
                        attachment_id=part.attachment_id,
                        first=part.first,
                        content=part.content,
                    )
                )
                if part.first + len(part.content) == part.total:
                    is_right = _digest(connection, terminal_id, part.attachment_id) == part.sha256
                    if not is_right:
                        connection.execute(delete(parts).where(_parts_of(terminal_id, part.attachment_id)))
                    values = {"is_whole": 1} if is_right else {"received": 0}
                    connection.execute(update(files).where(own).values(**values))
            elif not _is_same_file(connection, terminal_id, part):
                raise IntakeRefusedError("other_payload")
            return _state(connection, terminal_id, part.attachment_id)

    def collect(self, terminal_id: str) -> int:
        """Drops what no item of the terminal has come for in a long time; returns how many."""
        files, parts = tables.attachment, tables.attachment_part
        before = int(self._clock.now().timestamp() * 1000) - ORPHAN_S * 1000
        with self._engine.begin() as connection:
            orphans = connection.scalars(
                select(files.c.attachment_id)
                .where(files.c.terminal_id == terminal_id, files.c.item_key.is_(None), files.c.began_at < before)
                .with_for_update()
            ).all()
            for table in (parts, files):
                connection.execute(
                    delete(table).where(table.c.terminal_id == terminal_id, table.c.attachment_id.in_(orphans))
                )
        return len(orphans)


def _parts_of(terminal_id: str, attachment_id: str) -> ColumnElement[bool]:
    parts = tables.attachment_part
    return (parts.c.terminal_id == terminal_id) & (parts.c.attachment_id == attachment_id)


def _digest(connection: Connection, terminal_id: str, attachment_id: str) -> str:
    parts = tables.attachment_part
    digest = hashlib.sha256()
    places = connection.scalars(
        select(parts.c.first).where(_parts_of(terminal_id, attachment_id)).order_by(parts.c.first)
    )
    for first in places.all():
        digest.update(
            connection.scalar(
                select(parts.c.content).where(_parts_of(terminal_id, attachment_id), parts.c.first == first)
            )
            or b""
        )
    return digest.hexdigest()


def _is_same_file(connection: Connection, terminal_id: str, part: Part) -> bool:
    files = tables.attachment
    row = connection.execute(
        select(files.c.bytes, files.c.sha256, files.c.media_type).where(
            files.c.terminal_id == terminal_id, files.c.attachment_id == part.attachment_id
        )
    ).one()
    return (row.bytes, row.sha256, row.media_type) == (part.total, part.sha256, part.media_type)


def _state(connection: Connection, terminal_id: str, attachment_id: str) -> AttachmentState:
    files = tables.attachment
    row = connection.execute(
        select(files.c.received, files.c.is_whole).where(
            files.c.terminal_id == terminal_id, files.c.attachment_id == attachment_id
        )
    ).one_or_none()
    return AttachmentState(row.received, bool(row.is_whole)) if row is not None else AttachmentState(0, False)
