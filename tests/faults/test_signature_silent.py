"""The signature pad does not answer any more, its cable still plugged."""

import pytest

from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.signature_pad.scenes import pad_scene


@pytest.mark.allow_log("device_lost")
def test_three_misses_end_the_capture_and_it_comes_back_by_itself() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("silence")
        assert attempt.outcome() == Problem("signature.gone")
        scene.status(DeviceState.POWER_OFF)
        scene.forget_statuses()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        scene.signs(1)
