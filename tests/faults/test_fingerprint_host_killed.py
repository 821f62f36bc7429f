"""The fingerprint reader's host is killed (SIGKILL) in mid-read."""

import os
import signal

import pytest

from devices.fingerprint_reader.reader import RemoveSubject
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import FINGERPRINT, finger_scene
from tests.devices.scenes import PATIENCE_S


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_the_read_says_so_and_the_next_host_blanks_the_sensor() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("lay")
        attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
        assert not scene.is_blank()
        os.kill(scene.supervisor.pids()[FINGERPRINT], signal.SIGKILL)
        assert attempt.outcome() == Problem("fingerprint.interrupted")
        scene.forget_statuses()
        scene.status(DeviceState.ONLINE)
        assert scene.emulator.wait_for("downloads", 4, PATIENCE_S)
        assert scene.is_blank()
        scene.do("lift")
        scene.reads()
        assert len(attempt.outcomes.items) == 1
