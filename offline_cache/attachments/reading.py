"""Reads a sealed file in any parts: each chunk is checked before a byte of it is given out."""

from typing import Self

from kiosk.base.errors import BudayangError
from offline_cache.attachments.faults import damage
from offline_cache.attachments.statements import AttachmentRow
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.file_codec import CHUNK_BYTES, LONGEST_HEADER, FileOpener, decode_header
from offline_cache.store.files import ReadingFile

_LONGEST_READ = 1 << 20


class AttachmentReader:
    """A plain file in any parts; a context. Made by `Attachments.open_plain`.

    Attributes:
        size: of the plain file.
        sha256: of it, 32 bytes.
        media_type: IANA.
    """

    def __init__(self, file: ReadingFile, row: AttachmentRow, keys: EpochKeys, terminal_id: str) -> None:
        self._file = file
        self.size = row.size
        self.sha256 = row.digest
        self.media_type = row.media_type
        self._chunk: tuple[int, bytes] = (-1, b"")
        with damage():
            header = decode_header(file.read_at(0, LONGEST_HEADER))
            if header.key_id != row.key_id or file.size != row.sealed_bytes:
                raise BudayangError("store.cannot_open")
            self._opener = FileOpener(header, keys.key(header.key_id), terminal_id, row.attachment_id, file.size)
            if self._opener.size != row.size:
                raise BudayangError("store.cannot_open")

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` plain bytes (1 MiB at a time), fewer only at the end; each chunk's tag is checked.

        Raises:
            BudayangError: ``offline.attachment_damaged``.
            ValueError: a negative place, or too much at a time.
        """
        if offset < 0 or not 0 <= count <= _LONGEST_READ:
            raise ValueError("a part of a file is asked for by its place and at most 1 MiB")
        found = bytearray()
        end = min(self.size, offset + count)
        with damage():
            while offset < end:
                number, within = divmod(offset, CHUNK_BYTES)
                piece = self._opened(number)[within : within + end - offset]
                found += piece
                offset += len(piece)
        return bytes(found)

    def close(self) -> None:
        """Twice is allowed."""
        self._chunk = (-1, b"")
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opened(self, number: int) -> bytes:
        if self._chunk[0] != number:
            self._chunk = (number, self._opener.open(number, self._file.read_at(*self._opener.place(number))))
        return self._chunk[1]
