"""The numbers of items: each once in the life of a store, without a gap, and none given before its item is on the disk.

SQLite's own AUTOINCREMENT keeps the highest in a table of its own, one more page in the log at each commit. It need not be
kept twice: it is the highest of what lies in the store, of what has ended and is remembered, and of what was forgotten, which is
noted in the transaction that forgets.
"""

from offline_cache.store.connection import Connection

FORGOTTEN = "last_seq"
"""Name in the table `meta`: the highest number among the tombstones that were forgotten."""


def last_number(connection: Connection) -> int:
    """The highest number that this store has ever given; 0 before the first. Reads all tombstones."""
    highest = 0
    for statement in (
        "SELECT max(seq) FROM items",
        "SELECT max(seq) FROM tombstones",
        f"SELECT max(CAST(value AS INTEGER)) FROM meta WHERE name='{FORGOTTEN}'",  # noqa: S608 - a name of this file
    ):
        value = next(iter(connection.execute(statement)))[0]
        if isinstance(value, int):
            highest = max(highest, value)
    return highest


def forget(connection: Connection, highest: int) -> None:
    """Tombstones up to this number go, in the same transaction: it is never given again."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        " WHERE CAST(value AS INTEGER) < CAST(excluded.value AS INTEGER)",
        (FORGOTTEN, str(highest)),
    )


class ItemNumbers:
    """What was given last, in memory; read from the file once for each connection, since a fault of the disk may have left
    more in the file than anybody was told. Only the leader of the moment asks and tells."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._last = 0

    def last(self, connection: Connection) -> int:
        """The highest that is given for ever; the next items follow it."""
        if connection is not self._connection:
            self._last = last_number(connection)
            self._connection = connection
        return self._last

    def given(self, number: int) -> None:
        """The item with this number is on the disk."""
        if number > self._last:
            self._last = number
