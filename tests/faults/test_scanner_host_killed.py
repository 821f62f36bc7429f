"""The scanner's host is killed in the middle of a pile, or stopped."""

import os
import signal
from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import SCANNER, network_scanner


@pytest.mark.allow_log("host_ended")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_whole_pages_stay_and_the_next_scan_works(tmp_path: Path, sign: signal.Signals) -> None:
    with network_scanner(tmp_path, page_s=0.05) as (emulator, scene):
        emulator.do("load", {"sheets": 500})
        attempt = scene.scan(timeout_s=1.0)
        attempt.told.wait_for(lambda page: page.number == 2)
        os.kill(scene.supervisor.pids()[SCANNER], sign)
        outcome = attempt.outcome()
        assert isinstance(outcome, ScanFailed)
        assert outcome.problem in (Problem("device.interrupted"), Problem("device.hung"))
        assert outcome.pages == len(attempt.pages) >= 2
        assert {page.file for page in attempt.pages} <= set(attempt.files())
        scene.statuses.items.clear()
        emulator.do("empty", {})
        scene.status(DeviceState.ONLINE)
        emulator.do("load", {"sheets": 1})
        assert scene.scan().outcome() == Scanned(1, 0)
