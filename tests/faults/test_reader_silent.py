"""The module does not answer any more, its cable still plugged."""

import pytest

from devices.id_card_reader.types import CardRead
from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.scenes import reader_scene


@pytest.mark.allow_log("device_lost")
def test_three_misses_end_the_read_and_it_comes_back_by_itself() -> None:
    with reader_scene() as scene:
        attempt = scene.read()
        scene.do("silence")
        assert attempt.outcome() == Problem("reader.gone")
        status = scene.status(DeviceState.POWER_OFF)
        assert status.action is Action.MAINTENANCE
        scene.forget_statuses()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        scene.reads_a_card()


def test_one_miss_changes_nothing() -> None:
    """A blip of the line is neither told nor does it end the read."""
    with reader_scene() as scene:
        scene.do("miss", replies=2)
        attempt = scene.read()
        scene.do("lay", card="resident")
        assert isinstance(attempt.outcome(), CardRead)
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
