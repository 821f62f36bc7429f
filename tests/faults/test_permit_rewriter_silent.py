"""The permit rewriter falls silent in each step and stays so: the card is inside, and it is held."""

import pytest

from devices.permit_rewriter.outcomes import Held
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import IMPATIENT, RewriterScene, settled, wish_for

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_(lost|status)")  # it is gone, then it says that a card is held


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "verify"])
def test_silence_holds_the_card(scene: RewriterScene, step: str) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    scene.do("mute", step=step)
    impatient = PermitRewriter(scene.supervisor, IMPATIENT)
    outcome = scene.asks(
        lambda action, heard: impatient.rewrite(action, wish_for(card), scene.ledger, lambda _: None, heard)
    )
    assert outcome == Held(Problem("rewriter.not_seen"))
    scene.status(lambda status: status.state is DeviceState.POWER_OFF)
    scene.do("normal")
    scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert settled(scene, card, outcome) == "held"


def test_silence_at_the_exit_holds_a_finished_card(scene: RewriterScene) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    scene.rewrites(wish_for(card))
    scene.do("mute", step="eject")
    impatient = PermitRewriter(scene.supervisor, IMPATIENT)
    outcome = scene.asks(lambda action, heard: impatient.eject(action, scene.ledger, heard))
    assert settled(scene, card, outcome) == "held"


def test_lost_answers_and_damaged_frames_repeat_nothing(scene: RewriterScene) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    for fault in ("lose_answer", "damage"):
        scene.do(fault)
    scene.rewrites(wish_for(card))
    scene.do("lose_answer")
    assert settled(scene, card, scene.ejects()) == "rewritten"
    assert (card.erasures, card.writes, card.prints) == (1, 1, 1)
