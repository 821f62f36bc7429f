"""The bytes of a sealed record, and what it is bound to. Pure.

Layout (all lengths in bytes): version 1 (``01``) · suite 1 · length of the key id 1 · key id (ASCII) · nonce 12 ·
ciphertext · tag 16. The additional data is every part of the `Binding` and the key id, each behind its length as 4 bytes
big-endian, so that no two bindings give the same bytes. The record is bound to the item's own key (`idem`), never to its
sequence number or store: it is sealed before the store gives a number, and stays readable in a store salvaged from it.
"""

import struct
from typing import NamedTuple
from uuid import UUID

from kiosk.base.errors import BudayangError

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
_LONGEST_KEY_ID = 64
_LENGTH = struct.Struct(">I").pack
_VERSION = struct.Struct(">II").pack  # behind its length
_SIXTEEN = _LENGTH(16)


class Binding(NamedTuple):
    """What a record belongs to; opening it as any other record's fails.

    Attributes:
        terminal_id: of the terminal that took it in.
        idem: the item's own key.
        order_key: the lane in which it is sent.
        kind: what it is, a name of the catalogue.
        schema_version: of the body.
    """

    terminal_id: str
    idem: UUID
    order_key: str
    kind: str
    schema_version: int


class Record(NamedTuple):
    """A sealed record's parts; `sealed` is ciphertext and tag."""

    suite: int
    key_id: str
    nonce: bytes
    sealed: bytes


def head_of(suite: int, key_id: str) -> bytes:
    """What stands before the nonce, the same for all records of a key. Raises ValueError for a key id that does not fit."""
    name = key_id.encode("ascii")
    if not 0 < len(name) <= _LONGEST_KEY_ID:
        raise ValueError("a record wants a key id of 1 to 64 bytes")
    return bytes((VERSION, suite, len(name))) + name


def encode(record: Record) -> bytes:
    """The record's bytes. Raises ValueError for a key id or a nonce that does not fit."""
    if len(record.nonce) != NONCE_BYTES:
        raise ValueError("a record wants a key id of 1 to 64 bytes and a nonce of 12")
    return head_of(record.suite, record.key_id) + record.nonce + record.sealed


def decode(data: bytes) -> Record:
    """The parts. Raises BudayangError ``store.cannot_open`` when the bytes are no record of a known version."""
    if len(data) < 3 or data[0] != VERSION:
        raise BudayangError("store.cannot_open")
    suite, length = data[1], data[2]
    start = 3 + length
    if not 0 < length <= _LONGEST_KEY_ID or len(data) < start + NONCE_BYTES + TAG_BYTES:
        raise BudayangError("store.cannot_open")
    key_id = data[3:start]
    if not key_id.isascii():
        raise BudayangError("store.cannot_open")
    nonce = data[start : start + NONCE_BYTES]
    return Record(suite, key_id.decode("ascii"), nonce, data[start + NONCE_BYTES :])


def additional_data(binding: Binding, key_id: str) -> bytes:
    """What the tag vouches for besides the ciphertext."""
    # in one piece: this is done for each item that is put in
    terminal_id, order_key, kind = binding.terminal_id.encode(), binding.order_key.encode(), binding.kind.encode()
    key = key_id.encode()
    return b"".join(
        (
            _LENGTH(len(terminal_id)), terminal_id,
            _SIXTEEN, binding.idem.bytes,
            _LENGTH(len(order_key)), order_key,
            _LENGTH(len(kind)), kind,
            _VERSION(4, binding.schema_version),
            _LENGTH(len(key)), key,
        )
    )  # fmt: skip
