"""The fingerprint module does not answer any more, its cable still plugged."""

import pytest

from devices.fingerprint_reader.types import FingerRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import finger_scene


@pytest.mark.allow_log("device_lost")
def test_three_misses_end_the_read_and_it_comes_back_by_itself() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("silence")
        assert attempt.outcome() == Problem("fingerprint.gone")
        scene.status(DeviceState.POWER_OFF)
        scene.forget_statuses()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        scene.reads()


def test_one_miss_changes_nothing() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("miss")
        scene.press_on(attempt)
        assert isinstance(attempt.outcome(), FingerRead)
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
