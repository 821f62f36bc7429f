"""Benches of the four described devices, on copies of their shipped profiles whose commands have more time to be interrupted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from devices.described.reading import profile_path
from devices.emulators.described import DescribedEmulator
from devices.status import CompletionCode, DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Rig, given, packed
from tests.devices.scenes import PATIENCE_S

WRONG = ({"port": None}, {"file": None}, {"profile": "io_board"}, {"file": "/nowhere.yaml"}, {"port": 3})


@contextmanager
def _described(
    profile: str, samples: dict[str, bytes], command: str, cancelled: CompletionCode, folder: Path
) -> Iterator[Rig]:
    path = folder / f"{profile}.yaml"
    text = profile_path(profile).read_text(encoding="utf-8")
    # of commands only: a poll's stands deeper in the file or before
    head, word, commands = text.partition("\ncommands:")
    path.write_text(head + word + re.sub(r"reply_s: [0-9.]+", "reply_s: 20", commands), encoding="utf-8")
    emulator = DescribedEmulator(path, is_paced=False, act_s=0.02)
    emulator.start()
    begun = 0

    def long() -> Asked:
        nonlocal begun
        counters = emulator.state()["counters"]
        assert isinstance(counters, dict)
        begun = counters.get(command, 0)
        emulator.do("mute_commands", {})
        return command, samples[command]

    def has_begun() -> None:
        assert emulator.wait_for(command, begun + 1, PATIENCE_S), "the device is asked for nothing"

    def mend() -> None:
        emulator.do("normal", {})
        if command == "controlMedia":
            emulator.do("set", {"key": "ink", "word": "full"})  # a new one has none

    try:
        yield Rig(
            {"port": emulator.port, "file": str(path)},
            long,
            has_begun,
            given(command, samples[command]),
            samples,
            mend,
            unplug=lambda: emulator.do("unplug", {}),
            silence=lambda: emulator.do("silence", {}),
            garble=lambda: emulator.do("garbage", {"count": 50}),
            slow=lambda: emulator.do("slow", {"ms": 60}),
            cancelled=cancelled,
        )
    finally:
        emulator.stop()


def _bench(
    device: DeviceClass,
    profile: str,
    command: str,
    cancelled: CompletionCode,
    **samples: bytes,
) -> Bench:
    return Bench(device, "described", partial(_described, profile, samples, command, cancelled), WRONG)


# a command that may be repeated is simply given up; of another one nobody knows how far the device came
_UNKNOWN = CompletionCode.HARDWARE_ERROR

BENCHES = (
    _bench(
        DeviceClass.CABINET,
        "io_board",
        "setLight",
        CompletionCode.CANCELED,
        setLight=packed(light="cardReader", flashRate="slow", colour="green"),
        setAuxiliaries=packed(audibleAlarm="off"),
    ),
    _bench(DeviceClass.LOCKER, "locker_12", "openDoor", _UNKNOWN, openDoor=packed(door=3)),
    _bench(
        DeviceClass.STAMP_UNIT,
        "stamp_unit",
        "controlMedia",
        _UNKNOWN,
        controlMedia=packed(mediaControl="stamp", stamp=1),
    ),
    _bench(
        DeviceClass.CARD_DISPENSER,
        "card_dispenser",
        "move",
        _UNKNOWN,
        move=packed(**{"from": "unit1", "to": "exit"}),
        printRaw=packed(data=b"card"),
    ),
)
