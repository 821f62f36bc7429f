"""The card is pulled while it is read: the citizen is told, the reader goes on waiting, the visit goes on."""

import pytest

from tests.faults.visits import FaultyHall


@pytest.mark.parametrize("mode", ["refused", "cut_short"])
def test_the_citizen_is_told_and_lays_the_card_again(hall: FaultyHall, mode: str) -> None:
    hall.go_to("identify")
    hall.hands.do("id_card_reader", "pull_in_mid_read", mode=mode)
    hall.hands.lay("resident")
    hall.terminal.do("wait_page", problem="card.removed", stopped=False)
    hall.look(f"card-pulled-{mode}")
    hall.must_say("card.removed")
    hall.hands.lay("resident")
    hall.terminal.do("wait_for", place="consent")
    hall.end()
