"""The keypad's plug is pulled in mid-entry, and put back."""

import pytest

from devices.keypad.keypad import Entered
from devices.keypad.types import Key
from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.keypad.scenes import keypad_scene, shown


@pytest.mark.allow_log("device_lost")
def test_an_entry_ends_after_three_misses_and_works_again_later(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), keypad_scene() as scene:
        attempt = scene.enter()
        scene.do("type", digits="13")
        shown(attempt, 2)
        scene.do("unplug")
        assert attempt.outcome() == Problem("keypad.gone")
        assert scene.status(DeviceState.POWER_OFF).action is Action.MAINTENANCE
        assert scene.refused() == Problem("keypad.gone")
        scene.forget_statuses()
        scene.do("plug")
        scene.status(DeviceState.ONLINE)
        scene.enters()
    assert caplog.text.count("device_lost") == 1
    assert caplog.text.count("device_recovered") == 1


def test_a_plug_that_wobbles_begins_the_entry_anew() -> None:
    """Nobody knows which keys were lost: half an old password and half a new one are no password."""
    with keypad_scene(retry_s=0.5) as scene:
        attempt = scene.enter()
        scene.do("type", digits="13")
        shown(attempt, 2)
        scene.do("unplug")
        scene.do("plug")
        shown(attempt, 0)
        scene.do("type", digits="1352")
        shown(attempt, 4)
        scene.press(Key.ENTER)
        outcome = attempt.outcome()
        assert isinstance(outcome, Entered)
        assert outcome.text == "1352"
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
