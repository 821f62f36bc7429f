"""The cable of the permit rewriter is pulled in a step and put back: the device worked on, and what it did is seen."""

import pytest

from devices.permit_rewriter.ledger import Step
from devices.permit_rewriter.outcomes import Held, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import IMPATIENT, RewriterScene, begins, settled, wish_for
from tests.devices.scenes import Heard

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_(lost|status)")  # the cable is out; later a card is held


@pytest.mark.parametrize("step", [Step.ERASE, Step.CHIP_WRITE, Step.PRINT])
def test_a_short_pull_costs_no_card(scene: RewriterScene, step: Step) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    before = scene.emulator.state()["counters"].get(step.value, 0)  # type: ignore[attr-defined]  # counters by name
    _, outcomes = scene.begin(wish_for(card))
    assert scene.emulator.wait_for(step.value, before + 1, 10)
    scene.do("unplug")
    scene.do("plug")
    assert outcomes.wait_for(lambda _: True) == Verified("job-1")
    assert settled(scene, card, scene.ejects()) == "rewritten"
    assert (card.erasures, card.writes, card.prints) == (1, 1, 1)


def test_a_cable_that_stays_out_holds_the_card(scene: RewriterScene) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    impatient = PermitRewriter(scene.supervisor, IMPATIENT)
    events, outcomes = Heard(), Heard()
    impatient.rewrite(scene.action_id(), wish_for(card), scene.ledger, events.add, outcomes.add)
    begins(events, Step.CHIP_WRITE)
    scene.do("unplug")
    outcome = outcomes.wait_for(lambda _: True)
    assert outcome == Held(Problem("rewriter.not_seen"))
    scene.do("plug")
    status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert status.reason == "rewriter.not_seen"
    assert settled(scene, card, outcome) == "held"
