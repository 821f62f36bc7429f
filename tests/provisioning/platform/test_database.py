"""What the database is told before anything is asked of it: answered means durable, and nothing waits for ever."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kiosk.base.clock import SystemClock
from provisioning.platform import database
from provisioning.platform.intake.receiving import Intake
from provisioning.platform.intake.wire import IntakeBatch, IntakeItem
from provisioning.platform.settings import PlatformSettings
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.intake.submissions import STORE, key_of


def test_a_commit_on_sqlite_is_on_the_disk_before_anybody_is_told(platform: Caller) -> None:
    engine = platform.app.state.platform.engine
    connections = [engine.connect() for _ in range(3)]
    try:
        told = [connection.exec_driver_sql("PRAGMA synchronous").scalar() for connection in connections]
    finally:
        for connection in connections:
            connection.close()
    assert told == [2, 2, 2]


def test_a_commit_on_postgresql_is_durable_and_every_statement_has_an_end(
    make_platform: Callable[..., Caller], demo_settings: PlatformSettings, postgresql_url: str
) -> None:
    # an operator who made the server quick and forgetful
    lax = create_engine(postgresql_url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    name = lax.url.database
    with lax.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    lax.dispose()
    caller = make_platform(replace(demo_settings, database_url=postgresql_url))
    with caller.app.state.platform.engine.connect() as connection:
        settings = ("synchronous_commit", "statement_timeout", "idle_in_transaction_session_timeout")
        told = [connection.exec_driver_sql(f"SHOW {setting}").scalar() for setting in settings]
        connection.rollback()  # as the pool does: it must not take the settings back
        again = [connection.exec_driver_sql(f"SHOW {setting}").scalar() for setting in settings]
    assert told == again == ["on", f"{database.LONGEST_STATEMENT_S}s", f"{database.LONGEST_STATEMENT_S}s"]


def test_a_platform_that_has_too_much_to_do_says_so_once_and_not_of_each_item(platform: Caller) -> None:
    url = platform.app.state.platform.engine.url
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    intake = Intake(engine, SystemClock(), {}, lambda _: True)
    items = tuple(
        IntakeItem(key_of(number), number, f"lane-{number}", "any", 1, None, "2026-11-21T23:04:00+08:00", None, "{}")
        for number in (1, 2, 3)
    )
    try:
        with engine.connect(), pytest.raises(PoolTimeout):
            intake.receive(IntakeBatch("T-7", STORE, items), frozenset())
    finally:
        engine.dispose()
