"""Another program holds the scanner."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed
from devices.document_scanner.types import ScanError, Source
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import sane_test_device


@pytest.mark.parametrize("source", [Source.FLATBED, Source.FEEDER])
def test_a_busy_scanner_is_told_as_busy(tmp_path: Path, source: Source) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_DEVICE_BUSY"}) as scene:
        attempt = scene.scan(source)
        assert attempt.outcome() == ScanFailed(Problem("scanner.busy"), 0, ScanError.DEVICE_BUSY)
        assert attempt.files() == []
