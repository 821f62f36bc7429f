"""PostgreSQL for the hall."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest

from tests.provisioning.platform.clusters import postgresql_cluster


@pytest.fixture(scope="session")
def _cluster() -> Iterator[str]:
    with postgresql_cluster() as url:
        yield url


@pytest.fixture
def postgresql_url(_cluster: str) -> Iterator[str]:
    """A fresh, empty database."""
    name = f"chaos_{secrets.token_hex(4)}"
    with psycopg.connect(_cluster, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        yield _cluster.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
