"""The signature pad's host is killed (SIGKILL) in mid-capture."""

import os
import signal

import pytest

from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.signature_pad.scenes import PAD, pad_scene, seen


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_the_capture_says_so_and_a_new_one_succeeds() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("sign")
        seen(attempt, 3, 60)
        os.kill(scene.supervisor.pids()[PAD], signal.SIGKILL)
        assert attempt.outcome() == Problem("signature.interrupted")
        scene.forget_statuses()
        scene.status(DeviceState.ONLINE)
        scene.signs()
        assert len(attempt.outcomes.items) == 1
