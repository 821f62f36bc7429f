"""The document is taken away while its chip is read, at every stage of the reading."""

from pathlib import Path

import pytest

from devices.smart_card.reader import InvalidMedia, MediaInserted
from devices.smart_card.types import DocumentRead
from tests.devices.scenes import PATIENCE_S
from tests.devices.smart_card.scenes import card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


def test_it_is_told_and_the_document_laid_again_is_read(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        # before the key, in the midst of the access, within secure messaging
        for after in (1, 5, 12):
            scene.do("pull_in_mid_read", after=after)
            scene.do("lay", card="permit")
            attempt = scene.read()
            attempt.complaint("smart_card.removed")
            assert not attempt.outcomes.items
            assert scene.emulator.wait_until_empty(PATIENCE_S)
            scene.do("lay", card="permit")
            assert isinstance(attempt.outcome(), DocumentRead)
            assert [type(event) for event in attempt.events.items] == [MediaInserted, InvalidMedia, MediaInserted]
            scene.take_away()


def test_a_pin_is_not_given_twice_by_itself(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        scene.do("pull_in_mid_read", after=3)  # select, ask the tries, verify
        scene.do("lay", card="social_card")
        attempt = scene.verify_pin("111111")
        outcome = attempt.outcome()
        assert outcome.key == "smart_card.removed"
        assert len([event for event in attempt.events.items if isinstance(event, MediaInserted)]) == 1
