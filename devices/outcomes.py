"""How the public classes give commands and tell their outcomes: done, cancelled, or a problem with its sentence."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import CompletionCode, DeviceClass, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import Record


class Done(Record, frozen=True):
    """The device carried the command out."""


class Cancelled(Record, frozen=True):
    """The action was given up on our own wish."""


Outcome = Done | Cancelled | Problem
OutcomeReceiver = Callable[[Outcome], None]


class Commands(Protocol):
    """What is needed of `devices.supervisor.Supervisor`."""

    def submit(
        self, device: DeviceClass, command: Command, on_message: Callable[[Acknowledge | Event | Completion], None]
    ) -> None:
        """See `Supervisor.submit`."""

    def cancel(self, device: DeviceClass, action_id: str) -> None:
        """See `Supervisor.cancel`."""

    def status(self, device: DeviceClass) -> DeviceStatus:
        """See `Supervisor.status`."""


def outcome_of(completion: Completion) -> Outcome:
    """A completion without payload as an outcome."""
    if completion.code is CompletionCode.SUCCESS:
        return Done()
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    return Problem(completion.reason or "device.software_error")


def submit(
    supervisor: Commands,
    device: DeviceClass,
    action_id: str,
    name: str,
    timeout_s: float,
    payload: msgspec.Struct,
    on_outcome: OutcomeReceiver,
) -> None:
    """Gives one command; `on_outcome` is called exactly once, on the supervisor's thread."""

    def take(message: Acknowledge | Event | Completion) -> None:
        if isinstance(message, Completion):
            on_outcome(outcome_of(message))

    supervisor.submit(device, Command(action_id, name, timeout_s, msgspec.msgpack.encode(payload)), take)


def part(status: DeviceStatus, name: str) -> str | None:
    """The word of a part, ``None`` when the device has no such part."""
    return next((found.word for found in status.parts if found.name == name), None)


def named_parts(status: DeviceStatus, group: str) -> dict[str, str]:
    """Name -> word of every part of a group: ``doors.front`` as ``front``."""
    prefix = f"{group}."
    return {found.name.removeprefix(prefix): found.word for found in status.parts if found.name.startswith(prefix)}
