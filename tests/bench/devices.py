"""The devices' own figures, measured where their tests stand."""

import statistics

from tests.bench.figures import Figure, load
from tests.devices.camera import measured as camera
from tests.devices.document_scanner import measured as document_scanner
from tests.devices.smart_card import apdu_time


def measure(keys: set[str]) -> list[Figure]:
    """The figures of this module that are asked for."""
    figures = []
    if "apdu_host_ms" in keys:
        figures.append(_apdu())
    if keys & {"frame_latency_ms", "stale_frames"}:
        figures += camera.measure()
    if "scan_overhead_ratio" in keys:
        figures += document_scanner.measure()
    return figures


def _apdu() -> Figure:
    reads = apdu_time.measure()
    hosts = sorted(read.host_ms for read in reads)
    drivers = statistics.median(read.driver_ms for read in reads)
    detail = (
        f"{hosts[0]:.2f} to {hosts[-1]:.2f} ms in {len(hosts)} reads of {reads[0].exchanges} APDUs (DG1, DG11, BAC);"
        f" without pcscd {drivers:.2f} ms; {load()}"
    )
    return Figure("apdu_host_ms", round(statistics.median(hosts), 3), detail)
