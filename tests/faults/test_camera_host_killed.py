"""The camera's host is killed, or stopped, while frames come."""

import os
import signal

import psutil
import pytest

from devices.camera.camera import CameraCancelled, CameraFailed
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.camera.watching import FACE, emulated_camera


@pytest.mark.allow_log("host_ended")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_no_frame_is_left_anywhere_and_the_next_watch_works(sign: signal.Signals) -> None:
    with emulated_camera() as (emulator, scene):
        watch = scene.watch(timeout_s=1.0)
        watch.wait_frames(5)
        os.kill(scene.supervisor.pids()[FACE], sign)
        outcome = watch.outcome()
        assert isinstance(outcome, CameraFailed)
        assert outcome.problem in (Problem("device.interrupted"), Problem("device.hung"))
        assert emulator.wait_for_streams(0, 5)
        assert not [file.path for file in psutil.Process().open_files() if "memfd" in file.path]
        scene.statuses.items.clear()
        scene.status(DeviceState.ONLINE)
        again = scene.watch()
        again.wait_frames(5)
        assert isinstance(scene.end(again), CameraCancelled)
        assert again.stale() == 0
