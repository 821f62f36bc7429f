"""Publishes a version: file, deltas from the last versions, manifest with signature, in a folder that any server can serve.

::

    manifest                        the newest manifest; replaced last, so that it never names a file that is not there
    full-00000013.z                 the file, packed
    delta-00000012-00000013.z       the way from the version before
    kept/00000013.sqlite            for the next delta and its numbers; not served
"""

import hashlib
import sqlite3
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from offline_cache.reference.folder import digest_of, write_durably
from offline_cache.reference.installing import DeltaContent, TableChange
from offline_cache.reference.manifest import BundleFile, Delta, Manifest, signed_manifest
from offline_cache.reference.publishing.content import Content, build
from offline_cache.reference.schema import CONTENT, content_digest, open_read_only

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_CHUNK = 1024 * 1024
_DELTAS = 4
"""Versions from which there is a delta; who is further behind loads the whole file."""


@dataclass(frozen=True)
class Lives:
    """How long a version is fresh, and how long it may be shown at all."""

    fresh: timedelta = timedelta(days=7)
    valid: timedelta = timedelta(days=30)


def publish(
    folder: Path, content: Content, key: "Ed25519PrivateKey", made_at: datetime, lives: Lives | None = None
) -> Manifest:
    """Publishes `content` as the next version. Blocks (15 s for 134,000 items); one publisher a folder at a time.

    Raises:
        OSError, ValueError: nothing was published; what lies about is replaced next time.
    """
    lives = lives or Lives()
    kept = folder / "kept"
    kept.mkdir(mode=0o755, parents=True, exist_ok=True)
    earlier = sorted(kept.glob("*.sqlite"))
    version = int(earlier[-1].stem) + 1 if earlier else 1
    fresh = kept / "building"
    fresh.unlink(missing_ok=True)
    entries = build(fresh, content, earlier[-1] if earlier else None)
    full = _pack(fresh, folder / f"full-{version:08d}.z")
    deltas = []
    for old in earlier[-_DELTAS:]:
        file = _pack_bytes(
            msgspec.msgpack.encode(compare(old, fresh, version)), folder / f"delta-{old.stem}-{version:08d}.z"
        )
        deltas.append(Delta(int(old.stem), file))
    connection = open_read_only(fresh)
    try:
        digest = content_digest(connection)
    finally:
        connection.close()
    manifest = Manifest(
        version=version,
        made_at=made_at,
        fresh_until=made_at + lives.fresh,
        valid_until=made_at + lives.valid,
        entries=entries,
        content_digest=digest,
        file_digest=digest_of(fresh),
        full=full,
        deltas=tuple(deltas),
    )
    fresh.rename(kept / f"{version:08d}.sqlite")
    write_durably(folder / "manifest", signed_manifest(manifest, key))
    _tidy(folder, manifest)
    return manifest


def compare(old: Path, new: Path, to_version: int) -> DeltaContent:
    """The delta from one kept file to another."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("ATTACH ? AS old", (str(old),))
        connection.execute("ATTACH ? AS new", (str(new),))
        tables = {}
        for table, columns in CONTENT.items():
            key = columns[0]
            put = connection.execute(
                f"SELECT * FROM new.{table} EXCEPT SELECT * FROM old.{table} ORDER BY 1"  # noqa: S608
            ).fetchall()
            drop = connection.execute(
                f"SELECT {key} FROM old.{table} EXCEPT SELECT {key} FROM new.{table} ORDER BY 1"  # noqa: S608
            ).fetchall()
            if put or drop:
                tables[table] = TableChange(put, [value for (value,) in drop])
    finally:
        connection.close()
    return DeltaContent(int(old.stem), to_version, tables)


def _pack(source: Path, target: Path) -> BundleFile:
    digest, packer, size, packed = hashlib.sha256(), zlib.compressobj(3), 0, 0
    fresh = target.with_name(target.name + ".new")
    with source.open("rb") as reader, fresh.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            size += len(chunk)
            packed += _write(packer.compress(chunk), digest, writer.write)
        packed += _write(packer.flush(), digest, writer.write)
    fresh.replace(target)
    return BundleFile(target.name, packed, digest.hexdigest(), size)


def _pack_bytes(raw: bytes, target: Path) -> BundleFile:
    packed = zlib.compress(raw, 9)
    write_durably(target, packed)
    return BundleFile(target.name, len(packed), hashlib.sha256(packed).hexdigest(), len(raw))


def _write(part: bytes, digest: "hashlib._Hash", write: object) -> int:
    digest.update(part)
    write(part)  # type: ignore[operator]
    return len(part)


def _tidy(folder: Path, manifest: Manifest) -> None:
    """Removes what the manifest does not name, but leaves the last version's files to downloads under way."""
    named = {manifest.full.name, *(delta.file.name for delta in manifest.deltas)}
    before = f"-{manifest.version - 1:08d}.z"
    for path in folder.glob("*.z"):
        if path.name not in named and not path.name.endswith(before):
            path.unlink()
    for old in sorted((folder / "kept").glob("*.sqlite"))[: -_DELTAS - 1]:
        old.unlink()
