"""Scenes with an emulated fingerprint module, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.emulators.fingerprint_reader import FingerprintReaderEmulator
from devices.fingerprint_reader.reader import FingerprintReader, ImageRefused, RemoveSubject
from devices.fingerprint_reader.types import FingerRead, PresentSubject
from devices.status import DeviceClass
from tests.devices.emulated import Emulated, standing
from tests.devices.scenes import PATIENCE_S, Attempt

FINGERPRINT = DeviceClass.FINGERPRINT_READER
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "look_s": 0.01}


@dataclass
class FingerScene(Emulated):
    """A hand does as it is told: `lay`, `lift`, `press_twice`."""

    reader: FingerprintReader

    def is_blank(self) -> bool:
        return self.emulator.state()["buffers_blank"] is True

    def read(self, timeout_s: float = 0.0) -> Attempt:
        attempt = Attempt()
        self.reader.read(self.action_id(), timeout_s, attempt.events.add, attempt.outcomes.add)
        return attempt

    def match(self, template: bytes, timeout_s: float = PATIENCE_S) -> Attempt:
        attempt = Attempt()
        self.reader.match(self.action_id(), timeout_s, template, attempt.events.add, attempt.outcomes.add)
        return attempt

    def press(self, attempt: Attempt, press: int, finger: str = "right_index", quality: str = "good") -> None:
        """Lays a finger when it is asked for."""
        attempt.events.wait_for(lambda event: isinstance(event, PresentSubject) and event.press == press)
        self.do("lay", finger=finger, quality=quality)

    def press_twice(self, attempt: Attempt, first: str = "right_index", second: str = "right_index") -> None:
        """Two presses as asked for."""
        attempt.events.items.clear()
        self.press_on(attempt, first, second)

    def press_on(self, attempt: Attempt, first: str = "right_index", second: str = "right_index") -> None:
        """Lays, lifts when told, lays again, lifts when told or done."""
        self.do("lay", finger=first)
        attempt.events.wait_for(lambda event: isinstance(event, RemoveSubject))
        self.do("lift")
        self.press(attempt, 2, second)

    def refused(self, attempt: Attempt, key: str) -> None:
        """Waits until a press was refused with this message key."""
        attempt.events.wait_for(lambda event: isinstance(event, ImageRefused) and event.problem.key == key)

    def reads(self, finger: str = "right_index") -> bytes:
        """One whole read; fails when that does not work."""
        attempt = self.read(PATIENCE_S)
        self.press_on(attempt, finger, finger)
        outcome = attempt.outcome()
        self.do("lift")
        assert isinstance(outcome, FingerRead), outcome
        return outcome.template


@contextmanager
def finger_scene(*, fault: str | None = None, is_paced: bool = False, **settings: object) -> Iterator[FingerScene]:
    """All of it, with the reader's first status told. `fault` is there from the start."""
    emulator = FingerprintReaderEmulator(is_paced)
    config = {**emulator.settings, **QUICK, **settings}
    with standing(emulator, FINGERPRINT, config, fault) as (supervisor, statuses):
        yield FingerScene(emulator, supervisor, statuses, FingerprintReader(supervisor))
