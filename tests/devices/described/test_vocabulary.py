"""The words of description files are those of the typed classes, so that no file can say what the terminal cannot read."""

import pytest

from devices.cabinet import types as cabinet
from devices.card_dispenser import types as card_dispenser
from devices.described import vocabulary
from devices.described.vocabulary import CLASSES
from devices.drivers import find
from devices.stamp_unit import types as stamp_unit
from devices.status import DeviceClass
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import known_sentences


def test_the_words_are_the_types() -> None:
    assert [light.value for light in cabinet.Light] == list(vocabulary.LIGHTS)
    assert [rate.value for rate in cabinet.FlashRate] == list(vocabulary.FLASH_RATES)
    assert [colour.value for colour in cabinet.Colour] == list(vocabulary.COLOURS)
    assert [door.value for door in cabinet.Door] == list(vocabulary.DOOR_WORDS)
    assert [switch.value for switch in cabinet.Switch] == list(vocabulary.SWITCH_WORDS)
    assert [presence.value for presence in cabinet.Presence] == list(vocabulary.PRESENCE_WORDS)
    assert [state.value for state in card_dispenser.Replenishment] == list(vocabulary.REPLENISHMENT)
    moves = CLASSES["card_dispenser"].commands["move"]
    assert {place.value for place in card_dispenser.Place} == {*moves["from"].words, *moves["to"].words}
    assert [ink.value for ink in stamp_unit.Ink] == list(CLASSES["stamp_unit"].parts["ink"].words)
    controls = CLASSES["stamp_unit"].commands["controlMedia"]["mediaControl"].words
    assert [control.value for control in stamp_unit.MediaControl] == list(controls)


@pytest.mark.parametrize("device", sorted(CLASSES))
def test_every_class_has_a_driver_and_a_sentence_for_its_loss(device: str) -> None:
    assert CLASSES[device].gone in known_sentences()
    make = find(DeviceClass(device), "described")
    for wrong in (
        {},
        {"port": "/dev/null"},
        {"port": "/dev/null", "profile": "none_such"},
        {"port": "/dev/null", "profile": "locker_12" if device != "locker" else "io_board"},
        {"port": "/dev/null", "profile": "io_board", "file": "x"},
        {"port": 1, "profile": "io_board"},
    ):
        with pytest.raises(BudayangError, match=r"device\.configuration"):
            make(dict(wrong))
