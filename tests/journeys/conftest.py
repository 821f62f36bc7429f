"""The desk at which the tests of submissions hand in: one for all of a worker."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.consultation import Desk


@pytest.fixture(scope="session")
def standing_desk() -> Iterator[Desk]:
    """One for the tests of a worker; `desk` is what a test takes."""
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        desk = Desk(Path(folder))
        try:
            yield desk
        finally:
            errors = desk.close()
        assert errors == "", errors


@pytest.fixture
def desk(standing_desk: Desk) -> Desk:
    """Online, everything whole, and nobody there."""
    standing_desk.make_whole()
    return standing_desk
