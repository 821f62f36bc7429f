"""The power of the permit rewriter fails before, in and after each step: the card ends whole, or is held with the reason."""

import pytest

from devices.permit_rewriter.outcomes import Held
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import IMPATIENT, RewriterScene, settled, wish_for

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_lost")  # the device is off, or says that a card is held

ENDS = {
    ("erase", "before"): "rewritten",
    ("erase", "middle"): "rewritten",
    ("erase", "after"): "rewritten",
    ("chipWrite", "before"): "rewritten",
    ("chipWrite", "middle"): "rewritten",
    ("chipWrite", "after"): "rewritten",
    ("print", "before"): "rewritten",
    ("print", "middle"): "held",  # what is half printed cannot be printed over
    ("print", "after"): "rewritten",
    ("verify", "before"): "rewritten",
    ("verify", "middle"): "rewritten",
    ("verify", "after"): "rewritten",
    ("eject", "before"): "rewritten",
    ("eject", "middle"): "rewritten",
    ("eject", "after"): "rewritten",
}


@pytest.mark.parametrize(("step", "when"), ENDS)
def test_a_short_power_cut_costs_no_card(scene: RewriterScene, step: str, when: str) -> None:
    scene.do("power_cut", step=step, when=when, for_ms=60)
    card, outcome = scene.whole_way()
    assert settled(scene, card, outcome) == ENDS[step, when], outcome
    assert scene.emulator.wait_for("power_on", 1, 5)


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "verify"])
def test_a_long_power_cut_holds_the_card_and_the_status_says_so_afterwards(scene: RewriterScene, step: str) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    impatient = PermitRewriter(scene.supervisor, IMPATIENT)
    scene.do("power_cut", step=step, when="middle", for_ms=0)
    outcome = scene.asks(
        lambda action, heard: impatient.rewrite(action, wish_for(card), scene.ledger, lambda _: None, heard)
    )
    assert outcome == Held(Problem("rewriter.not_seen"))
    assert settled(scene, card, outcome) == "held"
    scene.do("power_on")
    status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert status.reason == "rewriter.not_seen"
    assert settled(scene, card, scene.recovers(wish_for(card))) == "held"


def test_redoing_nothing_holds_the_card_at_the_first_break(scene: RewriterScene) -> None:
    scene.do("power_cut", step="chipWrite", when="middle", for_ms=60)
    card, outcome = scene.whole_way(redoes=0)
    assert outcome == Held(Problem("rewriter.half_written"))
    assert settled(scene, card, outcome) == "held"
