"""The cabinet as the terminal sees it: what it says, what happened, its lamps and its buzzer."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.cabinet.types import (
    SET_AUXILIARIES,
    SET_LIGHT,
    Colour,
    Door,
    FlashRate,
    Light,
    Presence,
    SetAuxiliaries,
    SetLight,
    Switch,
)
from devices.outcomes import Commands, OutcomeReceiver, named_parts, part, submit
from devices.status import DeviceClass, DeviceStatus


@dataclass(frozen=True)
class CabinetStatus:
    """What the cabinet says; ``None`` = it has no such part, ``UNKNOWN`` = it cannot say now."""

    doors: Mapping[str, Door]
    tamper: Switch | None
    proximity: Presence | None
    call_button: Switch | None
    heat: Switch | None


@dataclass(frozen=True)
class DoorMoved:
    """A door has another state than before."""

    door: str
    state: Door


@dataclass(frozen=True)
class CallPressed:
    """Somebody asks for help."""


@dataclass(frozen=True)
class PersonCame:
    """Somebody stands before the terminal."""


@dataclass(frozen=True)
class PersonLeft:
    """Nobody stands before the terminal any more."""


@dataclass(frozen=True)
class Tampered:
    """The tamper switch has tripped: an alarm."""


@dataclass(frozen=True)
class Overheated:
    """It has become too hot inside: an alarm."""


CabinetEvent = DoorMoved | CallPressed | PersonCame | PersonLeft | Tampered | Overheated


def read_status(status: DeviceStatus) -> CabinetStatus:
    """The cabinet's parts, typed."""
    tamper, heat = part(status, "tamper"), part(status, "heat")
    proximity, call = part(status, "proximity"), part(status, "callButton")
    return CabinetStatus(
        {name: Door(word) for name, word in named_parts(status, "doors").items()},
        Switch(tamper) if tamper is not None else None,
        Presence(proximity) if proximity is not None else None,
        Switch(call) if call is not None else None,
        Switch(heat) if heat is not None else None,
    )


def events_between(before: DeviceStatus, after: DeviceStatus) -> list[CabinetEvent]:
    """What happened from one status to the next. A part that was unknown has not moved, but an alarm is told at once."""
    old, new = read_status(before), read_status(after)
    found: list[CabinetEvent] = []
    for door, state in new.doors.items():
        was = old.doors.get(door, Door.UNKNOWN)
        has_moved = state not in (was, Door.UNKNOWN) and was is not Door.UNKNOWN
        if has_moved or (state is Door.TAMPERED and was is not Door.TAMPERED):
            found.append(DoorMoved(door, state))
    if new.call_button is Switch.ON and old.call_button is not Switch.ON:
        found.append(CallPressed())
    if new.proximity is not old.proximity:
        if new.proximity is Presence.PRESENT:
            found.append(PersonCame())
        elif new.proximity is Presence.NOT_PRESENT and old.proximity is Presence.PRESENT:
            found.append(PersonLeft())
    if new.tamper is Switch.ON and old.tamper is not Switch.ON:
        found.append(Tampered())
    if new.heat is Switch.ON and old.heat is not Switch.ON:
        found.append(Overheated())
    return found


class Cabinet:
    """Commands to the cabinet. Methods do not block; outcomes come on the supervisor's thread, exactly one each."""

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def status(self) -> CabinetStatus:
        """The last status told."""
        return read_status(self._supervisor.status(DeviceClass.CABINET))

    def set_light(
        self,
        action_id: str,
        light: Light,
        flash_rate: FlashRate,
        on_outcome: OutcomeReceiver,
        *,
        colour: Colour = Colour.WHITE,
        timeout_s: float = 3.0,
    ) -> None:
        """Lets one lamp shine, flash or go dark."""
        wish = SetLight(light, flash_rate, colour)
        submit(self._supervisor, DeviceClass.CABINET, action_id, SET_LIGHT, timeout_s, wish, on_outcome)

    def set_audible_alarm(
        self, action_id: str, is_on: bool, on_outcome: OutcomeReceiver, *, timeout_s: float = 3.0
    ) -> None:
        """Switches the buzzer."""
        wish = SetAuxiliaries(Switch.ON if is_on else Switch.OFF)
        submit(self._supervisor, DeviceClass.CABINET, action_id, SET_AUXILIARIES, timeout_s, wish, on_outcome)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.CABINET, action_id)
