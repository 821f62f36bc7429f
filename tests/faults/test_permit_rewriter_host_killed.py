"""The host of the permit rewriter is killed in each step: the device goes on, and what it did is seen and not done again."""

import os
import signal

import pytest

from tests.devices.permit_rewriter.scenes import REWRITER, rewriter_scene, settled, wish_for

pytestmark = pytest.mark.allow_log("host_ended|device_lost|host_failing")  # killed on purpose


@pytest.mark.parametrize("step", ["erase", "chipWrite", "print", "eject"])
def test_a_killed_host_costs_no_card(step: str) -> None:
    with rewriter_scene(act_s=0.1) as scene:
        scene.accepts()
        card = scene.emulator.card
        assert card is not None
        _, outcomes = scene.begin(wish_for(card))
        if step == "eject":
            outcomes.wait_for(lambda _: True)
            outcomes = type(outcomes)()
            scene.rewriter.eject(scene.action_id(), scene.ledger, outcomes.add)
        assert scene.emulator.wait_for(step, 1, 10)
        os.kill(scene.supervisor.pids()[REWRITER], signal.SIGKILL)
        outcome = outcomes.wait_for(lambda _: True)
        assert settled(scene, card, outcome if step == "eject" else scene.ejects()) == "rewritten"
        assert (card.erasures, card.writes, card.prints) == (1, 1, 1)


def test_a_host_killed_while_it_verifies_costs_no_card() -> None:
    with rewriter_scene() as scene:
        scene.accepts()
        card = scene.emulator.card
        assert card is not None
        scene.do("slow", ms=8)
        _, outcomes = scene.begin(wish_for(card))
        assert scene.emulator.wait_for("verify", 1, 20)
        os.kill(scene.supervisor.pids()[REWRITER], signal.SIGKILL)
        scene.do("normal")
        outcomes.wait_for(lambda _: True)
        assert settled(scene, card, scene.ejects()) == "rewritten"
