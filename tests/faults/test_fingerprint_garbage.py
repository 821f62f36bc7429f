"""Stray bytes lie between the fingerprint module's packets."""

import pytest

from devices.fingerprint_reader.types import FingerRead
from tests.devices.fingerprint_reader.scenes import finger_scene


@pytest.mark.parametrize("count", [1, 7, 999])
def test_a_finger_is_read_through_garbage(count: int) -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("garbage", count=count)
        scene.press_on(attempt)
        assert isinstance(attempt.outcome(), FingerRead)
