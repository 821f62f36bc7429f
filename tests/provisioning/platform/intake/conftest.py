"""The platform on each database, with an intake that nothing has come to yet."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from kiosk.base.clock import ManualClock
from provisioning.platform import tables as platform_tables
from provisioning.platform.intake import tables
from provisioning.platform.settings import PlatformSettings
from tests.provisioning.platform.asgi import Caller


@pytest.fixture
def platform(
    make_platform: Callable[..., Caller], each_database: PlatformSettings, manual_clock: ManualClock
) -> Caller:
    """The demo on SQLite and on PostgreSQL."""
    caller = make_platform(each_database)
    with caller.app.state.platform.engine.begin() as connection:
        for table in (
            tables.attachment_part, tables.attachment, tables.item, tables.store, tables.alarm, tables.standing,
            tables.ending, tables.consultation, platform_tables.rating, platform_tables.confirmed_visit,
        ):  # fmt: skip
            connection.execute(delete(table))
    return caller


@pytest.fixture
def on_sqlite(make_platform: Callable[..., Caller], demo_settings: PlatformSettings) -> Caller:
    """The demo on SQLite alone, for what never comes to a database."""
    return make_platform(demo_settings)
