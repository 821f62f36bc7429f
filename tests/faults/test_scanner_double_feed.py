"""Two sheets go in at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from devices.document_scanner.scanner import ScanFailed, Scanned
from devices.document_scanner.types import ScanError
from devices.emulators.control import Emulator
from devices.emulators.scenes import ScenePlayer
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.document_scanner.scanning import network_scanner

DeviceScene = Callable[[str, Emulator], ScenePlayer]


@pytest.mark.allow_log("device_lost.*scanner.double_feed")
def test_two_sheets_at_once_stop_the_pile_with_words_of_their_own(tmp_path: Path, device_scene: DeviceScene) -> None:
    with network_scanner(tmp_path) as (emulator, scene):
        double_feed = device_scene("scanner-double-feed", emulator)
        double_feed.begin()
        attempt = scene.scan()
        assert attempt.outcome() == ScanFailed(Problem("scanner.double_feed"), 2, ScanError.MEDIA_REJECTED)
        double_feed.finish()
        assert attempt.numbers() == [1, 2]
        assert scene.status(DeviceState.USER_ERROR).reason == "scanner.double_feed"
        scene.statuses.items.clear()
        emulator.do("take_out", {})
        scene.status(DeviceState.ONLINE)
        assert scene.scan().outcome() == Scanned(3, 0)
