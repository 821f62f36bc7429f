"""One pcscd and one host for the tests of a module: the service is one per machine, so they also share one xdist group."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.smart_card.scenes import CardScene, Standing, card_scene, service_scene


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The service and the emulated slot."""
    with service_scene(Path(tmp_path_factory.mktemp("states"))) as scene:
        yield scene


@pytest.fixture(scope="module")
def standing_scene(standing: Standing) -> Iterator[CardScene]:
    """A host on it; `scene` is what a test takes."""
    with card_scene(standing) as scene:
        yield scene


@pytest.fixture
def scene(standing_scene: CardScene) -> Iterator[CardScene]:
    """An empty slot and nothing asked; what the test has left waiting is given up."""
    standing_scene.begin_anew()
    yield standing_scene
    standing_scene.begin_anew()
