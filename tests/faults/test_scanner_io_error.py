"""The connection breaks while a page is read."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed
from devices.document_scanner.types import ScanError, Source
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import sane_test_device


@pytest.mark.parametrize("source", [Source.FLATBED, Source.FEEDER])
def test_a_broken_connection_is_told_and_leaves_no_half_page(tmp_path: Path, source: Source) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_IO_ERROR"}) as scene:
        attempt = scene.scan(source)
        assert attempt.outcome() == ScanFailed(Problem("scanner.read_error"), 0, ScanError.READ_ERROR)
        assert attempt.files() == []
