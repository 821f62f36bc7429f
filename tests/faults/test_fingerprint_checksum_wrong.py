"""The fingerprint module's packets are damaged on their way."""

from devices.fingerprint_reader.types import FingerRead
from tests.devices.fingerprint_reader.scenes import finger_scene


def test_it_is_asked_again() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("wrong_check", count=2)
        scene.press_on(attempt)
        assert isinstance(attempt.outcome(), FingerRead)


def test_a_template_that_stops_half_way_is_asked_for_again_and_is_whole() -> None:
    with finger_scene() as scene:
        scene.do("torn_upload")
        assert len(scene.reads()) == 512
        assert scene.emulator.wait_for("uploads", 2, 1)
