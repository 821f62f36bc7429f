"""Writes one sealed file: in chunks, hashed on the way, durable before its row is there."""

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.attachments.faults import told
from offline_cache.attachments.statements import AttachmentRow, KeptAttachment, kept
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.file_codec import CHUNK_BYTES, FileSealer, new_header
from offline_cache.store.files import Files, WritingFile

MEDIA_TYPES: dict[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/svg+xml": (b"<svg", b"<?xml"),
}
"""What is taken in, and how such a file begins."""
_BEGINNING = 16


@dataclass(frozen=True)
class Draft:
    """What a file under way will be. `limit`: bytes of all files of its visit."""

    attachment_id: UUID
    visit: str
    media_type: str
    purpose: str
    key_id: str
    limit: int


class Count(Protocol):
    """Tells how large a draft is by now."""

    def __call__(self, draft: Draft, size: int, *, is_whole: bool) -> None:
        """Raises BudayangError ``offline.attachment_too_large``."""


@dataclass(frozen=True)
class Desk:
    """What writers need of the attachments.

    Attributes:
        count: raises when a draft of so many bytes is too large.
        keep: inserts the row, durably.
        ended: the draft is no more under way.
    """

    files: Files
    keys: EpochKeys
    terminal_id: str
    clock: Clock
    boot_id: str
    random_bytes: Callable[[int], bytes]
    path: Callable[[UUID], Path]
    count: Count
    keep: Callable[[AttachmentRow], None]
    ended: Callable[[Draft], None]


class AttachmentWriter:
    """One file under way; a context that gives up a file that was not finished. Made by `Attachments.begin`."""

    def __init__(self, draft: Draft, desk: Desk, key: bytes) -> None:
        self._draft = draft
        self._desk = desk
        self._digest = hashlib.sha256()
        self._beginning = b""
        self._size = 0
        self._counted = 0
        self._sealed_size = 0
        header = new_header(desk.keys.suite, draft.key_id, desk.random_bytes)
        self._sealer = FileSealer(header, key, desk.terminal_id, draft.attachment_id)
        self._file: WritingFile | None = None
        with told():
            self._file = desk.files.create(desk.path(draft.attachment_id))
        try:
            self._write(self._sealer.header)
        except BaseException:
            self._give_up_file()
            raise

    @property
    def attachment_id(self) -> UUID:
        """Of the file that will be there."""
        return self._draft.attachment_id

    def append(self, piece: bytes) -> None:
        """More of the plain file. After an error the file is given up.

        Raises BudayangError ``offline.attachment_too_large``, ``offline.disk_full``, ``offline.disk``.
        """
        try:
            self._size += len(piece)
            if self._size - self._counted >= CHUNK_BYTES:
                self._count(is_whole=False)
            if len(self._beginning) < _BEGINNING:
                self._beginning += bytes(piece[:_BEGINNING])
            self._digest.update(piece)
            self._write(self._sealer.update(piece))
        except BaseException:
            self.abort()
            raise

    def finish(self) -> KeptAttachment:
        """Returns when the whole file and its row would survive a loss of power; an item may claim it now.

        Raises BudayangError ``offline.attachment_type`` (its content is of another type), and as `append` does.
        """
        draft, desk = self._draft, self._desk
        try:
            self._count(is_whole=True)
            if not self._beginning.startswith(MEDIA_TYPES[draft.media_type]):
                raise BudayangError("offline.attachment_type")
            self._write(self._sealer.finish())
            file = self._opened()
            with told():
                file.flush()
                file.close()
                desk.files.flush_folder(desk.path(draft.attachment_id).parent)
        except BaseException:
            self.abort()
            raise
        row = AttachmentRow(
            draft.attachment_id, None, draft.visit, draft.purpose, draft.media_type, self._size, self._sealed_size,
            self._digest.digest(), desk.boot_id, desk.clock.monotonic(), draft.key_id,
        )  # fmt: skip
        try:
            # when this fails the row may be there nevertheless: the file stays, and is collected if it is not
            desk.keep(row)
        finally:
            self._end()
        return kept(row)

    def abort(self) -> None:
        """Gives the file up. Twice, and after `finish`, nothing happens. Never raises."""
        if self._file is not None:
            self._give_up_file()
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.abort()

    def _opened(self) -> WritingFile:
        if self._file is None:
            raise BudayangError("offline.attachment_missing")
        return self._file

    def _count(self, *, is_whole: bool) -> None:
        self._desk.count(self._draft, self._size, is_whole=is_whole)
        self._counted = self._size

    def _write(self, data: bytes) -> None:
        file = self._opened()
        if data:
            with told():
                file.write(data)
            self._sealed_size += len(data)

    def _give_up_file(self) -> None:
        with contextlib.suppress(OSError):
            self._opened().close()
        with contextlib.suppress(OSError):
            self._desk.files.remove(self._desk.path(self._draft.attachment_id))

    def _end(self) -> None:
        self._file = None
        self._desk.ended(self._draft)
