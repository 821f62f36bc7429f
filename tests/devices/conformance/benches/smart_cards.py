"""Bench of the smart-card reader: real pcscd, virtual reader, emulated documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from devices.smart_card.types import (
    FORGET,
    READ_DOCUMENT,
    READ_SOCIAL_CARD,
    VERIFY_PIN,
    WATCH_REMOVAL,
    ReadDocument,
    ReadSocialCard,
    VerifyPin,
    ZoneKey,
)
from devices.status import DeviceClass
from tests.devices.conformance.bench import Bench, Clause, Rig
from tests.devices.conformance.benches.pcsc import SHARED, NoiseCard, PcscRig
from tests.devices.smart_card.scenes import KEY, PROFILE

ASKED = msgspec.msgpack.encode(ReadDocument(ZoneKey(KEY.document_number, KEY.birth, KEY.expiry)))


@contextmanager
def _pcsc(folder: Path) -> Iterator[Rig]:
    with PcscRig.standing(folder) as standing:
        standing.offer("noise", NoiseCard)
        emulator = standing.emulator

        def silence() -> None:
            emulator.do("mute", {})
            standing.lay("permit")

        yield Rig(
            {**standing.settings, "csca_folder": str(standing.folder)},
            lambda: (READ_DOCUMENT, ASKED),
            standing.waits_for_a_card,
            lambda: standing.with_card("permit", READ_DOCUMENT, ASKED),
            {
                READ_DOCUMENT: ASKED,
                READ_SOCIAL_CARD: msgspec.msgpack.encode(ReadSocialCard(PROFILE)),
                VERIFY_PIN: msgspec.msgpack.encode(VerifyPin(PROFILE, "123456")),
                WATCH_REMOVAL: b"",
                FORGET: b"",
            },
            standing.mend,
            unplug=standing.service_gone,
            silence=silence,
            garble=lambda: standing.lay("noise"),
            slow=lambda: emulator.do("slow", {"ms": 20}),
            lose=standing.service_gone,
        )


BENCHES = (
    Bench(
        DeviceClass.SMART_CARD,
        "pcsc",
        _pcsc,
        ({"reader": 1}, {"csca_folder": "/nowhere"}, {"profile_folder": "/nowhere"}, {"times": {"exchange": "long"}}),
        group="pcscd",
        exempt={Clause.TWICE: SHARED},
    ),
)
