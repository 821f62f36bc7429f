"""The camera gives the same picture again and again, as some do after they were unplugged."""

import pytest

from devices.camera.camera import CameraCancelled
from tests.devices.camera.watching import emulated_camera


@pytest.mark.parametrize("has_stamps", [False, True])
def test_a_repeated_picture_is_no_frame(has_stamps: bool) -> None:
    with emulated_camera(has_stamps=has_stamps) as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(5)
        emulator.do("old" if has_stamps else "repeat", {})
        if has_stamps:
            watch.more(4)  # every second picture is an old one
        else:
            assert emulator.wait_for_opened(emulator.streams + 1, 5)
        emulator.do("normal", {})
        watch.more(5)
        outcome = scene.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert watch.stale() == 0
        assert outcome.result.repeated > 0
