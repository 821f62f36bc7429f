"""The fingerprint reader's plug is pulled in mid-read, and put back."""

import pytest

from devices.fingerprint_reader.reader import RemoveSubject
from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import finger_scene


@pytest.mark.allow_log("device_lost")
def test_a_read_ends_after_three_misses_and_works_again_later(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), finger_scene() as scene:
        attempt = scene.read()
        scene.do("lay")
        attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
        scene.do("unplug")
        assert attempt.outcome() == Problem("fingerprint.gone")
        assert scene.status(DeviceState.POWER_OFF).action is Action.MAINTENANCE
        assert scene.read(5).outcome() == Problem("fingerprint.gone")
        scene.do("lift")
        scene.forget_statuses()
        scene.do("plug")
        scene.status(DeviceState.ONLINE)
        scene.reads()
    assert caplog.text.count("device_lost") == 1
    assert caplog.text.count("device_recovered") == 1


def test_a_plug_that_wobbles_ends_the_read_since_the_first_press_is_lost() -> None:
    with finger_scene(retry_s=0.5) as scene:
        attempt = scene.read()
        scene.do("lay")
        attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
        scene.do("unplug")
        scene.do("plug")
        assert attempt.outcome() == Problem("fingerprint.interrupted")
        scene.do("lift")
        scene.reads()
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
