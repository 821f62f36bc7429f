"""Scenes for tests of devices: an emulated reader, a host process, a supervisor, and what they told.

`reader_scene` gives all of it at once; `line_of` only the emulator; `Attempt` collects the messages of one action.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.id_card_reader.reader import IdCardReader, InvalidMedia, MediaInserted, ReaderEvent
from devices.id_card_reader.types import CardRead
from devices.messages import Completion
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times

READER = DeviceClass.ID_CARD_READER

QUICK: dict[str, float] = {
    "reply": 0.25,
    "read_reply": 0.6,
    "gap": 0.1,
    "find_interval": 0.02,
    "removal_interval": 0.02,
    "retry": 0.05,
}
"""The driver's waits for an emulator without pacing."""

PATIENCE_S = 20.0
"""Bounds every wait of a test; nothing comes near it unless something is broken."""


class Heard:
    """What came so far, in order, with a wait for more. Filled by one thread, awaited by another."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._changed = threading.Condition()

    def add(self, item: Any) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[Any], bool], timeout_s: float = PATIENCE_S) -> Any:
        """The first item that is wanted, now or within the time; fails otherwise."""
        with self._changed:
            is_there = self._changed.wait_for(lambda: any(wanted(item) for item in self.items), timeout_s)
            assert is_there, f"waited in vain; so far: {self.items}"
            return next(item for item in self.items if wanted(item))


def completion_of(heard: Heard) -> Completion:
    """Waits for the end of an action."""
    found: Completion = heard.wait_for(lambda message: isinstance(message, Completion))
    return found


class Attempt:
    """One action of the reader: its events and its outcome."""

    def __init__(self) -> None:
        self.events = Heard()
        self.outcomes = Heard()

    def outcome(self, timeout_s: float = PATIENCE_S) -> Any:
        return self.outcomes.wait_for(lambda _: True, timeout_s)

    def inserted(self) -> None:
        """Waits until a card was found."""
        self.events.wait_for(lambda event: isinstance(event, MediaInserted))

    def complaint(self, key: str) -> InvalidMedia:
        """Waits until a try failed with this message key."""
        found: InvalidMedia = self.events.wait_for(
            lambda event: isinstance(event, InvalidMedia) and event.problem.key == key
        )
        return found


@dataclass
class ReaderScene:
    """An emulated reader, its host and the supervisor."""

    emulator: IdCardReaderEmulator
    supervisor: Supervisor
    statuses: Heard
    reader: IdCardReader
    _next: int = field(default=0)

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def action_id(self) -> str:
        self._next += 1
        return f"action-{self._next}"

    def read(self, timeout_s: float = 0.0, action_id: str | None = None, *, accepts_lying: bool = True) -> Attempt:
        attempt = Attempt()
        events: Callable[[ReaderEvent], None] = attempt.events.add
        self.reader.read(
            action_id or self.action_id(), timeout_s, events, attempt.outcomes.add, accepts_lying=accepts_lying
        )
        return attempt

    @property
    def device(self) -> DeviceClass:
        return READER

    def requests(self) -> int:
        """How many requests the module has seen."""
        return self.emulator.requests

    def wait_requests(self, count: int) -> None:
        """Waits until the module has seen so many requests: the driver is at work."""
        assert self.emulator.wait_for_requests(count, PATIENCE_S), "the driver asks nothing"

    def status(self, state: DeviceState, timeout_s: float = PATIENCE_S) -> DeviceStatus:
        """Waits until the device has told this state (now or since `statuses` was cleared)."""
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state, timeout_s)
        return found

    def forget_statuses(self) -> None:
        self.statuses.items.clear()

    def reads_a_card(self, card: str = "resident") -> CardRead:
        """Lays a card and reads it; fails when that does not work."""
        attempt = self.read(PATIENCE_S)
        self.do("lay", card=card)
        outcome = attempt.outcome()
        assert isinstance(outcome, CardRead), outcome
        self.do("pull")
        return outcome


@contextmanager
def line_of(*, is_paced: bool = False, latches: bool = False) -> Iterator[IdCardReaderEmulator]:
    """An emulated reader alone."""
    emulator = IdCardReaderEmulator(is_paced, latches)
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()


@contextmanager
def reader_scene(
    *,
    is_paced: bool = False,
    latches: bool = False,
    times: Times | None = None,
    driver_times: dict[str, float] | None = None,
    **settings: object,
) -> Iterator[ReaderScene]:
    """All of it, with the reader online."""
    with line_of(is_paced=is_paced, latches=latches) as emulator:
        statuses = Heard()
        config = {"driver": "serial", "port": emulator.port, "times": driver_times or QUICK, **settings}
        supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status), times=times)
        supervisor.start()
        try:
            scene = ReaderScene(emulator, supervisor, statuses, IdCardReader(supervisor))
            statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
            yield scene
        finally:
            supervisor.stop()
