"""The keypad's host is killed (SIGKILL) in mid-entry."""

import os
import signal

import pytest

from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.keypad.scenes import KEYPAD, keypad_scene, shown
from tests.devices.scenes import PATIENCE_S


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_the_entry_says_so_the_light_goes_out_and_a_new_one_begins_empty() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter()
        scene.do("type", digits="13")
        shown(attempt, 2)
        os.kill(scene.supervisor.pids()[KEYPAD], signal.SIGKILL)
        assert attempt.outcome() == Problem("keypad.interrupted")
        scene.forget_statuses()
        scene.status(DeviceState.ONLINE)
        assert scene.emulator.wait_for("end", 2, PATIENCE_S)
        scene.enters("52")
        assert len(attempt.outcomes.items) == 1
