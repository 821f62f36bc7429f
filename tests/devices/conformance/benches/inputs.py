"""Benches of what a citizen enters with: both barcode scanners, keypad, signature pad, fingerprint reader."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec

from devices.barcode_reader import types as barcode
from devices.emulators.barcode_reader import BarcodeReaderEmulator
from devices.emulators.fingerprint_reader import FingerprintReaderEmulator
from devices.emulators.keypad import KeypadEmulator
from devices.emulators.serial_device import SerialDevice
from devices.emulators.signature_pad import SignaturePadEmulator
from devices.fingerprint_reader import types as finger
from devices.keypad import types as keypad
from devices.signature_pad import types as signature
from devices.status import DeviceClass
from tests.devices.barcode_reader.scenes import QUICK as SCANNER_WAITS
from tests.devices.barcode_reader.virtual_display import KEYBOARD, virtual_display
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig, given
from tests.devices.fingerprint_reader.scenes import QUICK as FINGER_WAITS
from tests.devices.keypad.scenes import QUICK as KEYPAD_WAITS
from tests.devices.scenes import PATIENCE_S
from tests.devices.signature_pad.scenes import QUICK as PAD_WAITS

SLOW_BYTE_S = 0.003
"""A device that takes this long for a byte: a fortieth of the line's speed."""

_numbers = itertools.count(1)


@contextmanager
def hand(act: Callable[[threading.Event], None]) -> Iterator[None]:
    """A person who acts beside a command; `act` is told when the command is over."""
    is_over = threading.Event()
    thread = threading.Thread(target=act, args=(is_over,), name="hand")
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(PATIENCE_S)


class SerialBench:
    """What the emulators on a serial line share.

    Args:
        began: the emulator's counter that shows that a long command is at work.
        more: how often it counts until then.
    """

    def __init__(self, emulator: SerialDevice, waits: object, began: str, more: int = 1) -> None:
        self.emulator = emulator
        self.settings = {key: value for key, value in emulator.settings.items() if key != "driver"}  # type: ignore[attr-defined]
        self.settings |= waits if isinstance(waits, dict) else {}
        self._began = began
        self._more = more
        self._before = 0
        self._byte_s = emulator._wire.byte_s

    def count(self, counter: str) -> int:
        counters = self.emulator.state()["counters"]
        assert isinstance(counters, dict)
        return int(counters.get(counter, 0))

    def rig(
        self,
        long: Asked,
        quick: Callable[[], AbstractContextManager[Asked]],
        samples: dict[str, bytes],
        tidy: Callable[[], None] = lambda: None,
    ) -> Rig:
        """The rig of an emulator that has the actions of `SerialDevice`."""
        emulator = self.emulator

        def begin() -> Asked:
            self._before = self.count(self._began)
            return long

        def has_begun() -> None:
            assert emulator.wait_for(self._began, self._before + self._more, PATIENCE_S), "the device is not asked"

        def mend() -> None:
            self._pace(is_slow=False)
            emulator.do("normal", {})
            tidy()

        return Rig(
            self.settings,
            begin,
            has_begun,
            quick,
            samples,
            mend,
            unplug=lambda: emulator.do("unplug", {}),
            silence=lambda: emulator.do("silence", {}),
            garble=lambda: emulator.do("garbage", {"count": 500}),
            slow=lambda: self._pace(is_slow=True),
        )

    def _pace(self, *, is_slow: bool) -> None:
        wire = self.emulator._wire
        wire.is_paced, wire.byte_s = is_slow, SLOW_BYTE_S if is_slow else self._byte_s


@contextmanager
def _running(emulator: SerialDevice) -> Iterator[None]:
    emulator.start()
    try:
        yield
    finally:
        emulator.stop()


@contextmanager
def _barcode_serial(_: Path) -> Iterator[Rig]:
    emulator = BarcodeReaderEmulator(is_paced=False)
    with _running(emulator):
        bench = SerialBench(emulator, SCANNER_WAITS, "light_on")

        @contextmanager
        def quick() -> Iterator[Asked]:
            emulator.do("show", {"text": f"BY1-{next(_numbers):06d}"})
            try:
                yield barcode.READ, b""
            finally:
                emulator.do("take_away", {})

        yield bench.rig((barcode.READ, b""), quick, {barcode.READ: b"", barcode.RESET: b""})


@contextmanager
def _barcode_wedge(_: Path) -> Iterator[Rig]:
    with virtual_display() as display:
        is_dead = False

        def scan_on(is_over: threading.Event) -> None:
            while not is_over.wait(0.2):
                display.scan(f"BY1-{next(_numbers):06d}")

        @contextmanager
        def quick() -> Iterator[Asked]:
            with hand(scan_on):
                yield barcode.READ, b""

        def unplug() -> None:
            nonlocal is_dead
            is_dead = True
            display.kill()

        def mend() -> None:
            nonlocal is_dead
            if is_dead:
                is_dead = False
                display.start()

        yield Rig(
            {"display": display.name, "keyboard": KEYBOARD, "retry_s": 0.05, "key_s": 0.1},
            lambda: (barcode.READ, b""),
            lambda: None,  # a grabbed keyboard shows nothing to others
            quick,
            {barcode.READ: b"", barcode.RESET: b""},
            mend,
            unplug=unplug,
            garble=lambda: display.type("?!~|<>"),
        )


@contextmanager
def _keypad(_: Path) -> Iterator[Rig]:
    emulator = KeypadEmulator(is_paced=False)
    with _running(emulator):
        bench = SerialBench(emulator, KEYPAD_WAITS, "begin")
        wish = msgspec.msgpack.encode(keypad.DataEntry(max_length=2, auto_end=True))

        @contextmanager
        def quick() -> Iterator[Asked]:
            began = bench.count("begin")

            def type_two(is_over: threading.Event) -> None:
                while not is_over.is_set():
                    if emulator.wait_for("begin", began + 1, 0.1):
                        emulator.do("type", {"digits": "13"})
                        return

            with hand(type_two):
                yield keypad.DATA_ENTRY, wish

        samples = {keypad.DATA_ENTRY: wish, keypad.GET_LAYOUT: b"", keypad.RESET: b""}
        yield bench.rig((keypad.DATA_ENTRY, wish), quick, samples)


@contextmanager
def _signature_pad(_: Path) -> Iterator[Rig]:
    emulator = SignaturePadEmulator(is_paced=False)
    with _running(emulator):
        bench = SerialBench(emulator, PAD_WAITS, "started")
        samples = {signature.READ_SIGNATURE: b"", signature.RESET: b""}
        yield bench.rig((signature.READ_SIGNATURE, b""), given(signature.RESET), samples)


@contextmanager
def _fingerprint(_: Path) -> Iterator[Rig]:
    emulator = FingerprintReaderEmulator(is_paced=False)
    with _running(emulator):
        bench = SerialBench(emulator, FINGER_WAITS, "looks")
        samples = {
            finger.READ: b"",
            finger.MATCH: msgspec.msgpack.encode(finger.MatchFinger(bytes(512))),
            finger.RESET: b"",
        }

        def lift() -> None:
            emulator.do("lift", {})

        yield bench.rig((finger.READ, b""), given(finger.RESET), samples, lift)


BENCHES = (
    Bench(
        DeviceClass.BARCODE_READER,
        "serial",
        _barcode_serial,
        ({"port": None}, {"longest": 0}, {"hello": "zz"}, {"light_off": None}),
    ),
    Bench(
        DeviceClass.BARCODE_READER,
        "wedge",
        _barcode_wedge,
        ({"keyboard": None}, {"display": "hall.example:0"}, {"event_device": "/dev/input/event9"}),
        exempt={
            Clause.SILENCE: "a keyboard that says nothing is one on which nobody types",
            Clause.SLOW: "keys that come slowly are a person's, and passing those over is the driver's task",
        },
    ),
    Bench(DeviceClass.KEYPAD, "serial", _keypad, ({"port": None}, {"profile": "no-such"}, {"reply_s": "x"})),
    Bench(DeviceClass.SIGNATURE_PAD, "serial", _signature_pad, ({"port": None}, {"baud_rate": "fast"})),
    Bench(
        DeviceClass.FINGERPRINT_READER,
        "serial",
        _fingerprint,
        ({"port": None}, {"address": "xyz"}, {"password": "00"}),
    ),
)
