"""Messages between the terminal and a device host, in XFS4IoT's message kinds.

`payload` is the msgpack of a command's own typed Struct (one module per device class states them), so that the frame
codec never has to know a device, and bytes such as a photo travel as bytes. `Configure`, `Heartbeat` and `Diagnostic`
are ours: XFS4IoT leaves them to the service's host.
"""

from typing import Any

import msgspec

from devices.status import CompletionCode, DeviceClass, DeviceStatus


class Command(msgspec.Struct, frozen=True, tag="command"):
    """Ask the host for an action. `timeout_s` 0 = none, but it can be cancelled. `action_id` is never used twice."""

    action_id: str
    name: str
    timeout_s: float
    payload: bytes = b""

    def __repr__(self) -> str:
        return f"Command({self.action_id!r}, {self.name!r}, {self.timeout_s}, {len(self.payload)} bytes)"


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Ask the host to give up an action; the completion then says `canceled` unless it was faster."""

    action_id: str


class Acknowledge(msgspec.Struct, frozen=True, tag="acknowledge"):
    """The host has taken the command."""

    action_id: str


class Event(msgspec.Struct, frozen=True, tag="event"):
    """Something happened within an action, e.g. `mediaInserted` while a read is under way.

    `descriptors`: how many open files travel beside it (`devices.descriptors`).
    """

    action_id: str
    name: str
    payload: bytes = b""
    descriptors: int = 0

    def __repr__(self) -> str:
        return f"Event({self.action_id!r}, {self.name!r}, {len(self.payload)} bytes)"


class Completion(msgspec.Struct, frozen=True, tag="completion"):
    """The end of an action. `reason` is a message key when `code` is not success."""

    action_id: str
    code: CompletionCode
    reason: str | None = None
    payload: bytes = b""

    def __repr__(self) -> str:
        return f"Completion({self.action_id!r}, {self.code.value!r}, {self.reason!r}, {len(self.payload)} bytes)"


class Unsolicited(msgspec.Struct, frozen=True, tag="unsolicited"):
    """The device's status changed; sent once on each change and once at the start."""

    status: DeviceStatus


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """The first message to a host: which driver to run and its settings; never on a command line (may hold secrets)."""

    device: DeviceClass
    driver: str
    settings: dict[str, Any]

    def __repr__(self) -> str:
        return f"Configure(device={self.device.value!r}, driver={self.driver!r}, ...)"


class Heartbeat(msgspec.Struct, frozen=True, tag="heartbeat"):
    """Asked by the supervisor, sent back by the host with the same `number`.

    `occupied_s`: for how long the driver has been inside its present `open` or `status`; 0 when it is not.
    """

    number: int
    occupied_s: float = 0.0


class Diagnostic(msgspec.Struct, frozen=True, tag="diagnostic"):
    """A line for the log, of the catalogue of `devices.log_events`; nothing personal."""

    event: str
    fields: dict[str, str | int | float | bool]


class Capabilities(msgspec.Struct, frozen=True, tag="capabilities"):
    """XFS4IoT Common.Capabilities, of which a terminal needs the `interfaces`: what this device can be asked and may tell.

    It holds for one driver with its settings and does not change while the host lives; the host sends it once, before
    the first status. A command that is not among `commands` completes as `unsupportedCommand`, one that is never does.
    """

    commands: tuple[str, ...]
    events: tuple[str, ...] = ()


Message = (
    Command
    | Cancel
    | Acknowledge
    | Event
    | Completion
    | Unsolicited
    | Configure
    | Heartbeat
    | Diagnostic
    | Capabilities
)
