"""The scanner is switched off: still in the list, but not there."""

from pathlib import Path

import pytest

from devices.document_scanner.sane_driver import make
from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from devices.emulators.escl_scanner import EsclScannerEmulator
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner


@pytest.mark.allow_log("device_lost.*scanner.power_off")
def test_a_scanner_that_is_off_is_told_at_once_when_it_is_wanted_and_comes_back(tmp_path: Path) -> None:
    with network_scanner(tmp_path) as (emulator, scene):
        emulator.do("unplug", {})
        refused = scene.scan().outcome()
        assert refused == ScanFailed(Problem("scanner.power_off"), 0, ScanError.READ_ERROR)
        scene.status(DeviceState.POWER_OFF)
        scene.statuses.items.clear()
        emulator.do("load", {"sheets": 1})
        emulator.do("plug", {})
        scene.status(DeviceState.ONLINE)
        assert scene.scan().outcome() == Scanned(1, 0)


def test_while_idle_it_is_gone_after_three_misses() -> None:
    emulator = EsclScannerEmulator()
    emulator.start()
    driver = make({"escl_url": emulator.url})
    try:
        assert driver.open().state is DeviceState.ONLINE
        emulator.do("unplug", {})
        states = [driver.status() for _ in range(3)]
        assert [status.state for status in states] == [DeviceState.ONLINE, DeviceState.ONLINE, DeviceState.POWER_OFF]
        assert [status.reason for status in states] == ["scanner.silent", "scanner.silent", "scanner.power_off"]
        emulator.do("plug", {})
        assert driver.status().state is DeviceState.ONLINE
    finally:
        driver.close()
        driver.close()
        emulator.stop()
