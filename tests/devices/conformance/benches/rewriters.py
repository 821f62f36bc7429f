"""Bench of the travel-permit rewriter: the emulated device on its documented port."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.permit_rewriter import types
from devices.status import DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Rig, given
from tests.devices.permit_rewriter.scenes import NEW_BACK, NEW_CHIP, QUICK
from tests.devices.scenes import PATIENCE_S

NO_CHIP = b"\x00" * 8
LOOK = msgspec.msgpack.encode(types.ReadCard())
ACCEPT = msgspec.msgpack.encode(types.ReadCard(accept=True))
SAMPLES = {
    types.READ: LOOK,
    types.ERASE: msgspec.msgpack.encode(types.EraseMedia(NO_CHIP)),
    types.CHIP_IO: msgspec.msgpack.encode(types.ChipIO(NO_CHIP, NEW_CHIP)),
    types.PRINT: msgspec.msgpack.encode(types.PrintRaw(NO_CHIP, NEW_BACK)),
    types.MOVE: msgspec.msgpack.encode(types.Move(types.Place.EXIT)),
    types.WATCH_REMOVAL: b"",
    types.RESET: b"",
}


@contextmanager
def _serial(_: Path) -> Iterator[Rig]:
    emulator = PermitRewriterEmulator(is_paced=False, act_s=0.02)
    emulator.start()
    begun = 0

    def requests() -> int:
        counters = emulator.state()["counters"]
        assert isinstance(counters, dict)
        return int(counters.get("requests", 0))

    def long() -> Asked:
        nonlocal begun
        begun = requests()
        return types.READ, ACCEPT

    def has_begun() -> None:
        assert emulator.wait_for("requests", begun + 3, PATIENCE_S), "the device is not asked"

    def mend() -> None:
        emulator.do("normal", {})
        emulator.do("remove", {})

    try:
        yield Rig(
            {"port": emulator.port, "times": QUICK},
            long,
            has_begun,
            given(types.READ, LOOK),
            SAMPLES,
            mend,
            unplug=lambda: emulator.do("unplug", {}),
            silence=lambda: emulator.do("silence", {}),
            garble=lambda: emulator.do("garbage", {}),
            slow=lambda: emulator.do("slow", {"ms": 40}),
            sample_s=PATIENCE_S,
        )
    finally:
        emulator.stop()


BENCHES = (
    Bench(
        DeviceClass.PERMIT_REWRITER,
        "serial",
        _serial,
        ({"port": None}, {"baud_rate": "fast"}, {"times": {"work": "long"}}),
    ),
)
