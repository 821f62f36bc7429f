"""The cable is pulled while a card moves: it must not be given out a second time."""

import pytest

from devices.card_dispenser.dispenser import CardDispenser
from devices.card_dispenser.types import Place
from devices.outcomes import Done
from devices.status import DeviceClass, DeviceState
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene
from tests.devices.scenes import Heard


@pytest.mark.allow_log("device_lost")  # once
def test_the_outcome_is_unknown_and_the_move_is_not_repeated() -> None:
    with described_scene(DeviceClass.CARD_DISPENSER, "card_dispenser") as scene:
        dispenser = CardDispenser(scene.supervisor)
        scene.do("mute_commands")
        heard = Heard()
        dispenser.move(scene.action_id(), Place.UNIT1, Place.EXIT, heard.add)
        assert scene.emulator.wait_for("move", 1, 10)
        scene.do("unplug")
        assert heard.wait_for(lambda _: True) == Problem("described.outcome_unknown")
        scene.status(DeviceState.POWER_OFF)
        scene.forget()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        assert [name for name, _ in scene.emulator.taken] == ["move"]
        outcome = scene.outcome(lambda action, heard: dispenser.move(action, Place.EXIT, Place.RETAIN, heard))
        assert outcome == Done()
