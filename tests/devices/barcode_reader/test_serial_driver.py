"""The serial scanner's driver in its host, on the emulated cable."""

import pytest

from devices.barcode_reader.reader import CodeRefused, scanner_of
from devices.barcode_reader.serial_driver import make
from devices.barcode_reader.types import BarcodeRead, Scanner, Symbology
from devices.messages import Command
from devices.outcomes import Cancelled, Done
from devices.status import CompletionCode, DeviceState
from kiosk.base.errors import BudayangError, Problem
from tests.devices.barcode_reader.scenes import SCANNER, scanner_scene
from tests.devices.scenes import PATIENCE_S, Heard, completion_of


def test_a_code_is_read_while_the_light_is_on_and_only_then() -> None:
    with scanner_scene() as scene:
        status = scene.status(DeviceState.ONLINE)
        assert scanner_of(status) is Scanner.OFF
        attempt = scene.lit_scan()
        assert scene.emulator.state()["lit"] is True
        scene.do("show", code="slip")
        assert attempt.outcome() == BarcodeRead(Symbology.QR_CODE, "BY1|演示回执|0001-000042-7")
        # the outcome is told after the light's command went out; the last was at the opening
        assert scene.emulator.wait_for("light_off", 2, PATIENCE_S)
        assert scene.emulator.state()["lit"] is False


def test_a_code_in_gb18030_is_read_too() -> None:
    with scanner_scene(is_framed=True) as scene:
        scene.scans("slip_gb18030", "演示回执,汉字按国标编码")
        scene.scans("goods", "6901234567892")


def test_a_code_that_nobody_waited_for_never_reaches_the_next_citizen(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), scanner_scene(is_triggered=False) as scene:
        assert scanner_of(scene.status(DeviceState.ONLINE)) is Scanner.ON
        scene.do("show", code="photo_receipt")
        scene.do("take_away")
        attempt = scene.scan(0.4)
        assert attempt.outcome() == Problem("barcode.none_read")
        attempt = scene.scan(PATIENCE_S)
        scene.do("show", code="goods")
        # it may be shown before the read has begun, and then it is dropped as well
        while not attempt.outcomes.items:
            scene.do("show", code="goods")
            scene.emulator.wait_for("codes", 1_000_000, 0.05)
        assert attempt.outcome() == BarcodeRead(Symbology.EAN, "6901234567892")
    assert "input_dropped" in caplog.text
    assert "SZ2026" not in caplog.text


def test_the_rest_of_a_code_that_began_before_the_read_is_not_taken() -> None:
    with scanner_scene({"gap_s": 5.0}, is_triggered=False) as scene:
        scene.do("torn")
        scene.do("show", code="photo_receipt")
        while not scene.emulator.state()["counters"].get("hellos", 0):  # type: ignore[attr-defined]
            scene.emulator.wait_for("hellos", 1, PATIENCE_S)
        attempt = scene.scan(PATIENCE_S)
        hellos = scene.emulator.state()["counters"]["hellos"]  # type: ignore[index]
        # one may be an idle poll's, the second one is the read's own
        scene.emulator.wait_for("hellos", hellos + 2, PATIENCE_S)
        scene.do("show", code="photo_receipt")  # ends the torn one: half a code and a whole one in a row
        while not attempt.outcomes.items:
            scene.do("show", code="goods")
            scene.emulator.wait_for("codes", 1_000_000, 0.05)
        assert attempt.outcome() == BarcodeRead(Symbology.EAN, "6901234567892")


def test_a_code_held_before_the_window_is_one_reading() -> None:
    with scanner_scene({"window_s": 1.0}) as scene:
        scene.do("repeat", ms=40)
        scene.scans("slip", "BY1|演示回执|0001-000042-7")
        scene.do("show", code="slip")
        attempt = scene.scan(0.5)
        assert attempt.outcome() == Problem("barcode.none_read")
        again = Heard()
        scene.reader.forget(scene.action_id(), 5, again.add)
        assert again.wait_for(lambda _: True) == Done()
        assert isinstance(scene.scan(PATIENCE_S).outcome(), BarcodeRead)


def test_another_kind_of_code_is_told_and_the_read_goes_on() -> None:
    with scanner_scene() as scene:
        attempt = scene.lit_scan(symbologies=(Symbology.QR_CODE,))
        scene.do("show", code="goods")
        assert attempt.events.wait_for(lambda _: True) == CodeRefused(Problem("barcode.other_kind"))
        scene.do("show", code="slip")
        assert isinstance(attempt.outcome(), BarcodeRead)


def test_a_read_can_be_given_up() -> None:
    with scanner_scene() as scene:
        attempt = scene.lit_scan()
        scene.reader.cancel(scene.last_id)
        assert attempt.outcome() == Cancelled()
        assert scene.emulator.wait_for("light_off", 2, PATIENCE_S)


def test_commands_complete_as_the_standard_says() -> None:
    cases = [
        ("print", b"", CompletionCode.UNSUPPORTED_COMMAND),
        ("read", b"\xc1", CompletionCode.INVALID_DATA),
        ("reset", b"", CompletionCode.SUCCESS),
    ]
    with scanner_scene() as scene:
        for name, payload, code in cases:
            heard = Heard()
            scene.supervisor.submit(SCANNER, Command(scene.action_id(), name, 5, payload), heard.add)
            assert completion_of(heard).code is code, name


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"ending": "tab"},
        {"longest": 0},
        {"light_on": "16"},
        {"light_on": "xx", "light_off": "16"},
        {"hello": "05"},
        {"unknown": 1},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make({"port": "/dev/null", **wrong} if wrong else {})


def test_what_was_read_is_not_in_its_text() -> None:
    assert "6901" not in repr(BarcodeRead(Symbology.EAN, "6901234567892"))
