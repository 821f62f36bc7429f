"""Wrapped data keys in the store's own file, and how a fault of the disk is told."""

import contextlib
from collections.abc import Iterator, Mapping

from kiosk.base.errors import BudayangError
from offline_cache.store.connection import Connection, DatabaseError, Fault
from offline_cache.store.database import Database


def as_told(error: DatabaseError) -> BudayangError:
    """A fault of the disk as a sentence's key."""
    return BudayangError("offline.disk_full" if error.fault is Fault.FULL else "offline.disk")


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Tells a fault of the disk by its sentence's key."""
    try:
        yield
    except DatabaseError as error:
        raise as_told(error) from None


class DatabaseKeys:
    """Fulfils `offline_cache.sealing.epochs.KeyTable`; raises BudayangError as `Outbox` does."""

    def __init__(self, database: Database) -> None:
        self._commits = database.commits

    def wrapped_keys(self) -> dict[str, bytes]:
        def read(connection: Connection) -> dict[str, bytes]:
            rows = connection.execute("SELECT key_id, wrapped FROM keys")
            return {str(key_id): wrapped for key_id, wrapped in rows if isinstance(wrapped, bytes)}

        with told():
            return self._commits.read(read)

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        statement = "INSERT INTO keys (key_id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING"
        with told():
            self._commits.write(lambda connection: connection.execute(statement, (key_id, wrapped)))

    def replace_keys(self, wrapped: Mapping[str, bytes]) -> None:
        def replace(connection: Connection) -> None:
            for key_id, fresh in wrapped.items():
                connection.execute("UPDATE keys SET wrapped=? WHERE key_id=?", (fresh, key_id))

        with told():
            self._commits.write(replace)
