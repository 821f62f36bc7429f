"""Noise stands between the pictures."""

from devices.camera.camera import CameraCancelled
from tests.devices.camera.watching import emulated_camera


def test_noise_between_pictures_costs_none_of_them() -> None:
    with emulated_camera() as (emulator, scene):
        emulator.do("garbage", {})
        watch = scene.watch()
        watch.wait_frames(20)
        outcome = scene.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert (outcome.result.damaged, watch.stale()) == (0, 0)
