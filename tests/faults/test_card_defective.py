"""The chip answers find and select, but cannot be read."""

from devices.id_card_reader.reader import InvalidMedia
from devices.id_card_reader.types import CardRead
from tests.devices.scenes import reader_scene


def test_it_is_tried_three_times_then_must_be_lifted_and_another_is_read() -> None:
    with reader_scene() as scene:
        scene.do("lay", card="defective")
        attempt = scene.read()
        attempt.events.wait_for(lambda _: sum(isinstance(event, InvalidMedia) for event in attempt.events.items) == 3)
        # it goes on asking for the card, so that it sees it lifted, but reads it no more
        scene.wait_requests(scene.requests() + 8)
        assert sum(isinstance(event, InvalidMedia) for event in attempt.events.items) == 3
        assert {event.problem.key for event in attempt.events.items if isinstance(event, InvalidMedia)} == {
            "card.read_failed"
        }
        assert not attempt.outcomes.items


def test_another_card_is_read_after_it() -> None:
    with reader_scene() as scene:
        scene.do("lay", card="defective")
        attempt = scene.read()
        attempt.complaint("card.read_failed")
        scene.do("pull")
        scene.wait_requests(scene.requests() + 8)
        scene.do("lay", card="resident")
        assert isinstance(attempt.outcome(), CardRead)
