"""The scanner takes the job and then says nothing more."""

from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner


@pytest.mark.allow_log("device_lost")
def test_a_silent_scanner_is_given_up_and_comes_back(tmp_path: Path) -> None:
    with network_scanner(tmp_path, page_s=0.1, stall_s=0.6) as (emulator, scene):
        emulator.do("load", {"sheets": 50})
        attempt = scene.scan()
        attempt.told.wait_for(lambda page: page.number == 1)
        emulator.do("silent", {})
        outcome = attempt.outcome()
        assert isinstance(outcome, ScanFailed)
        assert (outcome.problem, outcome.error) == (Problem("scanner.silent"), ScanError.READ_ERROR)
        assert outcome.pages == len(attempt.files()) >= 1
        emulator.do("empty", {})  # the page that was under way still goes to the job that was given up
        scene.statuses.items.clear()
        emulator.do("answering", {})
        scene.status(DeviceState.ONLINE)
        emulator.do("load", {"sheets": 1})
        assert scene.scan().outcome() == Scanned(1, 0)
