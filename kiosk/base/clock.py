"""The clock of the program: injected, so that tests and journeys move it by hand.

Monotonic seconds order and time everything; wall time is for people and paper only.
"""

import time
from datetime import datetime, timedelta, timezone
from typing import Protocol

HALL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The one civil time of the halls; China has had no daylight saving since 1991."""


class Clock(Protocol):
    """What the program may ask of time."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never goes back."""

    def now(self) -> datetime:
        """Aware wall time in `HALL_TIME`."""


class SystemClock:
    """The clock of the machine."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(HALL_TIME)


class ManualClock:
    """A clock that moves only when told; for tests, journeys and soaks."""

    def __init__(self, start: datetime = datetime(2026, 11, 21, 23, 4, tzinfo=HALL_TIME)) -> None:
        self._start = start
        self._elapsed = 0.0

    def monotonic(self) -> float:
        return self._elapsed

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def advance(self, seconds: float) -> None:
        """Moves the clock on by `seconds` (>= 0)."""
        if seconds < 0:
            raise ValueError("a clock does not go back")
        self._elapsed += seconds
