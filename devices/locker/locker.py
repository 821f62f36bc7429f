"""The document locker as the terminal sees it: which doors stand open, which cells hold something, one door opened."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.cabinet.types import Door, Presence
from devices.locker.types import OPEN_DOOR, OpenDoor
from devices.outcomes import Commands, OutcomeReceiver, named_parts, submit
from devices.status import DeviceClass, DeviceStatus


@dataclass(frozen=True)
class LockerStatus:
    """By door number, from 1. A locker without sensors in its cells has no `cells`."""

    doors: Mapping[int, Door]
    cells: Mapping[int, Presence]


@dataclass(frozen=True)
class LockerDoorMoved:
    """A door was opened or closed."""

    door: int
    state: Door


@dataclass(frozen=True)
class CellEmptied:
    """What lay behind a door was taken."""

    door: int


@dataclass(frozen=True)
class CellFilled:
    """Something was laid behind a door."""

    door: int


LockerEvent = LockerDoorMoved | CellEmptied | CellFilled


def read_status(status: DeviceStatus) -> LockerStatus:
    """The locker's parts, typed."""
    return LockerStatus(
        {int(name): Door(word) for name, word in named_parts(status, "doors").items() if name.isdecimal()},
        {int(name): Presence(word) for name, word in named_parts(status, "cells").items() if name.isdecimal()},
    )


def events_between(before: DeviceStatus, after: DeviceStatus) -> list[LockerEvent]:
    """What happened from one status to the next, doors first; nothing from or to unknown."""
    old, new = read_status(before), read_status(after)
    found: list[LockerEvent] = [
        LockerDoorMoved(door, state)
        for door, state in sorted(new.doors.items())
        if state is not Door.UNKNOWN and old.doors.get(door, Door.UNKNOWN) not in (Door.UNKNOWN, state)
    ]
    for door, cell in sorted(new.cells.items()):
        was = old.cells.get(door, Presence.UNKNOWN)
        if was is Presence.PRESENT and cell is Presence.NOT_PRESENT:
            found.append(CellEmptied(door))
        elif was is Presence.NOT_PRESENT and cell is Presence.PRESENT:
            found.append(CellFilled(door))
    return found


class Locker:
    """Commands to the locker. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def status(self) -> LockerStatus:
        """The last status told."""
        return read_status(self._supervisor.status(DeviceClass.LOCKER))

    def open_door(self, action_id: str, door: int, on_outcome: OutcomeReceiver, *, timeout_s: float = 8.0) -> None:
        """Opens one door (from 1). Never sent twice: a problem ``described.outcome_unknown`` asks a person to look."""
        submit(self._supervisor, DeviceClass.LOCKER, action_id, OPEN_DOOR, timeout_s, OpenDoor(door), on_outcome)

    def cancel(self, action_id: str) -> None:
        """Gives up waiting; a lock that has sprung stays open."""
        self._supervisor.cancel(DeviceClass.LOCKER, action_id)
