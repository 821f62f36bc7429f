"""Bench of the document scanner: real SANE and sane-airscan on the emulated eSCL scanner."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.document_scanner.types import READ, ReadImage, Source
from devices.emulators.escl_scanner import EsclScannerEmulator
from devices.status import DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig
from tests.devices.conformance.cable import cable_to
from tests.devices.scenes import PATIENCE_S


@contextmanager
def _sane(folder: Path) -> Iterator[Rig]:
    emulator = EsclScannerEmulator(page_s=0.1)
    emulator.start()
    numbers = itertools.count(1)
    begun = 0

    def asked(source: Source) -> bytes:
        pages = folder / f"scan-{next(numbers)}"
        pages.mkdir(mode=0o700)
        return msgspec.msgpack.encode(ReadImage(str(pages), source, resolution_dpi=75))

    try:
        with cable_to(("127.0.0.1", emulator.tcp_port)) as cable:

            def long() -> Asked:
                nonlocal begun
                begun = emulator.pages
                emulator.do("load", {"sheets": 200})
                return READ, asked(Source.FEEDER)

            @contextmanager
            def quick() -> Iterator[Asked]:
                yield READ, asked(Source.FLATBED)

            def mend() -> None:
                emulator.do("empty", {})
                cable.do("whole")

            yield Rig(
                {"escl_url": f"http://127.0.0.1:{cable.port}/eSCL", "stall_s": 0.6},
                long,
                lambda: _begun(emulator, begun),
                quick,
                {READ: asked(Source.FLATBED)},
                mend,
                unplug=lambda: cable.do("cut"),
                lose=lambda: cable.do("cut"),
                silence=lambda: cable.do("silent"),
                silence_may_cost_host=True,  # sane-airscan waits on, seldom but then for a minute
                garble=lambda: cable.do("garbage"),
                slow=lambda: cable.do("slow"),
                sample_s=PATIENCE_S,
            )
    finally:
        emulator.stop()


def _begun(emulator: EsclScannerEmulator, before: int) -> None:
    assert emulator.wait_for_pages(before + 1, PATIENCE_S), "no page is fetched"


BENCHES = (
    Bench(
        DeviceClass.DOCUMENT_SCANNER,
        "sane",
        _sane,
        ({"escl_url": None}, {"device": "test:0"}, {"escl_url": "ftp://scanner/eSCL"}, {"stall_s": "long"}),
        exempt={Clause.TWICE: "a network scanner is found by several programs; it says itself that it is busy"},
    ),
)
