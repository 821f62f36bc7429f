"""Platforms over SQLite and PostgreSQL with a clock that is moved by hand."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kiosk.base.clock import ManualClock
from provisioning.platform.app import create_app
from provisioning.platform.settings import Limits, PlatformSettings
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.clusters import postgresql_cluster
from tests.provisioning.platform.running import make_client, platform_process

__all__ = ["make_client", "platform_process"]

CITIZENS = 40


@pytest.fixture(scope="session")
def _cluster() -> Iterator[str]:
    with postgresql_cluster() as url:
        yield url


@pytest.fixture
def postgresql_url(_cluster: str) -> Iterator[str]:
    """A fresh, empty database."""
    name = f"platform_{secrets.token_hex(4)}"
    with psycopg.connect(_cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield _cluster.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> PlatformSettings:
    """A demo with few citizens and the limits of earnest."""
    folder = tmp_path_factory.getbasetemp() / "demo-platform"
    return PlatformSettings(data_dir=folder, demo=True, demo_citizens=CITIZENS, limits=Limits())


@pytest.fixture(scope="session")
def _filled(_cluster: str, demo_settings: PlatformSettings) -> str:
    """A database of the cluster with the demo's citizens, whose running state each test empties."""
    with psycopg.connect(_cluster, autocommit=True) as connection:
        connection.execute("CREATE DATABASE filled STRATEGY file_copy")
    url = _cluster.replace("/postgres?", "/filled?")
    create_app(replace(demo_settings, database_url=url), clock=ManualClock()).state.platform.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, demo_settings: PlatformSettings, _filled: str) -> PlatformSettings:
    """The demo on each of the databases, with nothing tried, sent or rated yet."""
    if request.param == "sqlite":
        return demo_settings
    with psycopg.connect(_filled, autocommit=True) as connection:
        connection.execute("TRUNCATE identity_code, identity_try, identity_token, rating, fleet_terminal")
    return replace(demo_settings, database_url=_filled)


@pytest.fixture
def make_platform(manual_clock: ManualClock) -> Iterator[Callable[..., Caller]]:
    """Makes applications on the manual clock; closed at the end."""
    made: list[Caller] = []

    def make(settings: PlatformSettings, **options: Any) -> Caller:
        made.append(Caller(create_app(settings, clock=manual_clock, **options)))
        return made[-1]

    yield make
    for caller in made:
        caller.app.state.platform.close()


@pytest.fixture
def platform(make_platform: Callable[..., Caller], demo_settings: PlatformSettings) -> Caller:
    """The demo on SQLite."""
    return make_platform(demo_settings)


@pytest.fixture
def platform_on_each(make_platform: Callable[..., Caller], each_database: PlatformSettings) -> Caller:
    """The demo on SQLite and on PostgreSQL."""
    return make_platform(each_database)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty folder for the platform's files."""
    return tmp_path / "platform"
