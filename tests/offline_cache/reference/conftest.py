"""One reference of 5,000 items for all tests that search (1.5 s); they run in one process of the test run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.clock import ManualClock
from offline_cache.reference import Reference
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.demo_content import demo_content
from tests.offline_cache.reference.published import FolderSource, installed, published

ITEMS = 5_000


@pytest.fixture(scope="session")
def hall_content() -> Content:
    """Items of every region, with their synonyms."""
    return demo_content(ITEMS)


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory, hall_content: Content) -> Iterator[Reference]:
    """An open reference, fresh as long as the tests run."""
    folder: Path = tmp_path_factory.mktemp("reference")
    published(folder / "published", hall_content)
    reference = installed(folder / "terminal", FolderSource(folder / "published", piece=1 << 20), ManualClock())
    yield reference
    reference.close()
