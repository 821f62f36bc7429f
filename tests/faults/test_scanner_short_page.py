"""A page ends before its height: a scan that was cut off ends without an error."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed
from devices.document_scanner.types import ScanError, Source
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import sane_test_device


@pytest.mark.parametrize("source", [Source.FLATBED, Source.FEEDER])
def test_a_page_that_ends_too_early_is_not_kept(tmp_path: Path, source: Source) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_EOF"}) as scene:
        attempt = scene.scan(source)
        assert attempt.outcome() == ScanFailed(Problem("scanner.page_short"), 0, ScanError.MEDIA_SIZE)
        assert attempt.files() == []
