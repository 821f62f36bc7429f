"""The hatch stands open."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError, Source
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner, sane_test_device

OPEN = ScanFailed(Problem("scanner.cover_open"), 0, ScanError.COVER_OPEN)


@pytest.mark.allow_log("device_lost.*scanner.cover_open")
def test_an_open_hatch_is_told_and_closing_it_mends_all(tmp_path: Path) -> None:
    with network_scanner(tmp_path) as (emulator, scene):
        emulator.do("load", {"sheets": 1})
        emulator.do("open_hatch", {})
        assert scene.scan().outcome() == OPEN
        assert scene.status(DeviceState.USER_ERROR).cover_open is True
        assert scene.scan(Source.FLATBED).outcome() == Scanned(1, 0)
        scene.statuses.items.clear()
        emulator.do("close_hatch", {})
        scene.status(DeviceState.ONLINE)
        assert scene.scan().outcome() == Scanned(1, 0)


def test_sanes_own_open_cover_is_the_same(tmp_path: Path) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_COVER_OPEN"}) as scene:
        assert scene.scan().outcome() == OPEN
