"""Noise, damaged frames and slow answers on the permit rewriter's line: the endorsement is made once all the same."""

import pytest

from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import RewriterScene, settled

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_lost")  # the test before may have left it so


@pytest.mark.parametrize(("fault", "words"), [("garbage", {"count": 9}), ("slow", {"ms": 5})])
def test_noise_between_frames_and_slowness_cost_nothing(
    scene: RewriterScene, fault: str, words: dict[str, int]
) -> None:
    scene.do(fault, **words)
    card, outcome = scene.whole_way()
    assert settled(scene, card, outcome) == "rewritten"
    assert (card.erasures, card.writes, card.prints) == (1, 1, 1)
