"""Benches of the ID-card readers: the emulated module on a serial line and behind HID reports, and a card in a PC/SC reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.id_card_reader.types import FORGET, READ, READ_PHOTO, WATCH_REMOVAL
from devices.status import DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig
from tests.devices.conformance.benches.pcsc import SHARED, NoiseCard, PcscRig
from tests.devices.id_card_reader.hid_adapter import Adapter
from tests.devices.scenes import PATIENCE_S, QUICK, line_of

# not among the benches, whose package is large: each host of a reader imports it
DECODER = "tests.devices.conformance.pixel_decoder:make"
TIMES = {**QUICK, "read_reply": 3.0}
SAMPLES = {READ: b"", READ_PHOTO: b"", WATCH_REMOVAL: b"", FORGET: b""}


def _module_rig(emulator: IdCardReaderEmulator, settings: dict[str, object]) -> Rig:
    begun = 0

    def long() -> Asked:
        nonlocal begun
        begun = emulator.requests
        return READ, b""

    def has_begun() -> None:
        # status, module id, and a find that found nothing
        assert emulator.wait_for_requests(begun + 3, PATIENCE_S)

    @contextmanager
    def quick() -> Iterator[Asked]:
        emulator.do("lay", {"card": "resident"})
        try:
            yield READ, b""
        finally:
            emulator.do("pull", {})

    def mend() -> None:
        emulator.processing_s = 0.0
        emulator.do("normal", {})
        emulator.do("pull", {})

    def slow() -> None:
        emulator.processing_s = 0.4

    return Rig(
        {**settings, "times": TIMES, "photo_decoder": DECODER},
        long,
        has_begun,
        quick,
        SAMPLES,
        mend,
        unplug=lambda: emulator.do("cut", {}),
        silence=lambda: emulator.do("silence", {}),
        garble=lambda: emulator.do("wrong_checksum", {"count": 1000}),
        slow=slow,
    )


@contextmanager
def _serial(_: Path) -> Iterator[Rig]:
    with line_of() as emulator:
        yield _module_rig(emulator, {"port": emulator.port})


@contextmanager
def _hid(_: Path) -> Iterator[Rig]:
    with line_of() as emulator:
        adapter = Adapter(emulator)
        try:
            rig = _module_rig(emulator, {"port": adapter.path})
            mend = rig.mend

            def mend_both() -> None:
                adapter.plug()
                mend()

            rig.unplug, rig.mend = adapter.unplug, mend_both
            yield rig
        finally:
            adapter.close()


@contextmanager
def _pcsc(folder: Path) -> Iterator[Rig]:
    with PcscRig.standing(folder) as standing:
        emulator = standing.emulator

        def silence() -> None:
            emulator.do("mute", {})
            standing.lay("id_card")

        standing.offer("noise", NoiseCard)
        yield Rig(
            {**standing.settings, "photo_decoder": DECODER},
            lambda: (READ, b""),
            standing.waits_for_a_card,
            lambda: standing.with_card("id_card", READ, b""),
            SAMPLES,
            standing.mend,
            unplug=standing.service_gone,
            silence=silence,
            garble=lambda: standing.lay("noise"),
            slow=lambda: emulator.do("slow", {"ms": 100}),
            lose=standing.service_gone,
        )


BENCHES = (
    Bench(
        DeviceClass.ID_CARD_READER,
        "serial",
        _serial,
        ({"port": None}, {"port": 5}, {"retries": "two"}, {"times": {"reply": "soon"}}),
    ),
    Bench(
        DeviceClass.ID_CARD_READER,
        "hid",
        _hid,
        ({"port": None}, {"report_bytes": 1}, {"framing": "other"}, {"report_id": 256}),
    ),
    Bench(
        DeviceClass.ID_CARD_READER,
        "pcsc",
        _pcsc,
        ({"reader": 1}, {"times": {"exchange": "long"}}),
        group="pcscd",
        exempt={Clause.TWICE: SHARED},
    ),
)
