"""The dispenser says NAK to a frame: it was not taken, and no card moves."""

from devices.card_dispenser.dispenser import CardDispenser
from devices.card_dispenser.types import Place
from devices.outcomes import Done
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


def test_a_refused_move_is_told_and_the_next_one_works() -> None:
    with described_scene(DeviceClass.CARD_DISPENSER, "card_dispenser") as scene:
        dispenser = CardDispenser(scene.supervisor)
        scene.do("refuse")
        outcome = scene.outcome(lambda action, heard: dispenser.move(action, Place.UNIT1, Place.EXIT, heard))
        assert outcome == Problem("described.refused")
        outcome = scene.outcome(lambda action, heard: dispenser.move(action, Place.UNIT1, Place.EXIT, heard))
        assert outcome == Done()
