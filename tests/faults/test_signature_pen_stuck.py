"""The pen is left lying on the pad."""

from devices.signature_pad.pad import PenOutside
from kiosk.base.errors import Problem
from tests.devices.signature_pad.scenes import pad_scene


def test_the_capture_says_so_and_a_new_one_succeeds() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("pen_down")
        assert attempt.outcome() == Problem("signature.pen_stuck")
        scene.do("pen_up")
        scene.signs()
    assert PenOutside(Problem("signature.outside")) not in attempt.events.items
