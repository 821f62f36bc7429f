"""The pad's driver in its host, on the emulated cable."""

import msgspec
import pytest

from devices.messages import Command
from devices.outcomes import Cancelled, Done
from devices.signature_pad.serial_driver import make
from devices.signature_pad.strokes import ink_mm
from devices.signature_pad.types import ReadSignature
from devices.status import CompletionCode
from kiosk.base.errors import BudayangError, Problem
from tests.devices.scenes import PATIENCE_S, Heard, completion_of
from tests.devices.signature_pad.scenes import PAD, pad_scene, seen


def test_a_signature_is_taken_with_its_size_and_times() -> None:
    with pad_scene() as scene:
        signature = scene.signs()
        assert (signature.width, signature.height) == (12000, 6000)
        assert ink_mm(signature) > 50
        stroke = signature.strokes[0]
        assert [point.at_ms for point in stroke[:3]] == [0, 5, 10]
        assert scene.emulator.wait_for("ended", 2, PATIENCE_S)
        assert scene.emulator.state()["streaming"] is False


def test_at_the_pad_s_own_rate_every_point_arrives() -> None:
    with pad_scene(is_paced=True) as scene:
        attempt = scene.begin()
        scene.do("sign", strokes=1, points=200)
        seen(attempt, 1, 200)
        scene.finish()
        assert len(attempt.outcome().strokes[0]) == 200
        told = [point for event in attempt.events.items for point in event.points]
        assert told == list(attempt.outcome().strokes[0])


def test_clearing_drops_what_was_written_and_goes_on() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("sign", strokes=4)
        seen(attempt, 4, 60)
        old = scene.last_id
        scene.pad.clear(old, scene.action_id())
        assert scene.emulator.wait_for("started", 2, PATIENCE_S)
        attempt.events.items.clear()
        scene.do("sign", strokes=2)
        seen(attempt, 2, 60)
        scene.pad.clear(old, "never-given")  # it has ended: nothing happens
        scene.finish()
        assert len(attempt.outcome().strokes) == 2
        assert len(attempt.outcomes.items) == 1


def test_giving_up_yields_no_signature_and_a_dot_is_none() -> None:
    with pad_scene() as scene:
        attempt = scene.begin()
        scene.do("sign")
        scene.pad.cancel(scene.last_id)
        assert attempt.outcome() == Cancelled()
        attempt = scene.begin()
        scene.do("dot")
        seen(attempt, 1, 1)
        scene.finish()
        assert attempt.outcome() == Problem("signature.empty")


def test_bounds_of_points_and_time() -> None:
    with pad_scene() as scene:
        attempt = scene.begin(ReadSignature(most_points=100))
        scene.do("sign", strokes=3)
        assert attempt.outcome() == Problem("signature.too_long")
        assert scene.begin(ReadSignature(longest_s=0.1)).outcome() == Problem("signature.too_long")
        assert scene.begin(timeout_s=0.3).outcome() == Problem("signature.no_time_left")


def test_the_pad_can_be_blanked() -> None:
    with pad_scene() as scene:
        heard = Heard()
        scene.pad.forget(scene.action_id(), 5, heard.add)
        assert heard.wait_for(lambda _: True) == Done()
        assert scene.count("cleared") == 1


def test_commands_complete_as_the_standard_says() -> None:
    cases = [
        ("sign", b"", CompletionCode.UNSUPPORTED_COMMAND),
        ("readSignature", b"\xc1", CompletionCode.INVALID_DATA),
        ("readSignature", msgspec.msgpack.encode(ReadSignature(most_points=0)), CompletionCode.INVALID_DATA),
    ]
    with pad_scene() as scene:
        for name, payload, code in cases:
            heard = Heard()
            scene.supervisor.submit(PAD, Command(scene.action_id(), name, 5, payload), heard.add)
            assert completion_of(heard).code is code, name


@pytest.mark.parametrize("wrong", [{}, {"port": 1}, {"port": "/dev/null", "colour": "grey"}])
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make(wrong)
