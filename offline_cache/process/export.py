"""Dead letters sealed to the platform's public key: what a technician carries away is readable by the platform alone.

A sealed letter: version 1 (``01``) · suite 1 · length of the wrapped part 2 (big-endian) · wrapped part · nonce 12 · ciphertext · tag 16.
Suite 1 (X25519): the wrapped part is an ephemeral public key of 32 bytes; the AES-256 key is HKDF-SHA-256 of the shared secret with
both public keys as salt. Suite 2 (RSA): it is the AES-256 key under RSA-OAEP with SHA-256 (RFC 8017). The additional data is all that
stands before the nonce. Inside: the JSON of `Letter`. The file: ``BUDAYANG-DEAD-LETTERS-1`` and a line feed, then for each letter its
length in 4 bytes, big-endian, and the letter.
"""

import secrets
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.base.errors import BudayangError
from offline_cache.process.listing import dead_after
from offline_cache.sealing.record_codec import NONCE_BYTES, Binding
from offline_cache.store.connection import Connection

if TYPE_CHECKING:
    from offline_cache.process.parts import Parts

MAGIC = b"BUDAYANG-DEAD-LETTERS-1\n"
_HEAD = struct.Struct(">BBH")
_LENGTH = struct.Struct(">I")
_VERSION = 1
_X25519, _RSA = 1, 2
_SMALLEST_RSA = 2048
_UNREADABLE = frozenset({"store.cannot_open", "store.key_gone"})
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class Letter(msgspec.Struct, frozen=True):
    """A dead letter as the platform reads it; `body` is the plaintext, None when its key is gone or it is damaged."""

    terminal_id: str
    store_id: str
    seq: int
    key: UUID
    order_key: str
    kind: str
    schema_version: int
    slip_number: str | None
    reason: str
    last_code: str | None
    attempts: int
    created_wall_s: float
    body: bytes | None

    def __repr__(self) -> str:
        return f"Letter(seq={self.seq}, {len(self.body or b'')} bytes)"


def public_key_of(pem: bytes) -> X25519PublicKey | RSAPublicKey:
    """The platform's key. Raises BudayangError ``outbox.key_wrong``: no PEM, another kind, or an RSA key below 2048 bits."""
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError):
        raise BudayangError("outbox.key_wrong") from None
    if isinstance(key, X25519PublicKey) or (isinstance(key, RSAPublicKey) and key.key_size >= _SMALLEST_RSA):
        return key
    raise BudayangError("outbox.key_wrong")


def seal_letter(
    letter: Letter, key: X25519PublicKey | RSAPublicKey, random_bytes: Callable[[int], bytes] = secrets.token_bytes
) -> bytes:
    """The letter's bytes for the owner of the private key."""
    if isinstance(key, X25519PublicKey):
        ephemeral = X25519PrivateKey.generate()
        suite, wrapped = _X25519, ephemeral.public_key().public_bytes_raw()
        secret = _derived(ephemeral.exchange(key), wrapped, key.public_bytes_raw())
    else:
        secret = random_bytes(32)
        suite, wrapped = _RSA, key.encrypt(secret, _OAEP)
    head = _HEAD.pack(_VERSION, suite, len(wrapped)) + wrapped
    nonce = random_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(secret).encrypt(nonce, msgspec.json.encode(letter), head)


def open_letter(sealed: bytes, key: X25519PrivateKey | RSAPrivateKey) -> Letter:
    """What the platform does. Raises BudayangError ``store.cannot_open``."""
    try:
        version, suite, length = _HEAD.unpack_from(sealed)
        wrapped = sealed[_HEAD.size : _HEAD.size + length]
        head, rest = sealed[: _HEAD.size + length], sealed[_HEAD.size + length :]
        if version != _VERSION or len(wrapped) != length:
            raise BudayangError("store.cannot_open")
        if suite == _X25519 and isinstance(key, X25519PrivateKey):
            shared = key.exchange(X25519PublicKey.from_public_bytes(wrapped))
            secret = _derived(shared, wrapped, key.public_key().public_bytes_raw())
        elif suite == _RSA and isinstance(key, RSAPrivateKey):
            secret = key.decrypt(wrapped, _OAEP)
        else:
            raise BudayangError("store.cannot_open")
        plain = AESGCM(secret).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head)
        return msgspec.json.decode(plain, type=Letter)
    except (ValueError, struct.error, InvalidTag):
        raise BudayangError("store.cannot_open") from None


def framed(sealed: bytes) -> bytes:
    """A letter as it stands in the file."""
    return _LENGTH.pack(len(sealed)) + sealed


def letters_of(content: bytes) -> list[bytes]:
    """The sealed letters of a file. Raises BudayangError ``store.cannot_open``."""
    if not content.startswith(MAGIC):
        raise BudayangError("store.cannot_open")
    found, at = [], len(MAGIC)
    while at < len(content):
        if len(content) < at + _LENGTH.size:
            raise BudayangError("store.cannot_open")
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        if len(content) < at + length:
            raise BudayangError("store.cannot_open")
        found.append(content[at : at + length])
        at += length
    return found


def next_letter(parts: "Parts", after_seq: int, public_key: bytes) -> tuple[int, bytes]:
    """The first dead letter after this number, sealed; (0, b"") when there is none.

    Raises:
        BudayangError: ``outbox.key_wrong``, ``store.vault_closed``, a fault of the disk: a letter goes out without its body only when
            that cannot be opened for good.
        DatabaseError: it could not be read.
    """
    key = public_key_of(public_key)
    letters = dead_after(parts.database.commits, after_seq, 1)
    if not letters:
        return 0, b""
    (letter,) = letters
    row = parts.database.commits.read(lambda connection: _dead_row(connection, letter.idem))
    if row is None:  # ended by a person in the meantime
        return next_letter(parts, letter.seq, public_key)
    schema_version, slip_number, sealed = row
    binding = Binding(parts.settings.terminal_id, letter.idem, letter.order_key, letter.kind, schema_version)
    body: bytes | None
    try:
        body = parts.keys.open(sealed, binding)
    except BudayangError as error:
        if error.problem.key not in _UNREADABLE:
            raise
        body = None
    whole = Letter(
        parts.settings.terminal_id, parts.database.store_id, letter.seq, letter.idem, letter.order_key, letter.kind, schema_version,
        slip_number, letter.reason, letter.last_code, letter.attempts, letter.created_wall_s, body,
    )  # fmt: skip
    return letter.seq, seal_letter(whole, key)


def _dead_row(connection: Connection, idem: UUID) -> tuple[int, str | None, bytes] | None:
    statement = "SELECT schema_version, slip_number, sealed_body FROM items WHERE idem=? AND state='dead'"
    for version, slip_number, sealed in connection.execute(statement, (idem.bytes,)):
        assert isinstance(version, int)
        assert isinstance(sealed, bytes)
        return version, None if slip_number is None else str(slip_number), sealed
    return None


def _derived(shared: bytes, ephemeral: bytes, theirs: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, ephemeral + theirs, b"budayang dead letter").derive(shared)
