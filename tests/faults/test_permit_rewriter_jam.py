"""A permit jams in each step: it is held, half done or not, and the device says who can mend it."""

import pytest

from devices.permit_rewriter.ledger import history_of
from devices.permit_rewriter.outcomes import Held, Released, Retained
from devices.status import Action, DeviceState, Media
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import RewriterScene, settled

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_(lost|status)")  # the jam


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "verify", "eject"])
def test_a_jammed_card_is_held_and_stays_held_when_it_is_freed(scene: RewriterScene, step: str) -> None:
    scene.do("jam", step=step)
    card, outcome = scene.whole_way()
    assert outcome == Held(Problem("rewriter.jammed"))
    assert settled(scene, card, outcome) == "held"
    status = scene.status(lambda status: status.media is Media.JAMMED)
    assert (status.state, status.action) == (DeviceState.HARDWARE_ERROR, Action.MAINTENANCE)
    scene.do("clear_jam")
    status = scene.status(lambda status: status.media is Media.LATCHED)
    assert (status.state, status.reason) == (DeviceState.USER_ERROR, "rewriter.jammed")
    assert settled(scene, card, scene.ejects()) == "held"


def test_staff_can_have_a_held_card_kept_in_the_bin(scene: RewriterScene) -> None:
    scene.do("jam", step="print")
    scene.whole_way()
    scene.do("clear_jam")
    retained = scene.asks(lambda action, heard: scene.rewriter.retain(action, scene.ledger, heard))
    assert retained == Retained()
    assert scene.emulator.state()["bin"] == 1
    scene.is_online()


@pytest.mark.parametrize("way", ["retain", "release"])
def test_a_card_that_is_still_jammed_can_neither_be_binned_nor_given_out_and_is_not_gone(
    scene: RewriterScene, way: str
) -> None:
    scene.do("jam", step="print")
    scene.whole_way()
    give = getattr(scene.rewriter, way)
    assert scene.asks(lambda action, heard: give(action, scene.ledger, heard)) == Problem("rewriter.jammed")
    history = history_of(scene.ledger.records())
    assert history is not None
    assert history.end is None  # nobody took it: it is in there
    assert scene.recovers() == Held(Problem("rewriter.jammed"))


def test_staff_can_have_a_held_card_given_out(scene: RewriterScene) -> None:
    scene.do("jam", step="chipWrite")
    scene.whole_way()
    scene.do("clear_jam")
    released = scene.asks(lambda action, heard: scene.rewriter.release(action, scene.ledger, heard))
    assert released == Released()
    assert scene.emulator.state()["presented"]
