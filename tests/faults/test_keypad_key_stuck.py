"""A key of the keypad stays down."""

import pytest

from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.keypad.scenes import keypad_scene, shown


@pytest.mark.allow_log("device_lost")
def test_it_counts_once_then_ends_the_entry_and_is_told_to_the_technician() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter()
        scene.do("hold", key="seven")
        shown(attempt, 1)
        assert attempt.outcome() == Problem("keypad.key_stuck")
        assert scene.status(DeviceState.HARDWARE_ERROR).action is Action.MAINTENANCE
        scene.forget_statuses()
        scene.do("release")
        scene.status(DeviceState.ONLINE)
        scene.enters()
