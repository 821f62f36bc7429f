"""Opening the platform's database: SQLite or PostgreSQL, its schema, and filling it with the demo's citizens."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from kiosk.base.errors import BudayangError
from provisioning.platform import tables
from provisioning.platform.citizens import DemoRows

DIALECTS = ("sqlite", "postgresql")
POOL_WAIT_S = 5.0
"""For a free connection: shorter than a terminal waits for its answer."""
LONGEST_STATEMENT_S = 20
_SILENCE_MS = 10_000  # of a server that is gone
_SESSION = (
    # a terminal deletes what was answered: no answer before the commit is on the disk
    "SET SESSION synchronous_commit TO 'on'",
    f"SET SESSION statement_timeout TO '{LONGEST_STATEMENT_S}s'",
    f"SET SESSION idle_in_transaction_session_timeout TO '{LONGEST_STATEMENT_S}s'",
)


def open_engine(url: str | URL) -> Engine:
    """An engine whose errors never carry parameters (they would be personal).

    Raises:
        BudayangError: ``platform.database_unknown`` for another kind of database, one in memory, or an unreadable URL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BudayangError("platform.database_unknown") from None
    if parsed.get_backend_name() not in DIALECTS:
        raise BudayangError("platform.database_unknown")
    if parsed.get_backend_name() == "postgresql":
        # psycopg 3 is what the [platform] extra installs; a plain postgresql:// means it
        parsed = parsed.set(drivername="postgresql+psycopg")
        bounds = {"connect_timeout": 5, "tcp_user_timeout": _SILENCE_MS}
        engine = create_engine(
            parsed, hide_parameters=True, pool_pre_ping=True, pool_timeout=POOL_WAIT_S, connect_args=bounds
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    if parsed.database in (None, "", ":memory:"):
        raise BudayangError("platform.database_unknown")  # every thread would have one of its own, and none a file
    engine = create_engine(parsed.set(drivername="sqlite"), hide_parameters=True, pool_timeout=POOL_WAIT_S)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    cursor = connection.cursor()
    # FULL: with NORMAL a power cut takes commits back that a terminal was told of, and has deleted
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for setting in _SESSION:
            cursor.execute(setting)
    connection.commit()


def sqlite_url(path: Path) -> URL:
    """The URL of a SQLite file."""
    return URL.create("sqlite", database=str(path))


def prepare_schema(engine: Engine) -> None:
    """Creates the tables of an empty database; refuses one of another version.

    Raises:
        BudayangError: ``platform.database_unreachable`` or ``platform.schema_differs``.
    """
    try:
        with engine.begin() as connection:
            tables.metadata.create_all(connection)
            version = connection.scalar(select(tables.platform_schema.c.version))
            if version is None:
                connection.execute(insert(tables.platform_schema).values(version=tables.SCHEMA_VERSION))
            elif version != tables.SCHEMA_VERSION:
                raise BudayangError("platform.schema_differs", found=str(version), needed=str(tables.SCHEMA_VERSION))
    except SQLAlchemyError:
        raise BudayangError("platform.database_unreachable") from None


def is_empty(engine: Engine) -> bool:
    """Whether no person is registered yet."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(tables.person)) == 0


def fill(engine: Engine, rows: DemoRows) -> None:
    """Writes the demo's citizens in one transaction."""
    with engine.begin() as connection:
        for table, content in (
            (tables.person, rows.persons),
            (tables.registered_phone, rows.phones),
            (tables.service_password, rows.passwords),
            (tables.fund_employer, rows.employers),
            (tables.fund_account, rows.accounts),
            (tables.fund_entry, rows.entries),
        ):
            copy_rows(connection, table, content)


def copy_rows(connection: Connection, table: Table, rows: Iterable[Sequence[object]]) -> None:
    """The fast road of each database: the rows have the order of the columns."""
    columns = ", ".join(column.name for column in table.columns)
    if connection.dialect.name == "postgresql":
        driver = connection.connection.driver_connection
        assert driver is not None
        connection.exec_driver_sql("SET LOCAL statement_timeout TO 0")  # one COPY of all that there is
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(table.columns))
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", rows)  # noqa: S608  # names of our own


def upsert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """INSERT with ON CONFLICT, in the dialect of the connection; both spell it alike."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
