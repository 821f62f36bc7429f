"""The figure of the scanner: 40 pages from both sides to disk, over scanimage's own batch on the same backend and scanner."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from devices.document_scanner import settings
from devices.document_scanner.scanner import Scanned
from devices.document_scanner.types import PageFormat, Source
from devices.emulators.escl_scanner import EsclScannerEmulator
from tests.bench.figures import Figure, load
from tests.devices.document_scanner.scanning import ScannerScene, network_scanner

SHEETS = 20
DPI = 300


def measure(rounds: int = 3) -> list[Figure]:
    """`scan_overhead_ratio`: medians of whole runs in turn, A4 in colour at 300 dpi as PNM, the format of both."""
    own: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as name:
        root = Path(name)
        with network_scanner(root) as (emulator, scene):
            _ours(scene, emulator)  # draws the pages and warms both sides
            for _ in range(rounds):
                theirs.append(_scanimage(emulator, root))
                own.append(_ours(scene, emulator))
            png = _ours(scene, emulator, PageFormat.PNG)
    ratio = statistics.median(own) / statistics.median(theirs)
    detail = (
        f"{2 * SHEETS} pages, {DPI} dpi colour, PNM: {min(own):.2f}-{max(own):.2f} s, scanimage {min(theirs):.2f}-{max(theirs):.2f} s"
        f" (its start included); as PNG {png:.2f} s; {load()}"
    )
    return [Figure("scan_overhead_ratio", round(ratio, 3), detail)]


def _ours(scene: ScannerScene, emulator: EsclScannerEmulator, page_format: PageFormat = PageFormat.PNM) -> float:
    emulator.do("load", {"sheets": SHEETS})
    began = time.monotonic()
    attempt = scene.scan(Source.DUPLEX, 300.0, resolution_dpi=DPI, page_format=page_format)
    outcome = attempt.outcomes.wait_for(lambda _: True, 300.0)
    took = time.monotonic() - began
    assert outcome == Scanned(2 * SHEETS, 0), outcome
    shutil.rmtree(attempt.folder)
    return took


def _scanimage(emulator: EsclScannerEmulator, root: Path) -> float:
    emulator.do("load", {"sheets": SHEETS})
    folder = root / "scanimage"
    folder.mkdir()
    with settings.private_folder(settings.Settings(escl_url=emulator.url)) as config:
        began = time.monotonic()
        subprocess.run(
            [
                *("scanimage", "-d", "airscan:", "--source", "ADF Duplex", "--mode", "Color", "--resolution", str(DPI)),
                *("-l", "0", "-t", "0", "-x", "210", "-y", "297", "--format=pnm", f"--batch={folder}/p%d.pnm"),
            ],
            env={**os.environ, "SANE_CONFIG_DIR": config},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=300,
        )
        took = time.monotonic() - began
    assert len(list(folder.iterdir())) == 2 * SHEETS
    shutil.rmtree(folder)
    return took


if __name__ == "__main__":
    print(measure())
