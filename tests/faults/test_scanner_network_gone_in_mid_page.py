"""The network goes while a page is under way."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner


@pytest.mark.allow_log("device_lost.*scanner.power_off")
def test_no_half_page_stays_and_the_scanner_comes_back(tmp_path: Path) -> None:
    with network_scanner(tmp_path, page_s=0.1) as (emulator, scene):
        emulator.do("load", {"sheets": 5})
        emulator.do("cut_after", {"pages": 3})
        attempt = scene.scan()
        assert attempt.outcome() == ScanFailed(Problem("scanner.read_error"), 2, ScanError.READ_ERROR)
        assert attempt.numbers() == [1, 2]
        scene.status(DeviceState.POWER_OFF)
        scene.statuses.items.clear()
        emulator.do("plug", {})
        scene.status(DeviceState.ONLINE)
        assert isinstance(scene.scan().outcome(), Scanned)
