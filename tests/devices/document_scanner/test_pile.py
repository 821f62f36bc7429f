"""One pile against a library that a test plays: what SANE's own devices cannot be brought to do."""

import ctypes
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from devices.document_scanner.page_files import PageFolder
from devices.document_scanner.pile import Pile
from devices.document_scanner.sane_library import FRAME_GRAY, Device, Parameters, SaneError, Status
from devices.document_scanner.scan_job import Job
from devices.document_scanner.scan_watch import LeftBehindError, ScanWatch
from devices.document_scanner.types import ReadImage, Source
from tests.devices.document_scanner.scanning import Stage

_WIDEST = 1024 * 1024


class PlayedDevice:
    """A grey page of one line; `read` says how it comes."""

    def __init__(self, read: Callable[[int, int], int], width: int = 64) -> None:
        self.read = read
        self._width = width

    def start(self) -> None:
        return

    def parameters(self) -> Parameters:
        return Parameters(FRAME_GRAY, 1, self._width, self._width, -1, 8)

    def cancel(self) -> None:
        return


class HeldStage(Stage):
    """Cancelled when the test says so."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()

    def is_cancelled(self) -> bool:
        return self.cancelled.is_set()


def pile_of(device: PlayedDevice, folder: Path, watch: ScanWatch) -> Pile:
    folder.chmod(0o700)
    job = Job(ReadImage(str(folder), Source.FLATBED))
    return Pile(cast("Device", device), job, PageFolder(str(folder)), Stage(), watch, lambda: None)


def test_a_page_that_comes_after_the_command_has_ended_is_not_kept(tmp_path: Path) -> None:
    stage, goes_on, lines = HeldStage(), threading.Event(), iter([64])

    def read(address: int, _room: int) -> int:
        for count in lines:
            ctypes.memset(address, 0x20, count)
            return count
        stage.cancelled.set()
        goes_on.wait(10)
        return -1

    device = PlayedDevice(read)
    watch = ScanWatch(stage, device.cancel, 10.0)
    pile = pile_of(device, tmp_path, watch)
    with pytest.raises(LeftBehindError) as left:
        watch.run(pile.run)
    goes_on.set()
    left.value.thread.join(5)
    assert not left.value.thread.is_alive()
    assert list(tmp_path.iterdir()) == []


def test_also_after_a_long_line_a_scan_is_not_cancelled_right_after_its_begin(tmp_path: Path) -> None:
    def read(_address: int, _room: int) -> int:
        raise SaneError(Status.IO_ERROR)

    device = PlayedDevice(read, _WIDEST)
    pile = pile_of(device, tmp_path, ScanWatch(Stage(), device.cancel, 10.0))
    began = time.monotonic()
    with pytest.raises(SaneError):
        pile.run()
    assert time.monotonic() - began >= 0.09
