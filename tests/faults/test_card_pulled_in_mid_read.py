"""The card is taken away while the module reads it."""

import pytest

from devices.id_card_reader.reader import InvalidMedia, MediaInserted
from devices.id_card_reader.types import CardRead
from tests.devices.scenes import reader_scene


@pytest.mark.parametrize("mode", ["refused", "cut_short"])
def test_it_is_told_and_the_card_laid_again_is_read(mode: str) -> None:
    """Whether the module answers 41 or stops in the middle of its reply."""
    with reader_scene() as scene:
        scene.do("pull_in_mid_read", mode=mode)
        scene.do("lay", card="resident")
        attempt = scene.read()
        attempt.complaint("card.removed")
        assert not attempt.outcomes.items
        scene.do("lay", card="resident")
        assert isinstance(attempt.outcome(), CardRead)
        kinds = [type(event) for event in attempt.events.items]
        assert kinds == [MediaInserted, InvalidMedia, MediaInserted]
