"""A card whose chip does not answer, and a card that is none of ours: words, and another card is taken."""

import pytest

from tests.faults.visits import FaultyHall


@pytest.mark.parametrize(
    ("card", "problem"), [("defective", "card.read_failed"), ("unknown_type", "card.unknown_type")]
)
def test_the_citizen_is_told_and_another_card_is_taken(hall: FaultyHall, card: str, problem: str) -> None:
    hall.go_to("identify")
    hall.hands.lay(card)
    hall.terminal.do("wait_page", problem=problem, reading=False)
    hall.look(f"card-{card}")
    hall.must_say(problem)
    hall.lift()
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    hall.end()
