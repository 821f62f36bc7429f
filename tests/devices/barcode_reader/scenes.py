"""Scenes with an emulated scanner, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from devices.barcode_reader.reader import BarcodeReader
from devices.barcode_reader.types import BarcodeRead, Symbology
from devices.emulators.barcode_reader import BarcodeReaderEmulator
from devices.status import DeviceClass
from tests.devices.emulated import Emulated, standing
from tests.devices.scenes import PATIENCE_S, Attempt

SCANNER = DeviceClass.BARCODE_READER
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "gap_s": 0.1, "hello_s": 0.3}


@dataclass
class ScannerScene(Emulated):
    """`scan` starts a read; what happens before the window is done to the emulator."""

    reader: BarcodeReader

    def scan(self, timeout_s: float = 0.0, symbologies: tuple[Symbology, ...] = ()) -> Attempt:
        attempt = Attempt()
        self.reader.read(self.action_id(), timeout_s, attempt.events.add, attempt.outcomes.add, symbologies=symbologies)
        return attempt

    def lit_scan(self, **options: Any) -> Attempt:
        """A read that the scanner has been told of."""
        lit = self.count("light_on")
        attempt = self.scan(**options)
        assert self.emulator.wait_for("light_on", lit + 1, PATIENCE_S)
        return attempt

    def scans(self, code: str, text: str) -> None:
        """Shows a code and reads it; fails when that does not work."""
        attempt = self.lit_scan(timeout_s=PATIENCE_S)
        self.do("show", code=code)
        outcome = attempt.outcome()
        assert isinstance(outcome, BarcodeRead), outcome
        assert outcome.text == text
        self.do("take_away")


@contextmanager
def scanner_scene(settings: dict[str, object] | None = None, **options: Any) -> Iterator[ScannerScene]:
    """All of it, with the scanner's first status told. `options` are the emulator's."""
    emulator = BarcodeReaderEmulator(is_paced=False, **options)
    config = {**emulator.settings, **QUICK, **(settings or {})}
    with standing(emulator, SCANNER, config) as (supervisor, statuses):
        yield ScannerScene(emulator, supervisor, statuses, BarcodeReader(supervisor))
