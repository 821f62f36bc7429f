"""A sheet jams in the middle of a pile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError, Source
from devices.emulators.control import Emulator
from devices.emulators.scenes import ScenePlayer
from devices.status import Action, DeviceState, Media
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner, sane_test_device

DeviceScene = Callable[[str, Emulator], ScenePlayer]
JAMMED = Problem("scanner.jammed")


@pytest.mark.allow_log("device_lost.*scanner.jammed")
def test_a_jam_keeps_the_pages_before_it_and_the_pile_goes_on_after(tmp_path: Path, device_scene: DeviceScene) -> None:
    with network_scanner(tmp_path, page_s=0.02) as (emulator, scene):
        jam = device_scene("scanner-jam", emulator)
        jam.begin()
        attempt = scene.scan()
        assert attempt.outcome() == ScanFailed(JAMMED, 2, ScanError.MEDIA_JAMMED)
        jam.finish()
        assert attempt.numbers() == [1, 2]
        status = scene.status(DeviceState.HARDWARE_ERROR)
        assert (status.media, status.action, status.reason) == (Media.JAMMED, Action.CLEAR, "scanner.jammed")
        assert scene.scan().outcome() == ScanFailed(JAMMED, 0, ScanError.MEDIA_JAMMED)
        scene.statuses.items.clear()
        emulator.do("clear_jam", {})
        scene.status(DeviceState.ONLINE)
        assert scene.scan_into(attempt.folder, "rest", first_number=3).outcome() == Scanned(3, 0)
        assert attempt.files() == [f"page-000{number}.png" for number in (1, 2, 3, 4, 5)]


def test_sanes_own_jam_is_the_same_jam(tmp_path: Path) -> None:
    with sane_test_device(tmp_path, **{"read-return-value": "SANE_STATUS_JAMMED"}) as scene:
        attempt = scene.scan(Source.FEEDER)
        assert attempt.outcome() == ScanFailed(JAMMED, 0, ScanError.MEDIA_JAMMED)
        assert attempt.files() == []
