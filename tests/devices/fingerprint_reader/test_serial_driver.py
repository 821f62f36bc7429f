"""The fingerprint module's driver in its host, on the emulated cable."""

import msgspec
import pytest

from devices.emulators.fingerprint_reader import TEMPLATE_BYTES
from devices.fingerprint_reader.reader import RemoveSubject, SubjectDetected
from devices.fingerprint_reader.serial_driver import make
from devices.fingerprint_reader.types import FingerMatched, FingerRead, MatchFinger, PresentSubject
from devices.messages import Command
from devices.outcomes import Cancelled, Done
from devices.status import CompletionCode
from kiosk.base.errors import BudayangError, Problem
from tests.devices.fingerprint_reader.scenes import FINGERPRINT, finger_scene
from tests.devices.scenes import PATIENCE_S, Heard, completion_of


def test_two_presses_make_a_template_and_nothing_stays_in_the_sensor(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), finger_scene() as scene:
        attempt = scene.read(PATIENCE_S)
        scene.press_on(attempt)
        outcome = attempt.outcome()
        assert isinstance(outcome, FingerRead)
        assert len(outcome.template) == TEMPLATE_BYTES
        assert scene.is_blank()
        assert attempt.events.items == [
            PresentSubject(1, 2),
            SubjectDetected(),
            RemoveSubject(),
            PresentSubject(2, 2),
            SubjectDetected(),
        ]
        assert repr(outcome) == "FingerRead(512 bytes)"
        assert repr(MatchFinger(outcome.template)) == "MatchFinger(512 bytes)"
        template = outcome.template
    assert template.hex() not in caplog.text
    assert str(template) not in caplog.text


def test_a_finger_matches_its_template_and_another_does_not() -> None:
    with finger_scene() as scene:
        template = scene.reads()
        scene.do("lay", finger="right_index")
        assert scene.match(template).outcome() == FingerMatched(True, 137)
        scene.do("lay", finger="left_thumb")
        assert scene.match(template).outcome() == FingerMatched(False, 4)
        assert scene.is_blank()


@pytest.mark.allow_log("device_lost")
def test_a_module_that_was_silent_at_the_end_is_blanked_once_it_answers() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        scene.press(attempt, 1)
        attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
        scene.do("silence")
        scene.reader.cancel(scene.last_id)
        assert attempt.outcome() == Cancelled()
        assert not scene.is_blank()
        downloads = scene.count("downloads")
        scene.do("normal")
        assert scene.emulator.wait_for("downloads", downloads + 2, PATIENCE_S)
        assert scene.is_blank()


def test_at_the_line_s_own_speed() -> None:
    with finger_scene(is_paced=True) as scene:
        template = scene.reads()
        scene.do("lay", finger="right_index")
        assert scene.match(template).outcome() == FingerMatched(True, 137)


def test_a_read_can_be_given_up_and_ends_in_time() -> None:
    with finger_scene() as scene:
        attempt = scene.read()
        attempt.events.wait_for(lambda event: event == PresentSubject(1, 2))
        scene.reader.cancel(scene.last_id)
        assert attempt.outcome() == Cancelled()
        assert scene.read(0.3).outcome() == Problem("fingerprint.none_laid")


def test_the_sensor_can_be_blanked() -> None:
    with finger_scene() as scene:
        heard = Heard()
        scene.reader.forget(scene.action_id(), 5, heard.add)
        assert heard.wait_for(lambda _: True) == Done()
        assert scene.emulator.wait_for("downloads", 4, PATIENCE_S)  # two at the opening, two now


def test_commands_complete_as_the_standard_says() -> None:
    cases = [
        ("import", b"", CompletionCode.UNSUPPORTED_COMMAND),
        ("match", b"", CompletionCode.INVALID_DATA),
        ("match", msgspec.msgpack.encode(MatchFinger(b"short")), CompletionCode.INVALID_DATA),
        ("match", msgspec.msgpack.encode(MatchFinger(bytes(5000))), CompletionCode.INVALID_DATA),
    ]
    with finger_scene() as scene:
        for name, payload, code in cases:
            heard = Heard()
            scene.supervisor.submit(FINGERPRINT, Command(scene.action_id(), name, 5, payload), heard.add)
            assert completion_of(heard).code is code, name


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"port": "/dev/null", "address": "FF"},
        {"port": "/dev/null", "password": "secret"},
        {"port": "/dev/null", "retries": -1},
        {"port": "/dev/null", "colour": "grey"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make(wrong)
