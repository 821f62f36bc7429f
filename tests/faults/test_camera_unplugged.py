"""The camera is unplugged while it is watched, and while nobody watches."""

import pytest

from devices.camera.camera import CameraCancelled, CameraFailed
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.camera.watching import emulated_camera


def test_a_camera_that_comes_back_goes_on_in_the_same_command() -> None:
    with emulated_camera() as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(3)
        emulator.do("die", {})
        emulator.do("revive", {})
        watch.more(5)
        outcome = scene.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert outcome.result.reopened >= 1
        assert watch.stale() == 0


@pytest.mark.allow_log("device_lost.*camera.power_off")
def test_a_camera_that_stays_away_ends_the_command_and_returns_later() -> None:
    with emulated_camera(lost_s=0.6) as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(3)
        emulator.do("die", {})
        outcome = watch.outcome()
        assert isinstance(outcome, CameraFailed)
        assert outcome.problem == Problem("camera.no_picture")
        emulator.do("revive", {})
        again = scene.watch()
        again.wait_frames(3)
        assert isinstance(scene.end(again), CameraCancelled)


def test_while_idle_it_is_gone_after_three_misses() -> None:
    from devices.camera.mjpeg_driver import make
    from devices.emulators.mjpeg_camera import MjpegCameraEmulator

    emulator = MjpegCameraEmulator(width=160, height=90)
    emulator.start()
    driver = make({"url": emulator.url})
    try:
        assert driver.open().state is DeviceState.ONLINE
        emulator.do("die", {})
        states = [driver.status().state for _ in range(3)]
        assert states == [DeviceState.ONLINE, DeviceState.ONLINE, DeviceState.POWER_OFF]
        emulator.do("revive", {})
        assert driver.status().state is DeviceState.ONLINE
    finally:
        driver.close()
        emulator.stop()
