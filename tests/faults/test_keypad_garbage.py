"""Bytes that are no keys come from the keypad's line."""

from devices.keypad.keypad import Entered
from devices.keypad.types import Key
from tests.devices.keypad.scenes import keypad_scene, shown


def test_keys_are_taken_through_garbage() -> None:
    with keypad_scene() as scene:
        for count in (1, 7, 999):
            attempt = scene.enter()
            scene.do("type", digits="13")
            scene.do("garbage", count=count)
            scene.do("type", digits="52")
            shown(attempt, 4)
            scene.press(Key.ENTER)
            outcome = attempt.outcome()
            assert isinstance(outcome, Entered)
            assert sorted(outcome.text) == sorted("1352")
