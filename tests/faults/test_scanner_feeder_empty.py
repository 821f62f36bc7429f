"""Nothing lies in the feeder."""

from pathlib import Path

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner, sane_test_device

EMPTY = ScanFailed(Problem("scanner.no_documents"), 0, ScanError.NO_MEDIA)


def test_an_empty_feeder_asks_for_sheets_at_once(tmp_path: Path) -> None:
    with network_scanner(tmp_path) as (emulator, scene):
        assert scene.scan().outcome() == EMPTY
        emulator.do("load", {"sheets": 1})
        assert scene.scan().outcome() == Scanned(1, 0)
        assert scene.scan().outcome() == EMPTY


def test_sanes_own_feeder_is_empty_after_ten_pages(tmp_path: Path) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_NO_DOCS"}) as scene:
        assert scene.scan().outcome() == EMPTY
