"""The pen leaves the signature pad's area."""

from devices.signature_pad.pad import PenOutside
from devices.signature_pad.types import Signature
from kiosk.base.errors import Problem
from tests.devices.signature_pad.scenes import pad_scene, seen


def test_it_is_told_and_what_lies_outside_is_not_taken() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("outside")
        assert attempt.events.wait_for(lambda event: isinstance(event, PenOutside)) == PenOutside(
            Problem("signature.outside")
        )
        seen(attempt, 2, 10)
        scene.finish()
        outcome = attempt.outcome()
        assert isinstance(outcome, Signature)
        assert len(outcome.strokes) == 2
        assert all(point.x <= outcome.width for stroke in outcome.strokes for point in stroke)
