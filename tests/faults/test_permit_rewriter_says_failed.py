"""The permit rewriter does a step and says that it failed: it is seen to be done and not done twice."""

import pytest

from devices.permit_rewriter.outcomes import Held
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import RewriterScene, settled, wish_for

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_lost")  # a card is held


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "verify", "eject"])
@pytest.mark.parametrize("kind", ["permit", "new_permit"])
def test_what_was_done_is_not_done_again(scene: RewriterScene, step: str, kind: str) -> None:
    scene.do("lie_error", step=step)
    card, outcome = scene.whole_way(kind)
    assert settled(scene, card, outcome, kind) == "rewritten"
    assert (card.erasures, card.writes, card.prints) == (1, 1, 1)


def test_a_check_that_keeps_failing_holds_the_card(scene: RewriterScene) -> None:
    scene.do("lie_error", step="verify", count=9)
    card, outcome = scene.whole_way()
    assert outcome == Held(Problem("rewriter.not_verified"))
    assert settled(scene, card, outcome) == "held"


@pytest.mark.parametrize(("part", "key"), [("eraser", "not_erased"), ("printer", "not_printed")])
def test_a_part_that_fails_ends_the_work(scene: RewriterScene, part: str, key: str) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    scene.do("break_part", part=part)
    outcome = scene.rewrites(wish_for(card))
    assert outcome.problem == Problem(f"rewriter.{key}")
    assert settled(scene, card, outcome) == ("untouched" if part == "eraser" else "held")
