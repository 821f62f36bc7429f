"""The bytes of a sealed record, and what it is bound to. Pure.

Layout (all lengths in bytes): version 1 (``01``) · suite 1 · length of the key id 1 · key id (ASCII) · nonce 12 ·
ciphertext · tag 16. The additional data is every part of the `Binding` and the key id, each behind its length as 4 bytes
big-endian, so that no two bindings give the same bytes. The record is bound to the item's own key (`idem`), never to its
sequence number or store: it is sealed before the store gives a number, and stays readable in a store salvaged from it.
"""

from dataclasses import dataclass
from uuid import UUID

from kiosk.base.errors import BudayangError

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
_LONGEST_KEY_ID = 64


@dataclass(frozen=True)
class Binding:
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


@dataclass(frozen=True)
class Record:
    """A sealed record's parts; `sealed` is ciphertext and tag."""

    suite: int
    key_id: str
    nonce: bytes
    sealed: bytes


def encode(record: Record) -> bytes:
    """The record's bytes. Raises ValueError for a key id that does not fit."""
    key_id = record.key_id.encode("ascii")
    if not 0 < len(key_id) <= _LONGEST_KEY_ID or len(record.nonce) != NONCE_BYTES:
        raise ValueError("a record wants a key id of 1 to 64 bytes and a nonce of 12")
    return bytes((VERSION, record.suite, len(key_id))) + key_id + record.nonce + record.sealed


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
    parts = (
        binding.terminal_id.encode(),
        binding.idem.bytes,
        binding.order_key.encode(),
        binding.kind.encode(),
        binding.schema_version.to_bytes(4, "big"),
        key_id.encode(),
    )
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
