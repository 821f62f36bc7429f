"""What only the demo has: an outbox that shows the codes instead of sending them, for the control panel."""

import threading
from collections import deque
from dataclasses import dataclass, field

from kiosk.base.clock import Clock
from provisioning.platform.identity import mask_phone


@dataclass(frozen=True)
class DemoCode:
    """A code that would have gone to a phone. `number` counts from 1 since the start of the platform."""

    number: int
    sent_at: str
    phone_masked: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class DemoCodes:
    """GET /demo/codes?since=N: codes with a greater number, oldest first."""

    codes: tuple[DemoCode, ...]


class DemoOutbox:
    """Keeps the last 50 codes in memory. Thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._count = 0
        self._codes: deque[DemoCode] = deque(maxlen=50)

    def send(self, phone: str, code: str) -> None:
        """A `CodeSender`."""
        with self._lock:
            self._count += 1
            sent_at = self._clock.now().isoformat(timespec="seconds")
            self._codes.append(DemoCode(self._count, sent_at, mask_phone(phone), code))

    def since(self, number: int) -> DemoCodes:
        """The kept codes with a number above `number`."""
        with self._lock:
            return DemoCodes(tuple(code for code in self._codes if code.number > number))
