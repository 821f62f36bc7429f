"""A platform in a process of its own and a cable to it."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.offline_cache.sync.running import effects
from tests.provisioning.platform.running import cable, platform_process

__all__ = ["cable", "platform_process"]


@pytest.fixture
def terminal_id() -> str:
    """A terminal of the test's own, so that the platform can be shared."""
    return f"T-{uuid4().hex[:8]}"


@pytest.fixture
def at_platform(
    tmp_path_factory: pytest.TempPathFactory, platform_process: object, terminal_id: str
) -> Callable[[], dict[str, int]]:
    """Counts what took effect for the test's terminal."""
    folder: Path = tmp_path_factory.getbasetemp() / "platform"
    return lambda: effects(folder, terminal_id)
