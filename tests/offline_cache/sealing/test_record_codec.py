"""What is no record is refused by its layout alone."""

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.sealing.record_codec import NONCE_BYTES, TAG_BYTES, VERSION, Record, decode, encode

SEALED = bytes(TAG_BYTES)


@pytest.mark.parametrize("key_id", ["", "k" * 65])
def test_a_key_id_that_does_not_fit_is_not_written(key_id: str) -> None:
    with pytest.raises(ValueError, match="key id"):
        encode(Record(1, key_id, bytes(NONCE_BYTES), SEALED))


def test_a_nonce_of_another_length_is_not_written() -> None:
    with pytest.raises(ValueError, match="nonce"):
        encode(Record(1, "k", bytes(NONCE_BYTES + 1), SEALED))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes((VERSION, 1)),
        bytes((VERSION + 1, 1, 1)) + b"k" + bytes(NONCE_BYTES + TAG_BYTES),
        bytes((VERSION, 1, 0)) + bytes(NONCE_BYTES + TAG_BYTES),
        bytes((VERSION, 1, 65)) + b"k" * 65 + bytes(NONCE_BYTES + TAG_BYTES),
        bytes((VERSION, 1, 1)) + b"k" + bytes(NONCE_BYTES + TAG_BYTES - 1),
        bytes((VERSION, 1, 2)) + "é".encode() + bytes(NONCE_BYTES + TAG_BYTES),
    ],
    ids=["empty", "too short", "newer", "no key id", "long key id", "no tag", "key id not ASCII"],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(BudayangError, match=r"store\.cannot_open"):
        decode(data)


def test_the_smallest_and_the_largest_key_id_come_back() -> None:
    for key_id in ("k", "k" * 64):
        record = Record(2, key_id, bytes(range(NONCE_BYTES)), SEALED)
        assert decode(encode(record)) == record
