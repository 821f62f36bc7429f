"""Sealed files of any size: in chunks, so that memory stays bounded and any part can be read alone. Pure.

Layout (lengths in bytes): version 1 (``01``) · suite 1 · length of the key id 1 · key id (ASCII) · salt 32 · then chunks of 65,536
bytes of plaintext, each as ciphertext and tag (16); only the last is shorter, and it is empty only in an empty file.

The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-
Resistance", CRYPTO 2015): a chunk's nonce is 7 zero bytes · its number 4 · 1 for the last, else 0, so that chunks cannot be moved,
repeated, left out, or cut off at the end. The key is the file's own: HKDF from the data key with the salt, bound to the header, the
terminal and the file's id; so no nonce is ever used twice, and a file under another name does not open.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.base.errors import BudayangError
from offline_cache.sealing.record_codec import NONCE_BYTES, TAG_BYTES
from offline_cache.sealing.suites import KEY_BYTES, Suite, SuiteId, suite_of

VERSION = 1
CHUNK_BYTES = 1 << 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
SALT_BYTES = 32
LONGEST_HEADER = 3 + 64 + SALT_BYTES
_LABEL = b"budayang sealed file 1"


@dataclass(frozen=True)
class Header:
    """A sealed file's beginning."""

    suite: int
    key_id: str
    salt: bytes

    def encode(self) -> bytes:
        """Its bytes. Raises ValueError for a key id that does not fit."""
        key_id = self.key_id.encode("ascii")
        if not 0 < len(key_id) <= 64 or len(self.salt) != SALT_BYTES:
            raise ValueError("a header wants a key id of 1 to 64 bytes and a salt of 32")
        return bytes((VERSION, self.suite, len(key_id))) + key_id + self.salt

    @property
    def size(self) -> int:
        """In bytes."""
        return 3 + len(self.key_id) + SALT_BYTES


def decode_header(data: bytes) -> Header:
    """From a file's first `LONGEST_HEADER` bytes. Raises BudayangError ``store.cannot_open``."""
    if len(data) < 3 or data[0] != VERSION:
        raise BudayangError("store.cannot_open")
    start = 3 + data[2]
    if not 0 < data[2] <= 64 or len(data) < start + SALT_BYTES or not data[3:start].isascii():
        raise BudayangError("store.cannot_open")
    return Header(data[1], data[3:start].decode("ascii"), data[start : start + SALT_BYTES])


def sealed_size(header: Header, size: int) -> int:
    """Bytes of the sealed file of so many plain ones."""
    return header.size + size + _chunks(size) * TAG_BYTES


def plain_size(header: Header, size: int) -> int:
    """Plain bytes of a sealed file of so many. Raises BudayangError ``store.cannot_open`` when none has that size."""
    body = size - header.size
    whole, rest = divmod(body, SEALED_CHUNK_BYTES)
    if body < TAG_BYTES or 0 < rest < TAG_BYTES or (rest == TAG_BYTES and whole > 0):
        raise BudayangError("store.cannot_open")
    return body - (whole + (rest > 0)) * TAG_BYTES


def _chunks(size: int) -> int:
    return max(1, -(-size // CHUNK_BYTES))


class _Chunks:
    """Seals and opens the chunks of one file."""

    def __init__(self, header: Header, key: bytes, terminal_id: str, file_id: UUID) -> None:
        self.suite: Suite = suite_of(header.suite)
        digest = hashes.SM3() if header.suite == SuiteId.SM4_GCM else hashes.SHA256()
        parts = (header.encode(), terminal_id.encode(), file_id.bytes)
        info = _LABEL + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        self.key = HKDF(digest, KEY_BYTES, header.salt, info).derive(key)

    @staticmethod
    def nonce(number: int, *, is_last: bool) -> bytes:
        return bytes(NONCE_BYTES - 5) + number.to_bytes(4, "big") + bytes([is_last])


class FileSealer:
    """Turns plain bytes, given in any pieces, into a sealed file's bytes; holds at most one chunk.

    Args:
        key: the data key `header.key_id`.
        terminal_id, file_id: what the file belongs to.
    """

    def __init__(self, header: Header, key: bytes, terminal_id: str, file_id: UUID) -> None:
        self._chunks = _Chunks(header, key, terminal_id, file_id)
        self._left = bytearray()
        self._number = 0
        self.header = header.encode()
        """To be written first."""

    def update(self, piece: bytes) -> bytes:
        """Sealed chunks that are complete now; perhaps none."""
        self._left += piece
        sealed = []
        # a full chunk waits until there is more: only then it is not the last
        while len(self._left) > CHUNK_BYTES:
            sealed.append(self._seal(bytes(self._left[:CHUNK_BYTES]), is_last=False))
            del self._left[:CHUNK_BYTES]
        return b"".join(sealed)

    def finish(self) -> bytes:
        """The last chunk; nothing may follow."""
        return self._seal(bytes(self._left), is_last=True)

    def _seal(self, chunk: bytes, *, is_last: bool) -> bytes:
        nonce = _Chunks.nonce(self._number, is_last=is_last)
        self._number += 1
        return self._chunks.suite.seal(self._chunks.key, nonce, chunk, b"")


class FileOpener:
    """Opens chunks of a sealed file, in any order.

    Args:
        size: of the sealed file.

    Raises:
        BudayangError: ``store.cannot_open``.
    """

    def __init__(self, header: Header, key: bytes, terminal_id: str, file_id: UUID, size: int) -> None:
        self._chunks = _Chunks(header, key, terminal_id, file_id)
        self._start = header.size
        self.size = plain_size(header, size)
        self.last = _chunks(self.size) - 1

    def place(self, number: int) -> tuple[int, int]:
        """Where the chunk lies in the sealed file: offset and length."""
        length = self.size - number * CHUNK_BYTES if number == self.last else CHUNK_BYTES
        return self._start + number * SEALED_CHUNK_BYTES, length + TAG_BYTES

    def open(self, number: int, sealed: bytes) -> bytes:
        """The chunk's plaintext. Raises BudayangError ``store.cannot_open``: it is not this file's chunk of this number."""
        if len(sealed) != self.place(number)[1]:
            raise BudayangError("store.cannot_open")
        nonce = _Chunks.nonce(number, is_last=number == self.last)
        return self._chunks.suite.open(self._chunks.key, nonce, sealed, b"")


def new_header(suite: SuiteId, key_id: str, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Header:
    """For a new file, with a salt of its own."""
    return Header(suite, key_id, random_bytes(SALT_BYTES))
