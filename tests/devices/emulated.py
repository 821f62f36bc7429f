"""What the scenes of small serial devices share: an emulator, its host, the supervisor, and what was told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from devices.emulators.pty_device import PtyDevice
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from tests.devices.scenes import Heard


@dataclass
class Emulated:
    """A device that stands; the scenes add what their device can be asked."""

    emulator: PtyDevice
    supervisor: Supervisor
    statuses: Heard
    last_id: str = field(default="", init=False)
    _next: int = field(default=0, init=False)

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def count(self, counter: str) -> int:
        return self.emulator.count(counter)

    def action_id(self) -> str:
        self._next += 1
        self.last_id = f"action-{self._next}"
        return self.last_id

    def status(self, state: DeviceState) -> DeviceStatus:
        """Waits until the device has told this state."""
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state)
        return found

    def forget_statuses(self) -> None:
        self.statuses.items.clear()


@contextmanager
def standing(
    emulator: PtyDevice, device: DeviceClass, settings: Mapping[str, object], fault: str | None = None
) -> Iterator[tuple[Supervisor, Heard]]:
    """Emulator, host and supervisor, with the device's first status told; `fault` is there from the start."""
    emulator.start()
    try:
        if fault is not None:
            emulator.do(fault, {})
        statuses = Heard()
        supervisor = Supervisor({device: dict(settings)}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
            yield supervisor, statuses
        finally:
            supervisor.stop()
    finally:
        emulator.stop()
