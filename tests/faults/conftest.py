"""The platform's faults are played over real sockets, with a cable that can be broken; faults of a visit in a whole hall."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.emulators.control import HALL, STATE, Emulator
from devices.emulators.scenes import ScenePlayer, read_scene
from provisioning.demo.scene_command import scene_path
from tests.faults.visits import FaultyHall
from tests.provisioning.platform.running import cable, central_client, make_client, platform_process

__all__ = ["cable", "central_client", "make_client", "platform_process"]


@pytest.fixture(scope="session")
def standing_hall() -> Iterator[FaultyHall]:
    """One for the tests of a worker; `hall` is what a test takes."""
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        hall = FaultyHall(Path(folder) / "hall", pinned=True)
        try:
            yield hall
        finally:
            errors = hall.close()
        assert errors == "", errors


@pytest.fixture
def hall(standing_hall: FaultyHall) -> Iterator[FaultyHall]:
    """Everything whole and nobody there. After the test nothing has broken in the terminal and nothing was printed twice."""
    standing_hall.make_whole()
    crashes = standing_hall.crashes()
    yield standing_hall
    standing_hall.make_whole()  # here, so that a test which failed in mid-visit does not spoil the next one
    assert standing_hall.crashes() == crashes, "an error that nobody caught"
    assert standing_hall.most_cuts_of_a_job() <= 1


@pytest.fixture
def scene(hall: FaultyHall) -> Iterator[Callable[[str], ScenePlayer]]:
    """A scene of the demo by its name, in this hall; whatever happens, it is mended after the test."""
    played: list[ScenePlayer] = []

    def of(name: str) -> ScenePlayer:
        played.append(ScenePlayer(read_scene(scene_path(name)), hall.hands))
        return played[-1]

    yield of
    for player in played:
        player.mend()


class _Hands:
    """A hall of one emulator in this process."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]:
        if emulator == HALL:
            return {"emulators": {self._emulator.name: {"missing": None}}}
        if action != STATE:
            self._emulator.do(action, arguments)
        return self._emulator.state()


@pytest.fixture
def device_scene() -> Callable[[str, Emulator], ScenePlayer]:
    """A scene of the demo by its name, for an emulator that the test has itself."""
    return lambda name, emulator: ScenePlayer(read_scene(scene_path(name)), _Hands(emulator))
