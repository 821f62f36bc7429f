"""Opens an image of the disk with an SQLite that knows nothing of the harness, and compares it with what was promised."""

import sqlite3
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.record_codec import Binding
from tests.offline_cache.crash.workload import ABSENT, ENDED, Promises
from tests.offline_cache.stores import TERMINAL, OpenVault

FILE = "store.db"


class _Kept:
    """The keys of an image."""

    def __init__(self, wrapped: dict[str, bytes]) -> None:
        self._wrapped = wrapped

    def wrapped_keys(self) -> dict[str, bytes]:
        return self._wrapped

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        raise AssertionError("an image is only read")


def complaint(image: dict[str, bytes], folder: Path, promises: Promises) -> str | None:
    """What is wrong with the image; None when every promise is kept.

    Args:
        folder: empty, on a memory file system; emptied again.
    """
    for name, content in image.items():
        (folder / name).write_bytes(content)
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    try:
        return _complaint(connection, promises)
    except sqlite3.Error as error:
        return f"unreadable: {error}"
    finally:
        connection.close()
        for path in folder.iterdir():
            path.unlink()


def _complaint(connection: sqlite3.Connection, promises: Promises) -> str | None:
    if (found := connection.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        return f"integrity: {found}"
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if "items" not in tables:
        states = promises.complaint({})
        return states and f"no tables, and {states}"
    keys = EpochKeys(OpenVault(), _Kept(dict(connection.execute("SELECT key_id, wrapped FROM keys"))), ManualClock())
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
    return promises.complaint(found_states)
