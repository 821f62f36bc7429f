"""The list of terminals' public keys that a check relies on: signed by the operator, with an end, with revocations.

Canonical JSON (keys sorted, no spaces, UTF-8, not escaped): ``{"expires_at", "issued_at", "keys": [{"key_id", "not_after",
"not_before", "public_key", "revoked", "terminal_id"}], "signature"}``. ``public_key`` and ``signature`` are base64, times ISO
8601 with offset. The signature is Ed25519 (RFC 8032) over the canonical JSON of the object without ``signature``.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.base.errors import Problem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_SIZE_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True)
class AttestationKey:
    """One terminal's key: `public_key` 32 raw bytes, valid for papers printed from `not_before` to `not_after`."""

    key_id: str
    terminal_id: str
    public_key: bytes
    not_before: datetime
    not_after: datetime
    is_revoked: bool


@dataclass(frozen=True)
class KeyList:
    """A list whose signature was right. `expires_at` is for the caller to judge."""

    issued_at: datetime
    expires_at: datetime
    keys: dict[str, AttestationKey]


def canonical_json(value: object) -> bytes:
    """The bytes that are signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_key_list(raw: bytes, list_key: "Ed25519PublicKey") -> KeyList | Problem:
    """Reads and judges a list.

    Problems: ``attestation.list_unreadable`` (not this format), ``attestation.list_forged`` (signature wrong).
    """
    from cryptography.exceptions import InvalidSignature

    if len(raw) > _SIZE_LIMIT:
        return Problem("attestation.list_unreadable")
    try:
        content = json.loads(raw)
        signature = base64.b64decode(content.pop("signature"), validate=True)
        list_key.verify(signature, canonical_json(content))
        keys = [_key(entry) for entry in content["keys"]]
        by_id = {key.key_id: key for key in keys}
        if len(by_id) != len(keys):
            raise ValueError("a key that stands there twice may be revoked in one place and not in the other")
        return KeyList(_moment(content["issued_at"]), _moment(content["expires_at"]), by_id)
    except InvalidSignature:
        return Problem("attestation.list_forged")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Problem("attestation.list_unreadable")


def _key(entry: dict[str, Any]) -> AttestationKey:
    public_key = base64.b64decode(entry["public_key"], validate=True)
    if len(public_key) != 32:
        raise ValueError("an Ed25519 key has 32 bytes")
    return AttestationKey(
        key_id=str(entry["key_id"]),
        terminal_id=str(entry["terminal_id"]),
        public_key=public_key,
        not_before=_moment(entry["not_before"]),
        not_after=_moment(entry["not_after"]),
        # Anything but a plain false counts as revoked.
        is_revoked=entry["revoked"] is not False,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time wants its offset")
    return moment


def load_public_key(path: Path) -> "Ed25519PublicKey":
    """Reads an Ed25519 public key: PEM (SubjectPublicKeyInfo), base64 of 32 bytes, or 32 raw bytes.

    Raises:
        OSError: the file cannot be read.
        ValueError, TypeError: it holds no such key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    raw = path.read_bytes()
    if len(raw) == 32:
        return Ed25519PublicKey.from_public_bytes(raw)
    if not raw.lstrip().startswith(b"-----"):
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(raw.strip(), validate=True))
    key = load_pem_public_key(raw)
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("not an Ed25519 key")
    return key
