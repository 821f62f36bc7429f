"""Scenes with a described device: its emulator, a host process, a supervisor, and what they told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from devices.described.reading import profile_path
from devices.emulators.described import DescribedEmulator
from devices.messages import Command, Completion
from devices.outcomes import Outcome
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from tests.devices.scenes import PATIENCE_S, Heard, completion_of


@dataclass
class DescribedScene:
    """`hear` collects the outcomes of typed commands; `give` sends a command by name."""

    device: DeviceClass
    emulator: DescribedEmulator
    supervisor: Supervisor
    statuses: Heard
    _next: int = 0

    def action_id(self) -> str:
        self._next += 1
        return f"action-{self._next}"

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def set(self, key: str, word: str) -> None:
        self.do("set", key=key, word=word)

    def status(self, wanted: Callable[[DeviceStatus], bool] | DeviceState) -> DeviceStatus:
        """Waits for a status, now or since `forget`."""
        check = (lambda s: s.state is wanted) if isinstance(wanted, DeviceState) else wanted
        found: DeviceStatus = self.statuses.wait_for(check)
        return found

    def forget(self) -> None:
        self.statuses.items.clear()

    def outcome(self, give: Callable[[str, Callable[[Outcome], None]], None]) -> Any:
        """The outcome of a typed command."""
        heard = Heard()
        give(self.action_id(), heard.add)
        return heard.wait_for(lambda _: True)

    def give(self, name: str, timeout_s: float = PATIENCE_S, **arguments: object) -> Completion:
        """One command by its name."""
        heard = Heard()
        payload = msgspec.msgpack.encode(arguments)
        self.supervisor.submit(self.device, Command(self.action_id(), name, timeout_s, payload), heard.add)
        return completion_of(heard)


def has(name: str, word: str) -> Callable[[DeviceStatus], bool]:
    """Whether a status has a part with this word."""
    return lambda status: any(part.name == name and part.word == word for part in status.parts)


@contextmanager
def emulated(path: Path, **options: Any) -> Iterator[DescribedEmulator]:
    """The emulator alone."""
    emulator = DescribedEmulator(path, is_paced=False, **{"act_s": 0.02, **options})
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()


@contextmanager
def described_scene(device: DeviceClass, profile: str, path: Path | None = None) -> Iterator[DescribedScene]:
    """All of it, with the device's first status told."""
    where = path or profile_path(profile)
    with emulated(where) as emulator:
        statuses = Heard()
        config = {"driver": "described", "port": emulator.port, "file": str(where)}
        supervisor = Supervisor({device: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
            yield DescribedScene(device, emulator, supervisor, statuses)
        finally:
            supervisor.stop()
