"""Messages between the terminal and a device host, in XFS4IoT's message kinds.

`payload` is the msgpack of a command's own typed Struct (one module per device class states them), so that the frame
codec never has to know a device, and bytes such as a photo travel as bytes.
"""

import msgspec

from devices.status import CompletionCode, DeviceStatus


class Command(msgspec.Struct, frozen=True, tag="command"):
    """Ask the host for an action. `timeout_s` 0 = none, but it can be cancelled. `action_id` is never used twice."""

    action_id: str
    name: str
    timeout_s: float
    payload: bytes = b""


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Ask the host to give up an action; the completion then says `canceled` unless it was faster."""

    action_id: str


class Acknowledge(msgspec.Struct, frozen=True, tag="acknowledge"):
    """The host has taken the command."""

    action_id: str


class Event(msgspec.Struct, frozen=True, tag="event"):
    """Something happened within an action, e.g. `mediaInserted` while a read is under way."""

    action_id: str
    name: str
    payload: bytes = b""


class Completion(msgspec.Struct, frozen=True, tag="completion"):
    """The end of an action. `reason` is a message key when `code` is not success."""

    action_id: str
    code: CompletionCode
    reason: str | None = None
    payload: bytes = b""


class Unsolicited(msgspec.Struct, frozen=True, tag="unsolicited"):
    """The device's status changed; sent once on each change and once at the start."""

    status: DeviceStatus


Message = Command | Cancel | Acknowledge | Event | Completion | Unsolicited
