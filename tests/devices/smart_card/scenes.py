"""Scenes of smart cards: the real pcscd, the virtual card, a host, a supervisor, and what they told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from devices.emulators.smart_card import SmartCardEmulator
from devices.emulators.virtual_document import Holder
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.reader import InvalidMedia, MediaInserted, SmartCardReader
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times
from tests.devices.scenes import PATIENCE_S, Heard
from tests.devices.smart_card.pcscd import READER, Pcscd, running_pcscd

CARD = DeviceClass.SMART_CARD
KEY = MrzKey(Holder.number, Holder.birth, Holder.expiry)
WRONG_KEY = MrzKey("CA0000009", Holder.birth, Holder.expiry)
CAN = "123456"
PROFILE = "resident-social-card"
QUICK: dict[str, float] = {"exchange": 1.5, "settle": 0.1, "retry": 0.1, "back_off": 0.05, "longest_back_off": 0.3}


Standing = tuple[Pcscd, SmartCardEmulator, Path]
"""The service, the emulated slot, the folder with its state's certificate."""


class CardAttempt:
    """One action: its events and its outcome."""

    def __init__(self) -> None:
        self.events = Heard()
        self.outcomes = Heard()

    def outcome(self, timeout_s: float = PATIENCE_S) -> Any:
        return self.outcomes.wait_for(lambda _: True, timeout_s)

    def inserted(self) -> None:
        """Waits until a card was found."""
        self.events.wait_for(lambda event: isinstance(event, MediaInserted))

    def complaint(self, key: str) -> None:
        """Waits until a try failed with this message key."""
        self.events.wait_for(lambda event: isinstance(event, InvalidMedia) and event.problem.key == key)


@dataclass
class CardScene:
    """The emulated card, its host and the supervisor."""

    emulator: SmartCardEmulator
    service: Pcscd
    supervisor: Supervisor
    statuses: Heard
    reader: SmartCardReader
    _next: int = field(default=0)

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def action_id(self) -> str:
        self._next += 1
        return f"action-{self._next}"

    def read(
        self,
        key: MrzKey | str = KEY,
        timeout_s: float = 0.0,
        *,
        action_id: str | None = None,
        wants_portrait: bool = False,
        accepts_lying: bool = True,
        judged_at: datetime | None = None,
    ) -> CardAttempt:
        attempt = CardAttempt()
        self.reader.read_document(
            action_id or self.action_id(),
            timeout_s,
            key,
            attempt.events.add,
            attempt.outcomes.add,
            wants_portrait=wants_portrait,
            accepts_lying=accepts_lying,
            judged_at=judged_at,
        )
        return attempt

    def read_social_card(self, profile: str = PROFILE, timeout_s: float = 0.0) -> CardAttempt:
        attempt = CardAttempt()
        self.reader.read_social_card(self.action_id(), timeout_s, profile, attempt.events.add, attempt.outcomes.add)
        return attempt

    def verify_pin(self, pin: str, profile: str = PROFILE) -> CardAttempt:
        attempt = CardAttempt()
        self.reader.verify_pin(self.action_id(), PATIENCE_S, profile, pin, attempt.events.add, attempt.outcomes.add)
        return attempt

    def watch_removal(self) -> CardAttempt:
        attempt = CardAttempt()
        self.reader.watch_removal(self.action_id(), PATIENCE_S, attempt.outcomes.add)
        return attempt

    def begin_anew(self) -> None:
        """Gives up every action and empties the slot."""
        for number in range(1, self._next + 1):
            self.reader.cancel(f"action-{number}")
        self.do("normal")
        self.do("pull")
        assert self.emulator.wait_until_empty(PATIENCE_S), "pcscd does not look into the slot"

    def take_away(self) -> None:
        """Pulls the card and waits until the service has seen it: a swap between two of its looks is no removal."""
        self.do("pull")
        assert self.emulator.wait_until_empty(PATIENCE_S), "pcscd does not look into the slot"

    def status(self, state: DeviceState, timeout_s: float = PATIENCE_S) -> DeviceStatus:
        """Waits until the device has told this state."""
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state, timeout_s)
        return found


@contextmanager
def service_scene(folder: Path) -> Iterator[Standing]:
    """The service, the emulated card and a folder with its state's certificate."""
    with running_pcscd() as service:
        emulator = SmartCardEmulator(service.port)
        (folder / "demo.der").write_bytes(emulator.csca_der)
        emulator.start()
        try:
            yield service, emulator, folder
        finally:
            emulator.stop()


@contextmanager
def card_scene(
    standing: Standing,
    times: Times | None = None,
    driver_times: dict[str, float] | None = None,
    **settings: object,
) -> Iterator[CardScene]:
    """A host on a standing service, with the reader online; the slot is empty and whole before and after."""
    service, emulator, states = standing
    emulator.do("normal", {})
    emulator.do("pull", {})
    assert emulator.wait_until_empty(PATIENCE_S), "pcscd does not look into the slot"
    statuses = Heard()
    config = {
        "driver": "pcsc",
        "reader": f"{READER} 00 00",
        "csca_folder": str(states),
        "times": driver_times or QUICK,
        **settings,
    }
    supervisor = Supervisor({CARD: config}, lambda _, status: statuses.add(status), times=times)
    supervisor.start()
    try:
        scene = CardScene(emulator, service, supervisor, statuses, SmartCardReader(supervisor))
        statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
        yield scene
    finally:
        emulator.do("pull", {})
        emulator.do("normal", {})
        supervisor.stop()
