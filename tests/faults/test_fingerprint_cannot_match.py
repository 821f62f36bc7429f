"""The fingerprint module cannot compare."""

from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import finger_scene


def test_it_says_so_and_nothing_stays_in_the_sensor() -> None:
    with finger_scene() as scene:
        template = scene.reads()
        scene.do("no_match")
        scene.do("lay")
        assert scene.match(template).outcome() == Problem("fingerprint.cannot_match")
        assert scene.is_blank()
