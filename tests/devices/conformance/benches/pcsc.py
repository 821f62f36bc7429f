"""What the benches of drivers on PC/SC share: the real pcscd and the emulated slot."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devices.emulators.smart_card import SmartCardEmulator
from devices.emulators.virtual_cards import VirtualCard, VirtualIdCard
from tests.devices.conformance.bench import Asked
from tests.devices.scenes import PATIENCE_S
from tests.devices.smart_card.pcscd import READER, Pcscd
from tests.devices.smart_card.scenes import QUICK, service_scene

SHARED = "programs share a PC/SC reader by design: pcscd lets one in after the other"


class NoiseCard:
    """A card that answers every command with noise."""

    atr = VirtualIdCard().atr

    def __init__(self) -> None:
        self._noise = random.Random(20261122)

    def reset(self) -> None:
        """Nothing is kept."""

    def answer(self, raw: bytes) -> bytes:
        del raw
        return self._noise.randbytes(40)


@dataclass
class PcscRig:
    """pcscd, which can be killed and started, and its slot."""

    service: Pcscd
    emulator: SmartCardEmulator
    folder: Path
    _is_gone: bool = False

    @classmethod
    @contextmanager
    def standing(cls, folder: Path) -> "Iterator[PcscRig]":
        states = folder / "states"
        states.mkdir()
        with service_scene(states) as (service, emulator, _):
            yield cls(service, emulator, states)

    @property
    def settings(self) -> dict[str, object]:
        return {"reader": f"{READER} 00 00", "times": QUICK}

    def offer(self, name: str, make: Callable[[], VirtualCard]) -> None:
        """Adds a card that can be laid."""
        self.emulator._cards[name] = make

    def lay(self, card: str) -> None:
        self.emulator.do("lay", {"card": card})

    def waits_for_a_card(self) -> None:
        """A command that waits for a card shows nothing on the wire: pcscd itself is asked, by another program."""

    @contextmanager
    def with_card(self, card: str, name: str, payload: bytes) -> Iterator[Asked]:
        self.lay(card)
        try:
            yield name, payload
        finally:
            self._empty()

    def service_gone(self) -> None:
        self._is_gone = True
        self.service.kill()

    def mend(self) -> None:
        self.emulator.do("normal", {})
        self.emulator.do("pull", {})
        if self._is_gone:
            self._is_gone = False
            self.service.start()
        self._empty()

    def _empty(self) -> None:
        self.emulator.do("pull", {})
        assert self.emulator.wait_until_empty(PATIENCE_S), "pcscd does not look into the slot"
