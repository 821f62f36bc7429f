"""Sealed files: what opens, in any part, and that no chunk can be moved, changed, left out or cut off."""

import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.base.errors import BudayangError
from offline_cache.sealing.file_codec import (
    CHUNK_BYTES,
    LONGEST_HEADER,
    SEALED_CHUNK_BYTES,
    FileOpener,
    FileSealer,
    Header,
    decode_header,
    new_header,
    plain_size,
    sealed_size,
)
from offline_cache.sealing.suites import SuiteId

KEY = bytes(range(32))
FILE_ID = UUID(int=5)
SIZES = (0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17)


def sealed(plain: bytes, suite: SuiteId = SuiteId.AES_256_GCM, piece: int = 40_000) -> bytes:
    sealer = FileSealer(new_header(suite, "k1"), KEY, "XH-01", FILE_ID)
    pieces = [sealer.update(plain[at : at + piece]) for at in range(0, len(plain), piece)]
    return b"".join([sealer.header, *pieces, sealer.finish()])


def opened(data: bytes, key: bytes = KEY, terminal: str = "XH-01", file_id: UUID = FILE_ID) -> bytes:
    opener = FileOpener(decode_header(data[:LONGEST_HEADER]), key, terminal, file_id, len(data))
    found = b""
    for number in range(opener.last + 1):
        at, length = opener.place(number)
        found += opener.open(number, data[at : at + length])
    assert len(found) == opener.size
    return found


@pytest.mark.parametrize("suite", SuiteId)
@pytest.mark.parametrize("size", SIZES)
def test_a_file_of_any_size_opens_as_it_was(suite: SuiteId, size: int) -> None:
    plain = random.Random(size).randbytes(size)
    data = sealed(plain, suite)
    header = decode_header(data)
    assert len(data) == sealed_size(header, size)
    assert plain_size(header, len(data)) == size
    assert opened(data) == plain
    assert size < 40 or plain[:40] not in data


@given(st.lists(st.integers(0, 150_000), max_size=6))
@settings(max_examples=25, deadline=None)
def test_the_pieces_in_which_it_was_given_do_not_matter(pieces: list[int]) -> None:
    header = Header(1, "k1", bytes(32))
    plain = random.Random(1).randbytes(sum(pieces))
    sealer, at, data = FileSealer(header, KEY, "XH-01", FILE_ID), 0, bytearray()
    for piece in pieces:
        data += sealer.update(plain[at : at + piece])
        at += piece
    data += sealer.finish()
    whole = FileSealer(header, KEY, "XH-01", FILE_ID)
    assert bytes(data) == whole.update(plain) + whole.finish()


def test_it_opens_under_its_own_name_key_and_terminal_only() -> None:
    data = sealed(b"a scan")
    for other in ({"key": bytes(32)}, {"terminal": "XH-02"}, {"file_id": UUID(int=6)}):
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            opened(data, **other)


def _chunks(data: bytes) -> tuple[bytes, list[bytes]]:
    start = decode_header(data).size
    return data[:start], [data[at : at + SEALED_CHUNK_BYTES] for at in range(start, len(data), SEALED_CHUNK_BYTES)]


def test_chunks_cannot_be_moved_repeated_left_out_or_cut_off() -> None:
    plain = random.Random(2).randbytes(3 * CHUNK_BYTES + 100)
    head, chunks = _chunks(sealed(plain))
    assert opened(head + b"".join(chunks)) == plain
    a, b, c, last = chunks
    for changed in (
        [b, a, c, last],
        [a, a, c, last],
        [a, c, last],
        [a, b, c],
        [a, b],
        [a, b, c, c, last],
        [a, b, c, last, last],
    ):
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            opened(head + b"".join(changed))
    other_head, other = _chunks(sealed(plain))
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):  # the same file, sealed twice
        opened(head + b"".join([a, other[1], c, last]))
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        opened(other_head + b"".join(chunks))


@pytest.mark.parametrize("suite", SuiteId)
def test_no_changed_byte_goes_unseen(suite: SuiteId) -> None:
    data = sealed(b"a scan of a paper", suite)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises(BudayangError):
            # the header's key id is looked up by others: another key does not open it
            opened(bytes(changed), key=KEY if decode_header(bytes(changed)).key_id == "k1" else bytes(32))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_header_or_refused(data: bytes) -> None:
    try:
        header = decode_header(data)
    except BudayangError:
        return
    assert data.startswith(header.encode())


def test_impossible_sizes_and_headers_are_refused() -> None:
    header = Header(1, "k1", bytes(32))
    for size in (
        0,
        header.size,
        header.size + 15,
        header.size + SEALED_CHUNK_BYTES + 3,
        header.size + SEALED_CHUNK_BYTES + 16,
    ):
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            plain_size(header, size)
    for bad in (Header(1, "", bytes(32)), Header(1, "k" * 65, bytes(32)), Header(1, "k1", bytes(31))):
        with pytest.raises(ValueError, match="key id"):
            bad.encode()
    opener = FileOpener(header, KEY, "XH-01", FILE_ID, sealed_size(header, 10))
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        opener.open(0, bytes(20))
