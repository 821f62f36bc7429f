"""The stamp unit as the terminal sees it. A seal is a legal act: a command is never sent twice."""

from dataclasses import dataclass

from devices.outcomes import Commands, OutcomeReceiver, part, submit
from devices.stamp_unit.types import CONTROL_MEDIA, ControlMedia, Ink, MediaControl
from devices.status import DeviceClass, DeviceStatus, Media


@dataclass(frozen=True)
class StampUnitStatus:
    """The sheet in the unit and its ink; ``None`` = the unit cannot tell."""

    media: Media | None
    ink: Ink | None


@dataclass(frozen=True)
class SheetLaid:
    """A sheet lies in the unit."""


@dataclass(frozen=True)
class SheetTaken:
    """The sheet was taken."""


StampUnitEvent = SheetLaid | SheetTaken


def read_status(status: DeviceStatus) -> StampUnitStatus:
    """The unit's parts, typed."""
    ink = part(status, "ink")
    return StampUnitStatus(status.media, Ink(ink) if ink is not None else None)


def events_between(before: DeviceStatus, after: DeviceStatus) -> list[StampUnitEvent]:
    """What happened from one status to the next; nothing from unknown."""
    if before.media is Media.NOT_PRESENT and after.media is Media.PRESENT:
        return [SheetLaid()]
    if before.media is Media.PRESENT and after.media is Media.NOT_PRESENT:
        return [SheetTaken()]
    return []


class StampUnit:
    """Commands to the stamp unit. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def status(self) -> StampUnitStatus:
        """The last status told."""
        return read_status(self._supervisor.status(DeviceClass.STAMP_UNIT))

    def stamp(self, action_id: str, seal: int, on_outcome: OutcomeReceiver, *, timeout_s: float = 20.0) -> None:
        """Presses one seal (from 1). A problem ``described.outcome_unknown`` asks a person to look at the sheet."""
        self._control(action_id, ControlMedia(MediaControl.STAMP, seal), on_outcome, timeout_s)

    def eject(self, action_id: str, on_outcome: OutcomeReceiver, *, timeout_s: float = 20.0) -> None:
        """Gives the sheet back."""
        self._control(action_id, ControlMedia(MediaControl.EJECT), on_outcome, timeout_s)

    def cancel(self, action_id: str) -> None:
        """Gives up waiting; what the unit has begun it ends."""
        self._supervisor.cancel(DeviceClass.STAMP_UNIT, action_id)

    def _control(self, action_id: str, wish: ControlMedia, on_outcome: OutcomeReceiver, timeout_s: float) -> None:
        submit(self._supervisor, DeviceClass.STAMP_UNIT, action_id, CONTROL_MEDIA, timeout_s, wish, on_outcome)
