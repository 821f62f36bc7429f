"""The tables of a reference file, and which of them are content (the rest is derived from it).

The content travels in deltas and has a digest; `posting` and `code_key` are made of it by `indexing`.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

FORMAT = 1
APPLICATION_ID = 0x42445952  # "BDYR"

TABLES = """
CREATE TABLE entry (
    entry INTEGER PRIMARY KEY, kind INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL,
    region TEXT NOT NULL, level INTEGER NOT NULL, hot INTEGER NOT NULL, search TEXT NOT NULL) STRICT;
CREATE TABLE item (
    entry INTEGER PRIMARY KEY, item_code TEXT NOT NULL UNIQUE, business_item_code TEXT NOT NULL, basic_code TEXT NOT NULL,
    department TEXT NOT NULL, stars INTEGER NOT NULL, theme TEXT NOT NULL, guide TEXT NOT NULL, aliases TEXT NOT NULL
) STRICT;
CREATE TABLE guide (key TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE policy (code TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE place (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, parent TEXT NOT NULL, level INTEGER NOT NULL, romanised TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE fold (character TEXT PRIMARY KEY, simple TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE posting (term TEXT PRIMARY KEY, bits BLOB NOT NULL) STRICT;
CREATE TABLE code_key (code TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (code, entry)) STRICT, WITHOUT ROWID;
"""
INDEXES = "CREATE INDEX place_by_parent ON place (parent, code);"
CONTENT: dict[str, tuple[str, ...]] = {
    # table: its columns, the first is the key
    "entry": ("entry", "kind", "code", "name", "note", "region", "level", "hot", "search"),
    "item": (
        "entry", "item_code", "business_item_code", "basic_code", "department", "stars", "theme", "guide", "aliases",
    ),
    "guide": ("key", "content"),
    "policy": ("code", "content"),
    "place": ("code", "name", "parent", "level", "romanised"),
    "fold": ("character", "simple"),
}  # fmt: skip

Cell = str | bytes | int


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes: no locks, no journal, from any thread, one at a time.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    address = f"file:{str(path).replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-8192")
    return connection


def open_for_building(path: Path) -> sqlite3.Connection:
    """A connection to a file under construction: nothing of it counts until it was synced and moved into its place."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-65536"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def content_rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table of `CONTENT` by their key."""
    columns = CONTENT[table]
    yield from connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")  # noqa: S608


def content_digest(connection: sqlite3.Connection) -> str:
    """SHA-256 (hex) of the content: every row of every table as MessagePack, tables and rows in order. 1 s for 134,000."""
    digest = hashlib.sha256()
    encode = msgspec.msgpack.Encoder().encode
    for table in CONTENT:
        digest.update(encode(table))
        for row in content_rows(connection, table):
            digest.update(encode(row))
    return digest.hexdigest()
