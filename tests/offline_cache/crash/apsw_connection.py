"""The store's connection over apsw, so that its VFS can be ours."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import apsw

from offline_cache.store.connection import DatabaseError, Fault, Row, Value, fault_of_code
from tests.offline_cache.crash.disk_model import RememberingVfs


class ApswConnection:
    """Fulfils `offline_cache.store.connection.Connection`; exclusive, so that the log wants no shared memory."""

    def __init__(self, path: Path, vfs: str, *, read_only: bool, rewrite: dict[str, str]) -> None:
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        self._rewrite = rewrite
        try:
            self._connection = apsw.Connection(str(path), flags=flags, vfs=vfs)
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        except apsw.Error as error:
            raise DatabaseError(_fault(error)) from None

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        try:
            return self._connection.execute(self._rewrite.get(statement, statement), tuple(values)).fetchall()
        except apsw.Error as error:
            raise DatabaseError(_fault(error)) from None

    def close(self) -> None:
        try:
            self._connection.close()
        except apsw.Error as error:
            raise DatabaseError(_fault(error)) from None


def _fault(error: apsw.Error) -> Fault:
    return fault_of_code(getattr(error, "result", 0))


class ApswFactory:
    """Opens over one VFS. `rewrite` replaces whole statements: how a positive control is made careless."""

    def __init__(self, vfs: RememberingVfs, name: str, rewrite: dict[str, str] | None = None) -> None:
        self._vfs = vfs
        self._name = name
        self._rewrite = rewrite or {}

    def __call__(self, path: Path, *, read_only: bool = False) -> ApswConnection:
        return ApswConnection(path, self._name, read_only=read_only, rewrite=self._rewrite)
