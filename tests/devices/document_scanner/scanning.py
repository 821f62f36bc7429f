"""Scenes for tests of the document scanner: a host on the real SANE, behind it SANE's own test devices or the eSCL emulator."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from devices.document_scanner.scanner import DocumentScanner, Outcome
from devices.document_scanner.types import PageScanned, ReadImage, Source
from devices.emulators.escl_scanner import EsclScannerEmulator, page_number
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times
from tests.devices.scenes import PATIENCE_S, Heard

SCANNER = DeviceClass.DOCUMENT_SCANNER

TEST_CONF = """
number_of_devices 1
mode Color
depth 8
resolution_min 1
resolution_max 1200
resolution_quant 1
resolution 50
geometry_min 0
geometry_max 400
geometry_quant 1
tl_x 0
tl_y 0
br_x 210
br_y 297
test-picture "Color pattern"
"""
"""SANE's `test` backend with room for A4."""


@dataclass
class ScanAttempt:
    """One scan: its pages and its outcome."""

    folder: Path
    pages: list[PageScanned] = field(default_factory=list)
    outcomes: Heard = field(default_factory=Heard)
    told: Heard = field(default_factory=Heard)

    def take(self, page: PageScanned) -> None:
        self.pages.append(page)
        self.told.add(page)

    def outcome(self) -> Outcome:
        found: Outcome = self.outcomes.wait_for(lambda _: True, 2 * PATIENCE_S)
        return found

    def files(self) -> list[str]:
        """What lies in the folder, in order."""
        return sorted(path.name for path in self.folder.iterdir())

    def numbers(self) -> list[int]:
        """The numbers that the emulator drew on the pages, in the order of the files."""
        found = []
        for name in self.files():
            with Image.open(self.folder / name) as picture:
                found.append(page_number(picture))
        return found


class Stage:
    """A command's `Execution` that is never cancelled and tells no events."""

    action_id = "a"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError("nothing is told here")


@dataclass
class ScannerScene:
    """A scanner, its host and the supervisor."""

    supervisor: Supervisor
    scanner: DocumentScanner
    statuses: Heard
    root: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def scan(self, source: Source = Source.FEEDER, timeout_s: float = 30.0, **wish: object) -> ScanAttempt:
        number = next(self._numbers)
        folder = self.root / f"scan-{number}"
        folder.mkdir(mode=0o700)
        return self.scan_into(folder, f"scan-{number}", source, timeout_s, **wish)

    def scan_into(
        self, folder: Path, action_id: str, source: Source = Source.FEEDER, timeout_s: float = 30.0, **wish: object
    ) -> ScanAttempt:
        attempt = ScanAttempt(folder)
        wishes: dict[str, object] = {"resolution_dpi": 75, **wish}
        read = ReadImage(str(folder), source, **wishes)  # type: ignore[arg-type]  # a test's own keywords
        self.scanner.scan(action_id, read, timeout_s, attempt.take, attempt.outcomes.add)
        return attempt

    def status(self, state: DeviceState) -> DeviceStatus:
        """Waits for a state, now or since the statuses were forgotten."""
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state)
        return found


@contextmanager
def scanner_scene(root: Path, times: Times | None = None, **settings: object) -> Iterator[ScannerScene]:
    """A host with these settings, its first status told."""
    statuses = Heard()
    supervisor = Supervisor(
        {SCANNER: {"driver": "sane", **settings}}, lambda _, status: statuses.add(status), times=times
    )
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
        yield ScannerScene(supervisor, DocumentScanner(supervisor), statuses, root)
    finally:
        supervisor.stop()


@contextmanager
def sane_test_device(root: Path, **options: object) -> Iterator[ScannerScene]:
    """SANE's own `test` device."""
    with scanner_scene(root, device="test:0", backend_config=TEST_CONF, options=options) as scene:
        yield scene


@contextmanager
def network_scanner(
    root: Path, *, page_s: float = 0.0, stall_s: float = 20.0
) -> Iterator[tuple[EsclScannerEmulator, ScannerScene]]:
    """The eSCL emulator through sane-airscan."""
    emulator = EsclScannerEmulator(page_s=page_s)
    emulator.start()
    try:
        with scanner_scene(root, escl_url=emulator.url, stall_s=stall_s) as scene:
            yield emulator, scene
    finally:
        emulator.stop()
