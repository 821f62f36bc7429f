"""Noise between the reader's frames, and bytes that come one by one: the card is read as if nothing were."""

import pytest

from tests.faults.visits import FaultyHall


@pytest.mark.parametrize(
    ("fault", "amount"),
    [("noise", 7), *(pytest.param(*one, marks=pytest.mark.slow) for one in (("noise", 60), ("long_reply", 1)))],
)
def test_the_card_is_read_all_the_same(hall: FaultyHall, fault: str, amount: int) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", fault, amount=amount)
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    assert hall.terminal.state()["has_person"]
    hall.end()
