"""Stray bytes lie between the fingerprint module's packets."""

from devices.fingerprint_reader.types import FingerRead
from tests.devices.fingerprint_reader.scenes import finger_scene


def test_a_finger_is_read_through_garbage() -> None:
    with finger_scene() as scene:
        for count in (1, 7, 999):
            attempt = scene.read()
            scene.do("garbage", count=count)
            scene.press_on(attempt)
            assert isinstance(attempt.outcome(), FingerRead)
            scene.do("lift")
