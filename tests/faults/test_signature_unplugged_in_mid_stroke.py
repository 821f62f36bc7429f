"""The signature pad's plug is pulled in mid-stroke, and put back."""

import pytest

from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.signature_pad.scenes import pad_scene


@pytest.mark.allow_log("device_lost")
def test_half_a_signature_is_none_and_it_works_again_later(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), pad_scene() as scene:
        attempt = scene.begin()
        scene.do("unplug_in_mid_stroke")
        scene.do("sign")
        assert attempt.outcome() in (Problem("signature.interrupted"), Problem("signature.gone"))
        assert scene.status(DeviceState.POWER_OFF).action is Action.MAINTENANCE
        assert scene.start().outcome() == Problem("signature.gone")
        scene.forget_statuses()
        scene.do("plug")
        scene.status(DeviceState.ONLINE)
        scene.signs()
    assert caplog.text.count("device_lost") == 1
    assert caplog.text.count("device_recovered") == 1


def test_a_plug_that_wobbles_before_the_first_touch_does_not_end_the_capture() -> None:
    with pad_scene(retry_s=0.5) as scene:
        attempt = scene.begin()
        scene.do("unplug")
        scene.do("plug")
        assert scene.emulator.wait_for("started", 2, 10)
        scene.do("sign", strokes=1)
        attempt.events.wait_for(lambda event: event.stroke == 0)
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
