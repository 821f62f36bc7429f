"""Fingers that are wet, lie half beside the window, move, or are not the same."""

import pytest

from devices.fingerprint_reader.reader import RemoveSubject
from devices.fingerprint_reader.types import FingerRead, PresentSubject
from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import finger_scene
from tests.devices.scenes import Attempt


def asked(attempt: Attempt, times: int) -> None:
    """Waits until the first press was asked for so often."""
    attempt.events.wait_for(lambda _: attempt.events.items.count(PresentSubject(1, 2)) == times)


@pytest.mark.parametrize(
    ("quality", "key"),
    [
        ("wet", "fingerprint.wipe"),
        ("partial", "fingerprint.press_flatter"),
        ("moving", "fingerprint.press_again"),
    ],
)
def test_the_person_is_told_what_to_do_better_and_the_read_goes_on(quality: str, key: str) -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.do("lay", finger="right_index", quality=quality)
        scene.refused(attempt, key)
        scene.do("lift")
        asked(attempt, 2)
        attempt.events.items.clear()
        scene.press_on(attempt)
        assert isinstance(attempt.outcome(), FingerRead)


def test_bad_presses_have_an_end() -> None:
    with finger_scene(retries=1) as scene:
        attempt = scene.read()
        for turn in (1, 2):
            asked(attempt, turn)
            scene.do("lay", quality="wet")
            if turn == 1:
                attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
                scene.do("lift")
        assert attempt.outcome() == Problem("fingerprint.read_failed")
        assert scene.is_blank()


def test_two_fingers_are_no_template() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.press_on(attempt, "right_index", "left_thumb")
        scene.refused(attempt, "fingerprint.not_the_same")
        attempt.events.items.clear()
        scene.do("lift")
        attempt.events.wait_for(lambda event: event == PresentSubject(1, 2))
        attempt.events.items.clear()
        scene.press_on(attempt)
        assert isinstance(attempt.outcome(), FingerRead)
