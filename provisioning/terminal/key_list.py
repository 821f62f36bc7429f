"""Writes the signed list of the terminals' attestation keys, with which any terminal checks a sheet offline.

The file is JSON: ``{"keys": [...], "issued_at", "expires_at", "signature"}``. The signature (base64) is Ed25519 (RFC 8032)
over the canonical bytes of the object without it: UTF-8 JSON, keys sorted, no white space. Times are UTC,
ISO 8601. The terminal's own reader, which trusts nothing unsigned, is `kiosk.documents.key_list`.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class ListedKey:
    """One terminal's key: `public_key` is the raw 32 bytes in base64; times in UTC, ISO 8601."""

    key_id: str
    terminal_id: str
    public_key: str
    not_before: str
    not_after: str
    revoked: bool = False


def utc_text(moment: datetime) -> str:
    """``2026-11-21T15:04:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def raw_public(key: Ed25519PrivateKey) -> str:
    """The public half as base64 of its 32 bytes."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def canonical(body: object) -> bytes:
    """The bytes that are signed."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign_list(keys: Iterable[ListedKey], issued_at: str, expires_at: str, signer: Ed25519PrivateKey) -> bytes:
    """The file's bytes."""
    body = {"keys": [asdict(key) for key in keys], "issued_at": issued_at, "expires_at": expires_at}
    signature = base64.b64encode(signer.sign(canonical(body))).decode()
    return json.dumps({**body, "signature": signature}, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def lists_key(content: bytes, key_id: str, public_key: str) -> bool:
    """Whether a list of ours names this key already; its signature is not judged here."""
    try:
        keys = json.loads(content)["keys"]
        return any((key["key_id"], key["public_key"]) == (key_id, public_key) for key in keys)
    except (ValueError, KeyError, TypeError):
        return False
