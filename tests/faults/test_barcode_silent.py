"""The scanner does not answer any more, its cable still plugged."""

import pytest

from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.scenes import scanner_scene


@pytest.mark.allow_log("device_lost")
def test_three_misses_end_the_read_and_it_comes_back_by_itself() -> None:
    with scanner_scene() as scene:
        attempt = scene.lit_scan()
        scene.do("silence")
        assert attempt.outcome() == Problem("barcode.gone")
        scene.status(DeviceState.POWER_OFF)
        scene.forget_statuses()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        scene.scans("goods", "6901234567892")


def test_a_scanner_that_cannot_be_asked_leaves_the_read_to_its_time() -> None:
    with scanner_scene({"hello": "", "hello_reply": ""}) as scene:
        scene.do("silence")
        assert scene.scan(0.3).outcome() == Problem("barcode.none_read")
