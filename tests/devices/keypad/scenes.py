"""Scenes with an emulated keypad, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.emulators.keypad import KeypadEmulator
from devices.keypad.keypad import Entered, Keypad
from devices.keypad.types import DataEntry, Key, KeyPressed
from devices.status import DeviceClass
from tests.devices.emulated import Emulated, standing
from tests.devices.scenes import PATIENCE_S, Attempt

KEYPAD = DeviceClass.KEYPAD
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "hello_s": 0.3, "stuck_s": 0.4}


@dataclass
class KeypadScene(Emulated):
    """`enter` opens an entry and waits until the keypad's light is on."""

    keypad: Keypad

    def press(self, key: Key) -> None:
        self.do("press", key=key.value)

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


def shown(attempt: Attempt, length: int) -> KeyPressed:
    """Waits until so many characters stand there."""
    found: KeyPressed = attempt.events.wait_for(lambda event: isinstance(event, KeyPressed) and event.length == length)
    return found


@contextmanager
def keypad_scene(**settings: object) -> Iterator[KeypadScene]:
    """All of it, with the keypad's first status told."""
    emulator = KeypadEmulator(is_paced=False)
    config = {**emulator.settings, **QUICK, **settings}
    with standing(emulator, KEYPAD, config) as (supervisor, statuses):
        yield KeypadScene(emulator, supervisor, statuses, Keypad(supervisor))
