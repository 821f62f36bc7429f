"""Makes a version out of a whole file or of the version in use and a delta, checked before it counts.

A delta is zlib data of MessagePack: for each content table the rows to put and the keys to drop. It is applied to a copy; the
copy's content must have the digest that the manifest names, so that a wrong delta can never be told from a broken one and
neither is ever used.
"""

import shutil
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import msgspec

from kiosk.base.errors import Problem
from offline_cache.reference.folder import DATABASE, ReferenceFolder, digest_of
from offline_cache.reference.indexing import IndexedEntry, change_index, rebuild_code_keys
from offline_cache.reference.manifest import BundleFile, Manifest
from offline_cache.reference.schema import CONTENT, content_digest, open_for_building

_CHUNK = 1024 * 1024


class TableChange(msgspec.Struct, frozen=True):
    """The rows to put (all columns, the key first) and the keys to drop."""

    put: list[tuple[Any, ...]]  # of `Cell`, which msgspec cannot tell apart; the tables are strict
    drop: list[Any]


class DeltaContent(msgspec.Struct, frozen=True):
    """A delta."""

    from_version: int
    to_version: int
    tables: dict[str, TableChange]


def install_full(folder: ReferenceFolder, packed: Path, manifest: Manifest, raw_manifest: bytes) -> Problem | None:
    """Installs a downloaded whole file. Blocks for some seconds.

    Problems: ``reference.file_wrong`` (not what the manifest names), ``reference.disk``.
    """
    try:
        built = folder.start_building(manifest.version)
        if problem := _unpack(packed, built / DATABASE, manifest.full):
            return problem
        if digest_of(built / DATABASE) != manifest.file_digest:
            return Problem("reference.file_wrong")
        folder.put_in_use(built, manifest, raw_manifest)
    except OSError:
        return Problem("reference.disk")
    return None


def install_delta(
    folder: ReferenceFolder, packed: Path, file: BundleFile, manifest: Manifest, raw_manifest: bytes
) -> Problem | None:
    """Installs a downloaded delta over a copy of the version in use. Blocks for some seconds.

    Problems: ``reference.file_wrong``, ``reference.disk``; the whole file may still do.
    """
    current = folder.current()
    if current is None:
        return Problem("reference.file_wrong")
    try:
        built = folder.start_building(manifest.version)
        unpacked = built / "delta"
        if problem := _unpack(packed, unpacked, file):
            return problem
        delta = msgspec.msgpack.decode(unpacked.read_bytes(), type=DeltaContent)
        unpacked.unlink()
        if delta.to_version != manifest.version:
            return Problem("reference.file_wrong")
        shutil.copyfile(current / DATABASE, built / DATABASE)
        if apply_delta(built / DATABASE, delta) != manifest.content_digest:
            return Problem("reference.file_wrong")
        folder.put_in_use(built, manifest, raw_manifest)
    except (msgspec.MsgspecError, ValueError, TypeError, LookupError, OverflowError, sqlite3.Error):
        return Problem("reference.file_wrong")
    except OSError:
        return Problem("reference.disk")
    return None


def apply_delta(database: Path, delta: DeltaContent) -> str:
    """Changes a copy, index included, and returns the digest of its content.

    Raises:
        sqlite3.Error, ValueError, TypeError, LookupError, OverflowError: the delta does not fit; the copy is of no use.
    """
    connection = open_for_building(database)
    try:
        connection.execute("BEGIN")
        changed = delta.tables.get("entry", TableChange([], []))
        numbers = [int(row[0]) for row in changed.put] + [int(key) for key in changed.drop]
        before = _indexed(connection, numbers)
        for table, change in delta.tables.items():
            columns = CONTENT.get(table)
            if columns is None:
                raise ValueError("a delta for a table that is not content")
            connection.executemany(
                f"DELETE FROM {table} WHERE {columns[0]} = ?",  # noqa: S608  # names of CONTENT
                [(key,) for key in change.drop] + [(row[0],) for row in change.put],
            )
        for table, change in delta.tables.items():
            marks = ", ".join("?" * len(CONTENT[table]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", change.put)  # noqa: S608  # names of CONTENT
        change_index(connection, before, _indexed(connection, numbers))
        rebuild_code_keys(connection)
        connection.execute("COMMIT")
        return content_digest(connection)
    finally:
        connection.close()


def _indexed(connection: sqlite3.Connection, numbers: list[int]) -> dict[int, IndexedEntry]:
    found: dict[int, IndexedEntry] = {}
    for number in numbers:
        row = connection.execute(
            "SELECT entry, kind, region, level, hot, search FROM entry WHERE entry = ?", (number,)
        ).fetchone()
        if row is not None:
            found[number] = row
    return found


def _unpack(packed: Path, target: Path, file: BundleFile) -> Problem | None:
    """Unpacks after the digest was found right, so that nobody's bomb is ever lit."""
    if digest_of(packed) != file.digest:
        return Problem("reference.file_wrong")
    unpacker = zlib.decompressobj()
    written = 0
    try:
        with packed.open("rb") as source, target.open("wb") as sink:
            while chunk := source.read(_CHUNK):
                part = unpacker.decompress(chunk)
                written += len(part)
                if written > file.bytes:
                    return Problem("reference.file_wrong")
                sink.write(part)
    except zlib.error:
        return Problem("reference.file_wrong")
    return None if unpacker.eof and written == file.bytes else Problem("reference.file_wrong")
