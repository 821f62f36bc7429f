"""Opens an image of the disk with an SQLite that knows nothing of the harness, and compares it with what was promised."""

import hashlib
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.file_codec import LONGEST_HEADER, FileOpener, decode_header
from offline_cache.sealing.record_codec import Binding
from offline_cache.vault import vault
from offline_cache.vault.holders import FileHolder, Strength
from tests.offline_cache.crash.workload import ABSENT, BEGUN, ENDED, VAULT, Promises, key_of_step
from tests.offline_cache.stores import TERMINAL

FILE = "store.db"


class _Kept:
    """The keys of an image."""

    def __init__(self, wrapped: dict[str, bytes]) -> None:
        self._wrapped = wrapped

    def wrapped_keys(self) -> dict[str, bytes]:
        return self._wrapped

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        raise AssertionError("an image is only read")

    def replace_keys(self, wrapped: Mapping[str, bytes]) -> None:
        raise AssertionError("an image is only read")


def complaint(image: dict[str, bytes], folder: Path, promises: Promises) -> str | None:
    """What is wrong with the image; None when every promise is kept.

    Args:
        folder: empty, on a memory file system; emptied again.
    """
    for name, content in image.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        return _complaint(connection, folder, promises)
    except sqlite3.Error as error:
        return f"unreadable: {error}"
    finally:
        connection.close()
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _complaint(connection: sqlite3.Connection, folder: Path, promises: Promises) -> str | None:
    if (found := connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        return f"integrity: {found}"
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if "items" not in tables:
        states = promises.complaint({})
        return states and f"no tables, and {states}"
    kept = dict(connection.execute("SELECT key_id, wrapped FROM keys"))
    try:
        wrapping = vault.unlock(folder / VAULT / vault.FILE, {Strength.FILE: FileHolder()})
    except (BudayangError, FileNotFoundError) as error:
        return f"{len(kept)} keys and no vault: {type(error).__name__}" if kept else promises.complaint({})
    keys = EpochKeys(wrapping, _Kept(kept), ManualClock())
    found_states: dict[UUID, str] = {}
    last = 0
    rows = connection.execute(
        "SELECT seq, idem, order_key, kind, schema_version, state, sealed_body FROM items ORDER BY seq"
    )
    for seq, raw, order_key, kind, schema_version, state, sealed in rows:
        idem = UUID(bytes=raw)
        if idem.int < last:
            return f"item {idem.int} stands behind {last}: number {seq}"
        last = idem.int
        found_states[idem] = state
        try:
            body = keys.open(sealed, Binding(TERMINAL, idem, order_key, kind, schema_version))
        except BudayangError as error:
            return f"item {idem.int} cannot be opened: {error}"
        if body != promises.bodies[idem]:
            return f"item {idem.int} has another body"
    for (raw,) in connection.execute("SELECT idem FROM tombstones"):
        idem = UUID(bytes=raw)
        if found_states.get(idem, ABSENT) != ABSENT:
            return f"item {idem.int} has ended and is there"
        found_states[idem] = ENDED
    try:
        return (
            _of_attachments(connection, folder, keys, promises)
            or _of_journal(connection, keys, found_states)
            or promises.complaint(found_states)
        )
    except BudayangError as error:
        return f"an attachment or step cannot be opened: {error}"


def _of_attachments(connection: sqlite3.Connection, folder: Path, keys: EpochKeys, promises: Promises) -> str | None:
    """Every row has its whole file, every item the attachments that it was put with."""
    found: dict[UUID, list[UUID]] = {}
    rows = connection.execute("SELECT attachment_id, idem, key_id FROM attachments ORDER BY idem, position")
    for raw, idem, key_id in rows:
        attachment_id = UUID(bytes=raw)
        if idem is not None:
            found.setdefault(UUID(bytes=idem), []).append(attachment_id)
        path = folder / "attachments" / f"{attachment_id}.sealed"
        if not path.exists():
            return f"attachment {attachment_id.int} has no file"
        data = path.read_bytes()
        header = decode_header(data[:LONGEST_HEADER])
        opener = FileOpener(header, keys.key(key_id), TERMINAL, attachment_id, len(data))
        digest = hashlib.sha256()
        for number in range(opener.last + 1):
            at, length = opener.place(number)
            digest.update(opener.open(number, data[at : at + length]))
        if digest.digest() != promises.files[attachment_id]:
            return f"attachment {attachment_id.int} has another content"
    for (raw,) in connection.execute("SELECT idem FROM items"):
        idem = UUID(bytes=raw)
        if found.get(idem, []) != promises.attachments.get(idem, []):
            return f"item {idem.int} has not its attachments"
    return None


def _of_journal(connection: sqlite3.Connection, keys: EpochKeys, states: dict[UUID, str]) -> str | None:
    """Every step opens; they are among the states."""
    rows = connection.execute("SELECT case_id, position, step, outcome, sealed_body FROM journal")
    for raw, position, step, outcome, sealed in rows:
        case_id = UUID(bytes=raw)
        keys.open(sealed, Binding(TERMINAL, case_id, str(position), step, 1))
        states[key_of_step(case_id, position)] = BEGUN if outcome is None else ENDED
    return None
