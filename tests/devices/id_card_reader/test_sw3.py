"""Every status of the module has one meaning, and a sentence where a person must hear of it."""

import pytest

from devices.id_card_reader.sw3 import TABLE, Meaning, Outcome, meaning
from devices.status import Action, DeviceState
from kiosk.base.sentences import known_sentences

EXPECTED = {
    0x60: (DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, Outcome.OUT_OF_SERVICE),
    0x66: (DeviceState.HARDWARE_ERROR, Action.CONFIGURATION, Outcome.OUT_OF_SERVICE),
    0x80: (DeviceState.ONLINE, None, Outcome.NO_CARD),
    **dict.fromkeys((129, 49, 50, 51, 55, 65, 71), (DeviceState.ONLINE, None, Outcome.FAILED)),
    0x40: (DeviceState.ONLINE, None, Outcome.UNKNOWN_CARD),
    **dict.fromkeys((16, 17, 63), (DeviceState.ONLINE, None, Outcome.FRAMING)),
    **dict.fromkeys((33, 35, 36), (DeviceState.HARDWARE_ERROR, Action.SOFTWARE_ERROR, Outcome.REFUSED)),
    0x90: (DeviceState.ONLINE, None, Outcome.DONE),
    0x91: (DeviceState.ONLINE, None, Outcome.NOT_ON_CARD),
    0x9F: (DeviceState.ONLINE, None, Outcome.FOUND),
}


def test_the_table_has_every_status_of_the_protocol_and_no_other() -> None:
    assert TABLE.keys() == EXPECTED.keys()


@pytest.mark.parametrize("sw3", sorted(EXPECTED))
def test_a_status_means_what_the_notes_say(sw3: int) -> None:
    said = meaning(sw3)
    assert (said.state, said.action, said.outcome) == EXPECTED[sw3]


def test_any_other_status_is_a_failed_try() -> None:
    strange = [meaning(sw3) for sw3 in range(256) if sw3 not in TABLE]
    assert set(strange) == {Meaning(Outcome.UNEXPECTED, key="card.read_failed")}


def test_every_key_has_a_sentence_in_three_languages() -> None:
    sentences = known_sentences()
    for sw3 in range(256):
        key = meaning(sw3).key
        if key is not None:
            assert all(sentences[key])


def test_what_is_broken_says_so() -> None:
    assert all(said.key for said in TABLE.values() if said.state is not DeviceState.ONLINE)
