"""The tables, and how an older file becomes today's. `user_version` is the schema's number.

Rules: a migration is one transaction that ends with its number; a file of a newer program is refused and left untouched;
what a release writes the release before it must still read, or its number tells it to keep away.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from offline_cache.store.connection import Connection

VERSION = 1

# One row for each item that has not ended; its number is given by the outbox (`Numbers`): AUTOINCREMENT costs one more page at
# each commit. `created_*` and `clock_offset_s` are facts of the moment of the put;
# `trusted_created_s` (Unix time) is known once the platform's time is. Nothing here says whose item it is.
_ITEMS = """
CREATE TABLE items (
    seq INTEGER PRIMARY KEY,
    idem BLOB NOT NULL UNIQUE,
    order_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    slip_number TEXT,
    fingerprint BLOB NOT NULL,
    boot_id TEXT NOT NULL,
    created_mono_s REAL NOT NULL,
    created_wall_s REAL NOT NULL,
    clock_offset_s REAL,
    trusted_created_s REAL,
    expires_after_s REAL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_code TEXT,
    state TEXT NOT NULL DEFAULT 'queued',
    reason TEXT,
    bytes INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    sealed_body BLOB NOT NULL
)"""
# What has ended stays for a while: repeats, reprints and a citizen's question are answered from here. A negative number is that of
# another store, from which the row was salvaged.
_TOMBSTONES = """
CREATE TABLE tombstones (
    idem BLOB PRIMARY KEY,
    seq INTEGER NOT NULL,
    slip_number TEXT,
    end_state TEXT NOT NULL,
    receipt TEXT,
    ended_trusted_s REAL NOT NULL,
    fingerprint BLOB NOT NULL
) WITHOUT ROWID"""
# A file without an item belongs to a visit under way, or to nobody: then it is collected. With its item a row goes, too, in the
# item's transaction; the file goes after it.
_ATTACHMENTS = """
CREATE TABLE attachments (
    attachment_id BLOB PRIMARY KEY,
    idem BLOB REFERENCES items (idem) ON DELETE CASCADE,
    position INTEGER,
    visit TEXT NOT NULL,
    purpose TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sealed_bytes INTEGER NOT NULL,
    digest BLOB NOT NULL,
    boot_id TEXT NOT NULL,
    created_mono_s REAL NOT NULL,
    key_id TEXT NOT NULL,
    sent_bytes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (idem, position)
) WITHOUT ROWID"""
# A case of money or cards: `end_state` says how it ended; once the platform has acknowledged that, its steps go and this row stays
# for a while.
_CASES = """
CREATE TABLE cases (
    case_id BLOB PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    end_state TEXT,
    ended_wall_s REAL,
    is_acknowledged INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID"""
_JOURNAL = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT,
    key_id TEXT NOT NULL,
    sealed_body BLOB NOT NULL,
    UNIQUE (case_id, position)
)"""
_KEYS = "CREATE TABLE keys (key_id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID"
_META = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


def _first(connection: Connection) -> None:
    for statement in (_ITEMS, _TOMBSTONES, _ATTACHMENTS, _CASES, _JOURNAL, _KEYS, _META):
        connection.execute(statement)
    # no row of an index for what has no slip, and none for the key: each costs a page of the log at each commit
    connection.execute("CREATE UNIQUE INDEX items_by_slip ON items (slip_number) WHERE slip_number IS NOT NULL")
    connection.execute(
        "CREATE UNIQUE INDEX tombstones_by_slip ON tombstones (slip_number) WHERE slip_number IS NOT NULL"
    )
    connection.execute("CREATE INDEX attachments_by_key ON attachments (key_id)")
    # a case has one step under way at most
    connection.execute("CREATE UNIQUE INDEX journal_open ON journal (case_id) WHERE outcome IS NULL")
    connection.execute("CREATE INDEX journal_by_key ON journal (key_id)")


Migrations = Mapping[int, Callable[[Connection], None]]
MIGRATIONS: Migrations = MappingProxyType({1: _first})
"""By the number that a file has afterwards."""


class NewerStoreError(Exception):
    """The file was made by a newer program; it was not touched."""


def version_of(connection: Connection) -> int:
    """The file's number; 0 for an empty one."""
    value = next(iter(connection.execute("PRAGMA user_version")))[0]
    return value if isinstance(value, int) else 0


def migrate(connection: Connection, migrations: Migrations = MIGRATIONS) -> bool:
    """Brings the file to the newest of `migrations`, each step whole or not at all; returns whether there was one.

    Raises:
        NewerStoreError: its number is above the newest.
        DatabaseError: a statement failed; the file has the number it had, or one in between.
    """
    newest = max(migrations)
    found = version_of(connection)
    if found > newest:
        raise NewerStoreError
    for number in range(found + 1, newest + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            migrations[number](connection)
            connection.execute(f"PRAGMA user_version={number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return found < newest
