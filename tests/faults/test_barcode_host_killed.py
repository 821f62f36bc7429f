"""The scanner's host is killed (SIGKILL) in mid-read."""

import os
import signal

import pytest

from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.scenes import SCANNER, scanner_scene
from tests.devices.scenes import PATIENCE_S


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_the_read_says_so_the_light_goes_out_and_a_repeated_one_succeeds() -> None:
    with scanner_scene() as scene:
        attempt = scene.lit_scan()
        os.kill(scene.supervisor.pids()[SCANNER], signal.SIGKILL)
        assert attempt.outcome() == Problem("barcode.interrupted")
        scene.forget_statuses()
        scene.status(DeviceState.ONLINE)
        assert scene.emulator.wait_for("light_off", 2, PATIENCE_S)
        scene.scans("goods", "6901234567892")
        assert len(attempt.outcomes.items) == 1
