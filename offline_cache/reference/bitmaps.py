"""Sets of entries as whole numbers: bit n stands for entry n. And, or and counting are single operations.

On disk a set is ``a`` and little-endian 32-bit entry numbers (few), ``z`` and a deflated bitmap, or ``b`` and the bitmap.
"""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator

_FEW = 64
_BYTE = re.compile(rb"[^\x00]")
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
BITMAP_LIMIT = 1 << 21
"""Bytes a bitmap may unpack to: 16 million entries."""


def encode(bitmap: int) -> bytes:
    """The bytes on disk of a set, 17 KB at most for 134,000 entries."""
    if bitmap.bit_count() <= _FEW:
        return _encode_few(array("I", entries(bitmap)))
    raw = bitmap.to_bytes((bitmap.bit_length() + 7) // 8, "little")
    packed = zlib.compress(raw, 1)
    # a bitmap that hardly shrinks is read faster as it is
    return b"z" + packed if 2 * len(packed) < len(raw) else b"b" + raw


def encode_entries(numbers: "array[int]") -> bytes:
    """The same from ascending entries."""
    return _encode_few(numbers) if len(numbers) <= _FEW else encode(of(numbers))


def _encode_few(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return b"a" + numbers.tobytes()


def decode(blob: bytes) -> int:
    """The set.

    Raises:
        ValueError: not the bytes of a set.
    """
    form, body = blob[:1], blob[1:]
    if form == b"b":
        return int.from_bytes(body, "little")
    if form == b"z":
        try:
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(body, BITMAP_LIMIT)
        except zlib.error:
            raise ValueError("a damaged set") from None
        if not unpacker.eof:
            raise ValueError("a set that ends too early or never")
        return int.from_bytes(raw, "little")
    if form != b"a" or len(body) % 4:
        raise ValueError("not a set")
    numbers = array("I", body)
    if sys.byteorder == "big":
        numbers.byteswap()
    return of(numbers)


def of(numbers: Iterable[int]) -> int:
    """The set of these entries."""
    known = list(numbers)
    if not known:
        return 0
    raw = bytearray(max(known) // 8 + 1)
    for number in known:
        raw[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(raw, "little")


def entries(bitmap: int) -> Iterator[int]:
    """The entries of a set, ascending, lazily."""
    raw = bitmap.to_bytes((bitmap.bit_length() + 7) // 8, "little")
    for match in _BYTE.finditer(raw):
        place = match.start()
        for bit in _BITS[raw[place]]:
            yield place * 8 + bit
