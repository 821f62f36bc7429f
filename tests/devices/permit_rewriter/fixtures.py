"""One permit rewriter for all tests of a module; import both names."""

from collections.abc import Iterator

import pytest

from tests.devices.permit_rewriter.scenes import RewriterScene, rewriter_scene


@pytest.fixture(scope="module")
def standing_rewriter() -> Iterator[RewriterScene]:
    """Stands as long as the module's tests run."""
    with rewriter_scene() as scene:
        yield scene


@pytest.fixture
def scene(standing_rewriter: RewriterScene) -> RewriterScene:
    """Whole, empty and online."""
    standing_rewriter.clear()
    return standing_rewriter
