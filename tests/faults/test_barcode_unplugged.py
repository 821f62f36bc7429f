"""The scanner's plug is pulled in mid-read, and put back."""

import pytest

from devices.barcode_reader.types import BarcodeRead
from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.scenes import scanner_scene


@pytest.mark.allow_log("device_lost")
def test_a_read_ends_after_three_misses_and_works_again_later(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), scanner_scene() as scene:
        attempt = scene.lit_scan()
        scene.do("unplug")
        assert attempt.outcome() == Problem("barcode.gone")
        assert scene.status(DeviceState.POWER_OFF).action is Action.MAINTENANCE
        assert scene.scan(5).outcome() == Problem("barcode.gone")
        scene.forget_statuses()
        scene.do("plug")
        scene.status(DeviceState.ONLINE)
        scene.scans("goods", "6901234567892")
    assert caplog.text.count("device_lost") == 1
    assert caplog.text.count("device_recovered") == 1


def test_a_plug_that_wobbles_does_not_end_the_read() -> None:
    with scanner_scene({"retry_s": 0.5}) as scene:
        attempt = scene.lit_scan()
        scene.do("unplug")
        scene.do("plug")
        scene.do("show", code="goods")
        assert isinstance(attempt.outcome(), BarcodeRead)
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
