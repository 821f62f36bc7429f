"""Benches of the power supply on a real upsd and of the sound output on the real aplay."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.audio.tone_codec import wav_of
from devices.audio.types import PLAY_SIGNAL, PLAY_SOUND, PlaySignal, PlaySound, Signal
from devices.status import DeviceClass
from devices.ups.types import READ_CHARGE
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig, given
from tests.devices.conformance.cable import cable_to
from tests.devices.receipt_printer.slips import wait_until
from tests.devices.scenes import PATIENCE_S
from tests.devices.ups.nut_server import NAME, nut_server

_PLAYER = """#!/bin/sh
# stands before aplay, so that it can hang and fail as with a card that does
mode() { cat "$(dirname "$0")/mode"; }
echo played >> "$(dirname "$0")/begun"
[ "$(mode)" = slow ] && sleep 0.3
while [ "$(mode)" = hung ]; do sleep 0.02; done
[ "$(mode)" = gone ] && exit 1
exec aplay "$@"
"""


@contextmanager
def _nut(folder: Path) -> Iterator[Rig]:
    (folder / "nut").mkdir()
    with nut_server(folder / "nut") as server, cable_to(("127.0.0.1", server.port)) as cable:
        begun = 0

        def long() -> Asked:
            nonlocal begun
            cable.do("silent")
            begun = cable.sent
            return READ_CHARGE, b""

        yield Rig(
            {"ups": NAME, "tcp_port": cable.port, "poll_s": 0.3, "reply_s": 1.0, "connect_s": 0.3},
            long,
            lambda: cable.wait_for_bytes(begun, PATIENCE_S),
            given(READ_CHARGE),
            {READ_CHARGE: b""},
            lambda: cable.do("whole"),
            unplug=lambda: cable.do("cut"),
            lose=lambda: cable.do("cut"),
            silence=lambda: cable.do("silent"),
            garble=lambda: cable.do("garbage"),
            slow=lambda: cable.do("slow"),
            sample_s=PATIENCE_S,
        )


@contextmanager
def _alsa(folder: Path) -> Iterator[Rig]:
    player, mode, begun = folder / "player", folder / "mode", folder / "begun"
    sounds = folder / "sounds"
    sounds.mkdir()
    (sounds / "welcome.wav").write_bytes(wav_of(Signal.EXCLAMATION))
    player.write_text(_PLAYER)
    player.chmod(0o755)
    begun.touch()
    keypress = msgspec.msgpack.encode(PlaySignal(Signal.KEYPRESS))
    before = 0

    def set_mode(word: str) -> None:
        part = folder / "mode.part"
        part.write_text(word)
        part.replace(mode)

    def count() -> int:
        return begun.read_text().count("played")

    def long() -> Asked:
        nonlocal before
        before = count()
        set_mode("hung")
        return PLAY_SIGNAL, keypress

    set_mode("ok")
    yield Rig(
        {"output": "null", "program": str(player), "sounds": str(sounds)},
        long,
        lambda: wait_until(lambda: count() > before, PATIENCE_S),
        given(PLAY_SIGNAL, keypress),
        {PLAY_SIGNAL: keypress, PLAY_SOUND: msgspec.msgpack.encode(PlaySound("welcome"))},
        lambda: set_mode("ok"),
        unplug=lambda: set_mode("gone"),
        silence=lambda: set_mode("hung"),
        slow=lambda: set_mode("slow"),
        sample_s=PATIENCE_S,
    )


_BY_THE_KERNEL = "whether there is a card says the kernel's list of cards at once, and a test cannot change that list"

BENCHES = (
    Bench(
        DeviceClass.UPS,
        "nut",
        _nut,
        ({"ups": None}, {"ups": "two words"}, {"tcp_port": "x"}),
        group="upsd",
        exempt={Clause.TWICE: "upsd serves many clients by design"},
    ),
    Bench(
        DeviceClass.AUDIO,
        "alsa",
        _alsa,
        ({"output": 3}, {"sounds": 1}),
        exempt={
            Clause.TWICE: "ALSA mixes what several programs play",
            Clause.THREE_MISSES: _BY_THE_KERNEL,
            Clause.LOGGED_ONCE: _BY_THE_KERNEL,
            Clause.GARBAGE: "nothing is received from a sound card",
        },
    ),
)
