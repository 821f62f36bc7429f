"""A reply is damaged on its way."""

import pytest

from devices.id_card_reader.types import CardRead
from devices.status import DeviceState
from tests.devices.scenes import reader_scene


def test_one_damaged_reply_is_asked_for_again_and_nobody_is_bothered() -> None:
    with reader_scene() as scene:
        attempt = scene.read()
        scene.do("lay", card="resident")
        assert isinstance(attempt.outcome(), CardRead)
        scene.do("wrong_checksum", times=2)
        again = scene.read()
        assert isinstance(again.outcome(), CardRead)
        assert len(again.events.items) == 1
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]


@pytest.mark.allow_log("device_lost")
def test_a_line_that_damages_everything_is_a_reader_that_is_gone() -> None:
    with reader_scene() as scene:
        scene.do("wrong_checksum", times=1000)
        scene.read(5).outcome()
        assert scene.status(DeviceState.POWER_OFF).reason == "reader.gone"
