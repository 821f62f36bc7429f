"""The permit rewriter says that a step is done and it is not: chip and camera know better."""

import pytest

from devices.permit_rewriter.ledger import Step, history_of
from devices.permit_rewriter.outcomes import Ejected, Held
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import RewriterScene, settled

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_lost")  # a card is held


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "verify", "eject"])
def test_one_lie_costs_one_redo(scene: RewriterScene, step: str) -> None:
    scene.do("lie_ok", step=step)
    card, outcome = scene.whole_way()
    assert settled(scene, card, outcome) == "rewritten"


LASTING = {
    "erase": Ejected(False, Problem("rewriter.not_erased")),
    "chipWrite": Held(Problem("rewriter.not_written")),
    "print": Held(Problem("rewriter.not_printed")),
    "eject": Held(Problem("rewriter.not_ejected")),
}


@pytest.mark.parametrize("step", LASTING)
def test_a_device_that_keeps_lying_is_asked_twice_and_no_more(scene: RewriterScene, step: str) -> None:
    scene.do("lie_ok", step=step, count=9)
    card, outcome = scene.whole_way()
    assert outcome == LASTING[step]
    settled(scene, card, outcome)
    history = history_of(scene.ledger.records())
    assert history is not None
    assert history.begun[Step(step)] == 2


def test_a_card_that_came_blank_and_stayed_so_is_given_back(scene: RewriterScene) -> None:
    scene.do("lie_ok", step="chipWrite", count=9)
    card, outcome = scene.whole_way("new_permit")
    assert outcome == Ejected(False, Problem("rewriter.not_written"))
    assert settled(scene, card, outcome, "new_permit") == "untouched"
