"""BER-TLV as smart cards use it: pure bytes, bounded, never recursive.

Source: ISO/IEC 7816-4 clause 5.2.2 (tags of one to three bytes, lengths of one to four bytes, no indefinite length).
"""

from collections.abc import Iterator

LONGEST_VALUE = 0xFFFFFF


class TlvError(Exception):
    """What was read is no TLV. Holds no content."""


def encode(tag: int, value: bytes) -> bytes:
    """Returns one data object.

    Raises:
        TlvError: the value is longer than `LONGEST_VALUE`.
    """
    count = len(value)
    if count > LONGEST_VALUE:
        raise TlvError("value too long")
    name = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    if count < 0x80:
        return name + bytes((count,)) + value
    size = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return name + bytes((0x80 | len(size),)) + size + value


def head(data: bytes, at: int = 0) -> tuple[int, int, int]:
    """Reads tag and length: ``(tag, where the value begins, its length)``; the value itself may be missing.

    Raises:
        TlvError: the head is cut off, the tag longer than three bytes or the length of a kind that is not used.
    """
    if at >= len(data):
        raise TlvError("no tag")
    start = at
    at += 1
    if data[start] & 0x1F == 0x1F:
        while True:
            if at >= len(data):
                raise TlvError("tag cut off")
            at += 1
            if not data[at - 1] & 0x80:
                break
            if at - start >= 3:
                raise TlvError("tag too long")
    tag = int.from_bytes(data[start:at], "big")
    if at >= len(data):
        raise TlvError("no length")
    first = data[at]
    at += 1
    if first < 0x80:
        return tag, at, first
    size = first & 0x7F
    if not 1 <= size <= 3:
        raise TlvError("length of an unused kind")
    if at + size > len(data):
        raise TlvError("length cut off")
    return tag, at + size, int.from_bytes(data[at : at + size], "big")


def children(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The data objects that stand one after the other, as ``(tag, value)``.

    Raises:
        TlvError: at the first place that is none.
    """
    at = 0
    while at < len(data):
        tag, start, count = head(data, at)
        at = start + count
        if at > len(data):
            raise TlvError("value cut off")
        yield tag, data[start:at]


def find(data: bytes, *path: int) -> bytes | None:
    """The first value at a path of tags, ``None`` where there is none.

    Raises:
        TlvError: the bytes on the way are no TLV.
    """
    for wanted in path:
        found = next((value for tag, value in children(data) if tag == wanted), None)
        if found is None:
            return None
        data = found
    return data
