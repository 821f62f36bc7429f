"""The card dispenser as the terminal sees it. A card is given out once: no command is ever sent twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.card_dispenser.types import MOVE, PRINT_RAW, Move, Place, PrintRaw, Replenishment
from devices.outcomes import Commands, OutcomeReceiver, named_parts, submit
from devices.status import DeviceClass, DeviceStatus, Media


@dataclass(frozen=True)
class DispenserStatus:
    """The card in the way and the boxes by name."""

    media: Media | None
    storage: Mapping[str, Replenishment]


@dataclass(frozen=True)
class MediaPresented:
    """A card waits at the exit: given out is not taken."""


@dataclass(frozen=True)
class MediaTaken:
    """The card was taken."""


@dataclass(frozen=True)
class StorageChanged:
    """A box has another filling than before."""

    unit: str
    state: Replenishment


DispenserEvent = MediaPresented | MediaTaken | StorageChanged


def read_status(status: DeviceStatus) -> DispenserStatus:
    """The dispenser's parts, typed."""
    storage = {name: Replenishment(word) for name, word in named_parts(status, "storage").items()}
    return DispenserStatus(status.media, storage)


def events_between(before: DeviceStatus, after: DeviceStatus) -> list[DispenserEvent]:
    """What happened from one status to the next; nothing from unknown."""
    found: list[DispenserEvent] = []
    if after.media is Media.PRESENT and before.media in (Media.NOT_PRESENT, Media.ENTERING):
        found.append(MediaPresented())
    if after.media is Media.NOT_PRESENT and before.media is Media.PRESENT:
        found.append(MediaTaken())
    old = read_status(before).storage
    for unit, state in read_status(after).storage.items():
        if old.get(unit, Replenishment.UNKNOWN) not in (Replenishment.UNKNOWN, state):
            found.append(StorageChanged(unit, state))
    return found


class CardDispenser:
    """Commands to the dispenser. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def status(self) -> DispenserStatus:
        """The last status told."""
        return read_status(self._supervisor.status(DeviceClass.CARD_DISPENSER))

    def move(
        self, action_id: str, source: Place, to: Place, on_outcome: OutcomeReceiver, *, timeout_s: float = 30.0
    ) -> None:
        """Moves one card, e.g. from `UNIT1` to `EXIT`. ``described.outcome_unknown`` asks a person to look."""
        wish = Move(source, to)
        submit(self._supervisor, DeviceClass.CARD_DISPENSER, action_id, MOVE, timeout_s, wish, on_outcome)

    def print_raw(self, action_id: str, data: bytes, on_outcome: OutcomeReceiver, *, timeout_s: float = 60.0) -> None:
        """Prints on the card in the transport; `data` in the printer's own language, at most what its frame holds."""
        wish = PrintRaw(data)
        submit(self._supervisor, DeviceClass.CARD_DISPENSER, action_id, PRINT_RAW, timeout_s, wish, on_outcome)

    def cancel(self, action_id: str) -> None:
        """Gives up waiting; what the dispenser has begun it ends."""
        self._supervisor.cancel(DeviceClass.CARD_DISPENSER, action_id)
