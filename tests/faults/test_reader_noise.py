"""Stray bytes lie between the frames."""

import pytest

from devices.id_card_reader.types import CardRead
from tests.devices.scenes import reader_scene


@pytest.mark.parametrize("count", [1, 5, 7, 64, 999])
def test_a_card_is_read_through_noise(count: int) -> None:
    with reader_scene() as scene:
        scene.do("noise", count=count)
        scene.do("lay", card="resident")
        outcome = scene.read().outcome()
        assert isinstance(outcome, CardRead)
        assert outcome.text.id_number == "440308199901101512"
