"""A code is torn, is no text, or has no end."""

from devices.barcode_reader.reader import CodeRefused
from devices.barcode_reader.types import BarcodeRead
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.scenes import scanner_scene


def test_it_is_told_and_the_read_goes_on() -> None:
    with scanner_scene({"window_s": 0.0}) as scene:
        for fault in ("torn", "not_text", "too_long"):
            attempt = scene.lit_scan()
            scene.do(fault)
            if fault == "torn":
                scene.do("show", code="slip")
            assert attempt.events.wait_for(lambda _: True) == CodeRefused(Problem("barcode.unreadable"))
            scene.do("show", code="slip")
            assert isinstance(attempt.outcome(), BarcodeRead)
            scene.do("take_away")
