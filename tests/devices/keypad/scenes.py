"""Scenes with an emulated keypad, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from devices.emulators.keypad import KeypadEmulator
from devices.keypad.keypad import Entered, Keypad
from devices.keypad.types import DataEntry, Key, KeyPressed
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from tests.devices.scenes import PATIENCE_S, Attempt, Heard

KEYPAD = DeviceClass.KEYPAD
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "hello_s": 0.3, "stuck_s": 0.4}


@dataclass
class KeypadScene:
    """`enter` opens an entry and waits until the keypad's light is on."""

    emulator: KeypadEmulator
    supervisor: Supervisor
    statuses: Heard
    keypad: Keypad
    last_id: str = ""
    _next: int = field(default=0)

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def press(self, key: Key) -> None:
        self.do("press", key=key.value)

    def count(self, counter: str) -> int:
        counters = self.emulator.state()["counters"]
        assert isinstance(counters, dict)
        return int(counters.get(counter, 0))

    def action_id(self) -> str:
        self._next += 1
        self.last_id = f"action-{self._next}"
        return self.last_id

    def enter(self, wish: DataEntry | None = None, timeout_s: float = 0.0) -> Attempt:
        attempt = Attempt()
        began = self.count("begin")
        self.keypad.enter(self.action_id(), timeout_s, wish or DataEntry(), attempt.events.add, attempt.outcomes.add)
        assert self.emulator.wait_for("begin", began + 1, PATIENCE_S), "no entry was opened"
        return attempt

    def refused(self) -> object:
        """The outcome of an entry that cannot be opened."""
        attempt = Attempt()
        self.keypad.enter(self.action_id(), 5, DataEntry(), attempt.events.add, attempt.outcomes.add)
        return attempt.outcome()

    def enters(self, digits: str = "1352") -> None:
        """One whole entry; fails when that does not work."""
        attempt = self.enter()
        self.do("type", digits=digits)
        shown(attempt, len(digits))
        self.press(Key.ENTER)
        outcome = attempt.outcome()
        assert isinstance(outcome, Entered), outcome
        assert outcome.text == digits

    def status(self, state: DeviceState) -> DeviceStatus:
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state)
        return found

    def forget_statuses(self) -> None:
        self.statuses.items.clear()


def shown(attempt: Attempt, length: int) -> KeyPressed:
    """Waits until so many characters stand there."""
    found: KeyPressed = attempt.events.wait_for(lambda event: isinstance(event, KeyPressed) and event.length == length)
    return found


@contextmanager
def keypad_scene(**settings: object) -> Iterator[KeypadScene]:
    """All of it, with the keypad's first status told."""
    emulator = KeypadEmulator(is_paced=False)
    emulator.start()
    try:
        statuses = Heard()
        config = {**emulator.settings, **QUICK, **settings}
        supervisor = Supervisor({KEYPAD: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
            yield KeypadScene(emulator, supervisor, statuses, Keypad(supervisor))
        finally:
            supervisor.stop()
    finally:
        emulator.stop()
