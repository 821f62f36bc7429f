"""Stray bytes and spoiled packets come from the signature pad's line."""

from devices.signature_pad.types import Signature
from tests.devices.signature_pad.scenes import pad_scene, seen


def test_every_point_is_taken_through_garbage() -> None:
    with pad_scene() as scene:
        for count in (1, 7, 999):
            attempt = scene.begin()
            scene.do("garbage", count=count)
            scene.do("sign", strokes=2)
            seen(attempt, 2, 60)
            scene.finish()
            outcome = attempt.outcome()
            assert isinstance(outcome, Signature)
            assert [len(stroke) for stroke in outcome.strokes] == [60, 60]


def test_a_spoiled_point_is_left_out_and_never_drawn_elsewhere() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("wrong_check")
        scene.do("sign", strokes=2)
        seen(attempt, 2, 60)
        scene.finish()
        outcome = attempt.outcome()
        assert isinstance(outcome, Signature)
        assert [len(stroke) for stroke in outcome.strokes] == [59, 60]
