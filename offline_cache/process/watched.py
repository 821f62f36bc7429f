"""Connections that tell when the file turns out to be damaged while it is in use: then the process must end and start anew."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from offline_cache.store.connection import (
    Connection,
    ConnectionFactory,
    DatabaseError,
    Fault,
    Row,
    SqliteConnection,
    Value,
)


class DamageWatch:
    """A `ConnectionFactory`; once `armed`, `on_damage` is called by the thread that met the damage, before it is told.

    While the store opens, damage is its own matter: it moves the file aside and salvages.
    """

    def __init__(self, on_damage: Callable[[], None], connect: ConnectionFactory = SqliteConnection) -> None:
        self.armed = False
        self._on_damage = on_damage
        self._connect = connect

    def __call__(self, path: Path, *, read_only: bool = False) -> Connection:
        try:
            return _Watched(self._connect(path, read_only=read_only), self)
        except DatabaseError as error:
            self.met(error)
            raise

    def met(self, error: DatabaseError) -> None:
        """A statement failed."""
        if self.armed and error.fault is Fault.CORRUPT:
            self._on_damage()


class _Watched:
    def __init__(self, inner: Connection, watch: DamageWatch) -> None:
        self._inner = inner
        self._watch = watch

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        try:
            return self._inner.execute(statement, values)
        except DatabaseError as error:
            self._watch.met(error)
            raise

    def close(self) -> None:
        self._inner.close()
