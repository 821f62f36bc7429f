"""The manifest of a reference: what a bundle is made of, how old it may get, and the publisher's signature.

Canonical JSON (keys sorted, no spaces, UTF-8, not escaped) with ``"signature"``: base64 of Ed25519 (RFC 8032) over the canonical
JSON of the object without it. Times are ISO 8601 with offset, digests SHA-256 in hex.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.base.errors import Problem
from offline_cache.reference.schema import FORMAT

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIZE_LIMIT = 256 * 1024
FILE_LIMIT = 1024 * 1024 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class BundleFile:
    """A file to download: `packed_bytes` of zlib data with `digest`; unpacked `bytes` long."""

    name: str
    packed_bytes: int
    digest: str
    bytes: int


@dataclass(frozen=True)
class Delta:
    """The way from an earlier version."""

    from_version: int
    file: BundleFile


@dataclass(frozen=True)
class Manifest:
    """One version of the reference.

    Attributes:
        version: grows with every publication.
        made_at, fresh_until, valid_until: after the second the page must say the date, after the third nothing is served.
        entries: how many the index holds.
        content_digest: see `schema.content_digest`; a delta must lead to it.
        file_digest: of the unpacked file as published.
        full: the whole file.
        deltas: from earlier versions.
    """

    version: int
    made_at: datetime
    fresh_until: datetime
    valid_until: datetime
    entries: int
    content_digest: str
    file_digest: str
    full: BundleFile
    deltas: tuple[Delta, ...]


def canonical_json(value: object) -> bytes:
    """The bytes that are signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed_manifest(manifest: Manifest, key: "Ed25519PrivateKey") -> bytes:
    """The manifest as it is published."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": manifest.version,
        "made_at": manifest.made_at.isoformat(),
        "fresh_until": manifest.fresh_until.isoformat(),
        "valid_until": manifest.valid_until.isoformat(),
        "entries": manifest.entries,
        "content_digest": manifest.content_digest,
        "file_digest": manifest.file_digest,
        "full": _file_json(manifest.full),
        "deltas": [{"from_version": delta.from_version, "file": _file_json(delta.file)} for delta in manifest.deltas],
    }
    signature = base64.b64encode(key.sign(canonical_json(content))).decode()
    return canonical_json({**content, "signature": signature}) + b"\n"


def read_manifest(raw: bytes, trusted_key: "Ed25519PublicKey") -> Manifest | Problem:
    """Reads and judges a manifest; its times are for the caller to judge.

    Problems: ``reference.manifest_unreadable``, ``reference.manifest_forged`` (the signature is not the publisher's),
    ``reference.newer_format``.
    """
    from cryptography.exceptions import InvalidSignature

    if len(raw) > SIZE_LIMIT:
        return Problem("reference.manifest_unreadable")
    try:
        content = json.loads(raw)
        signature = base64.b64decode(content.pop("signature"), validate=True)
        trusted_key.verify(signature, canonical_json(content))
        if content["format"] != FORMAT:
            return Problem("reference.newer_format")
        return Manifest(
            version=_count(content["version"], 1),
            made_at=_moment(content["made_at"]),
            fresh_until=_moment(content["fresh_until"]),
            valid_until=_moment(content["valid_until"]),
            entries=_count(content["entries"]),
            content_digest=_digest(content["content_digest"]),
            file_digest=_digest(content["file_digest"]),
            full=_file(content["full"]),
            deltas=tuple(Delta(_count(one["from_version"], 1), _file(one["file"])) for one in content["deltas"]),
        )
    except InvalidSignature:
        return Problem("reference.manifest_forged")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Problem("reference.manifest_unreadable")


def _file_json(file: BundleFile) -> dict[str, object]:
    return {"name": file.name, "packed_bytes": file.packed_bytes, "digest": file.digest, "bytes": file.bytes}


def _file(entry: Mapping[str, Any]) -> BundleFile:
    name = entry["name"]
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError("not the name of a bundle's file")
    return BundleFile(name, _count(entry["packed_bytes"]), _digest(entry["digest"]), _count(entry["bytes"]))


def _count(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= FILE_LIMIT:
        raise ValueError("not a count")
    return value


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise ValueError("not a digest")
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time wants its offset")
    return moment
