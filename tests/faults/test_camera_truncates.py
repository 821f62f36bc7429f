"""Pictures arrive cut short."""

from devices.camera.camera import CameraCancelled
from tests.devices.camera.watching import emulated_camera


def test_a_cut_picture_is_never_shown() -> None:
    with emulated_camera() as (emulator, scene):
        watch = scene.watch()
        watch.wait_frames(5)
        emulator.do("truncate", {})
        assert emulator.wait_for_streams(0, 5)  # nothing whole came for so long that it was opened anew
        shown = len(watch.codes.items)
        emulator.do("normal", {})
        watch.more(5)
        outcome = scene.end(watch)
        assert isinstance(outcome, CameraCancelled)
        assert outcome.result.damaged > 0
        assert shown <= outcome.result.frames
        assert watch.stale() == 0
