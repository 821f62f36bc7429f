"""One pcscd for the tests of a module: it is one per machine, so they also share one xdist group."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.smart_card.scenes import CardScene, Standing, card_scene, service_scene


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The service and the emulated slot."""
    with service_scene(Path(tmp_path_factory.mktemp("states"))) as scene:
        yield scene


@pytest.fixture
def scene(standing: Standing) -> Iterator[CardScene]:
    """A host on it, with an empty slot."""
    with card_scene(standing) as scene:
        yield scene
