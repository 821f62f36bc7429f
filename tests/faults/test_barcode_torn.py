"""A code is torn, is no text, or has no end."""

import pytest

from devices.barcode_reader.reader import CodeRefused
from devices.barcode_reader.types import BarcodeRead
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.scenes import scanner_scene


@pytest.mark.parametrize("fault", ["torn", "not_text", "too_long"])
def test_it_is_told_and_the_read_goes_on(fault: str) -> None:
    with scanner_scene() as scene:
        attempt = scene.lit_scan()
        scene.do(fault)
        if fault == "torn":
            scene.do("show", code="slip")
        assert attempt.events.wait_for(lambda _: True) == CodeRefused(Problem("barcode.unreadable"))
        scene.do("show", code="slip")
        assert isinstance(attempt.outcome(), BarcodeRead)
