"""What a driver is: the one interface that every device host runs.

A driver lives in a host process, on that process's main thread, and may block; the host's reader thread only feeds
it cancellations. It never raises for a fault of the device: faults are completions and statuses.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from devices.messages import Capabilities, Command, Completion, Event
from devices.status import DeviceStatus


class Execution(Protocol):
    """What a running command may do while it works."""

    @property
    def action_id(self) -> str:
        """The action's id."""

    def is_cancelled(self) -> bool:
        """Whether the command was cancelled or its deadline has passed; ask often (every 50 ms of waiting at most)."""

    def emit(self, name: str, payload: bytes = b"") -> None:
        """Sends an `Event` of this action."""


@runtime_checkable
class PictureExecution(Execution, Protocol):
    """What a host offers beyond: open files beside an event, for what is too large for a message."""

    def emit_with(self, name: str, payload: bytes, descriptors: Sequence[int]) -> None:
        """Sends an `Event` and copies of the descriptors; the caller still owns and closes its own."""

    def is_backed_up(self) -> bool:
        """Whether the terminal has not yet read what was sent: another picture would only lie in the queue and grow old."""


class Driver(Protocol):
    """One device behind one wire."""

    def open(self) -> DeviceStatus:
        """Connects; returns the first real status. Called again after `close` to reconnect. Never raises."""

    def status(self) -> DeviceStatus:
        """Exchanges status with the device now, within a second. Never raises."""

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out one command; returns within the command's time-out plus one second. Never raises."""

    def close(self) -> None:
        """Releases the wire; twice is allowed."""


@runtime_checkable
class CapableDriver(Driver, Protocol):
    """What each driver of ours is beyond that, and each third party's should be."""

    def capabilities(self) -> Capabilities:
        """What it can be asked with these settings; the same before and after `open`. Asks no device, never raises."""


DriverFactory = Callable[[dict[str, object]], Driver]
"""Makes a driver from its part of the configuration; raises `BudayangError` for a wrong value."""

__all__ = ["Capabilities", "CapableDriver", "Driver", "DriverFactory", "Event", "Execution", "PictureExecution"]
