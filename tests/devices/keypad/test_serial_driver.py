"""The keypad's driver in its host, on the emulated cable."""

import msgspec
import pytest

from devices.keypad.keypad import Entered, GivenUp, TooShort
from devices.keypad.serial_driver import make
from devices.keypad.types import DataEntry, Key, KeyPressed, Layout
from devices.messages import Command
from devices.outcomes import Cancelled, Done
from devices.status import CompletionCode
from kiosk.base.errors import BudayangError, Problem
from tests.devices.keypad.scenes import KEYPAD, keypad_scene, shown
from tests.devices.scenes import PATIENCE_S, Heard, completion_of


def test_a_password_is_typed_without_any_event_naming_its_digits(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), keypad_scene() as scene:
        attempt = scene.enter()
        scene.do("type", digits="13")
        shown(attempt, 2)
        scene.press(Key.CLEAR)
        shown(attempt, 0)
        scene.do("type", digits="970")
        shown(attempt, 3)
        assert scene.emulator.state()["lit"] is True
        scene.press(Key.ENTER)
        outcome = attempt.outcome()
        assert isinstance(outcome, Entered)
        assert outcome.text == "970"
        assert "970" not in repr(outcome)
        assert {event.key for event in attempt.events.items} == {None, Key.CLEAR, Key.ENTER}
        assert scene.emulator.wait_for("beeps", 7, PATIENCE_S)
        assert scene.emulator.wait_for("end", 2, PATIENCE_S)
    assert "970" not in caplog.text
    assert "digits" not in caplog.text


def test_an_amount_is_typed_openly_and_ends_by_itself() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter(DataEntry(max_length=4, auto_end=True, is_masked=False, has_point=True))
        scene.do("type", digits="12")
        shown(attempt, 2)
        scene.press(Key.DEC_POINT)
        assert shown(attempt, 3) == KeyPressed(3, Key.DEC_POINT)
        scene.do("type", digits="5")
        outcome = attempt.outcome()
        assert isinstance(outcome, Entered)
        assert outcome.text == "12.5"


def test_the_same_digit_twice_is_two_digits() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter()
        scene.do("type", digits="88")
        assert shown(attempt, 2) == KeyPressed(2)


def test_keys_pressed_before_an_entry_are_not_part_of_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), keypad_scene() as scene:
        scene.do("type", digits="4709")
        assert scene.emulator.wait_for("pressed", 4, PATIENCE_S)
        scene.enters("1352")
    assert "input_dropped" in caplog.text


def test_enter_comes_too_early_and_cancel_ends() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter(DataEntry(min_length=4))
        scene.do("type", digits="12")
        shown(attempt, 2)
        scene.press(Key.ENTER)
        assert attempt.events.wait_for(lambda event: isinstance(event, TooShort)) == TooShort(
            Problem("keypad.too_short")
        )
        scene.press(Key.CANCEL)
        assert attempt.outcome() == GivenUp()


def test_nobody_types() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter(DataEntry(idle_s=0.2))
        assert attempt.outcome() == Problem("keypad.no_key")
        assert scene.enter(timeout_s=0.2).outcome() == Problem("keypad.no_key")


def test_an_entry_can_be_given_up_and_the_layout_asked() -> None:
    with keypad_scene() as scene:
        attempt = scene.enter()
        scene.keypad.cancel(scene.last_id)
        assert attempt.outcome() == Cancelled()
        heard = Heard()
        scene.keypad.layout(scene.action_id(), 5, heard.add)
        layout = heard.wait_for(lambda _: True)
        assert isinstance(layout, Layout)
        assert layout.rows[0] == (Key.ONE, Key.TWO, Key.THREE, Key.CANCEL)
        forgotten = Heard()
        scene.keypad.forget(scene.action_id(), 5, forgotten.add)
        assert forgotten.wait_for(lambda _: True) == Done()


def test_commands_complete_as_the_standard_says() -> None:
    cases = [
        ("pinEntry", b"", CompletionCode.UNSUPPORTED_COMMAND),
        ("dataEntry", b"\xc1", CompletionCode.INVALID_DATA),
        ("dataEntry", msgspec.msgpack.encode(DataEntry(max_length=99)), CompletionCode.INVALID_DATA),
    ]
    with keypad_scene() as scene:
        for name, payload, code in cases:
            heard = Heard()
            scene.supervisor.submit(KEYPAD, Command(scene.action_id(), name, 5, payload), heard.add)
            assert completion_of(heard).code is code, name


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"port": "/dev/null"},
        {"port": "/dev/null", "profile": "metal_16", "file": "x.yaml"},
        {"port": "/dev/null", "profile": "nobody_s"},
        {"port": "/dev/null", "profile": "metal_16", "colour": "grey"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make(wrong)
