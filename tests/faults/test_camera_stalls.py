"""The camera keeps its connection and gives no more pictures."""

from devices.camera.camera import CameraCancelled, CameraFailed
from kiosk.base.errors import Problem
from tests.devices.camera.watching import FACE, emulated_camera


def test_a_stalled_camera_is_opened_anew_and_goes_on() -> None:
    with emulated_camera() as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(5)
        streams = emulator.streams
        emulator.do("stall", {})
        assert emulator.wait_for_opened(streams + 1, 5)
        emulator.do("normal", {})
        watch.more(5)
        outcome = scene.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert outcome.result.reopened >= 1
        assert watch.stale() == 0


def test_a_camera_that_stays_silent_ends_the_command_with_words() -> None:
    with emulated_camera(lost_s=0.8) as (emulator, scene):
        emulator.do("stall", {})
        outcome = scene.take().outcome()
        assert isinstance(outcome, CameraFailed)
        assert outcome.problem == Problem("camera.no_picture")


def test_a_stalled_camera_can_be_left_at_once() -> None:
    with emulated_camera(read_s=1.5, stall_s=2.0, lost_s=20.0) as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(2)
        emulator.do("stall", {})
        assert isinstance(scene.end(watch), CameraCancelled)
        assert scene.supervisor.traffic()[FACE].restarts == 0
