"""Two sheets go in at once."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner


@pytest.mark.allow_log("device_lost.*scanner.double_feed")
def test_two_sheets_at_once_stop_the_pile_with_words_of_their_own(tmp_path: Path) -> None:
    with network_scanner(tmp_path) as (emulator, scene):
        emulator.do("load", {"sheets": 3})
        emulator.do("double_feed_after", {"pages": 1})
        attempt = scene.scan()
        assert attempt.outcome() == ScanFailed(Problem("scanner.double_feed"), 1, ScanError.MEDIA_REJECTED)
        assert attempt.numbers() == [1]
        assert scene.status(DeviceState.USER_ERROR).reason == "scanner.double_feed"
        scene.statuses.items.clear()
        emulator.do("take_out", {})
        scene.status(DeviceState.ONLINE)
        assert scene.scan().outcome() == Scanned(2, 0)
