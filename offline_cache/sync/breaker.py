"""The circuit breaker: after failures of the line itself nothing is tried for a while, then one probe. Pure but for its chance.

The pause is drawn anew each time (full jitter between half and the whole bound), so that the terminals of a hall, which all lost the
platform in the same second, do not return in the same second.
"""

import random
from enum import Enum

FAILURES = 3
FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 300.0


class Circuit(str, Enum):
    """Closed: all is sent. Open: nothing is. Half open: one probe is under way."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "halfOpen"


class Breaker:
    """One thread."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._failures = 0
        self._pauses = 0
        self._until = 0.0
        self.circuit = Circuit.CLOSED

    def may_send(self, now: float) -> bool:
        """Whether something may be sent; the first after a pause is the probe."""
        if self.circuit is Circuit.OPEN and now >= self._until:
            self.circuit = Circuit.HALF_OPEN
            return True
        return self.circuit is Circuit.CLOSED

    def next_at(self, now: float) -> float:
        """When `may_send` may say yes; `now` when it does already."""
        return self._until if self.circuit is Circuit.OPEN else now

    def succeeded(self) -> bool:
        """The platform answered, whatever it said; returns whether it was away before."""
        was_away = self.circuit is not Circuit.CLOSED
        self.circuit = Circuit.CLOSED
        self._failures = self._pauses = 0
        return was_away

    def failed(self, now: float) -> None:
        """The line failed."""
        self._failures += 1
        if self.circuit is Circuit.HALF_OPEN or self._failures >= FAILURES:
            bound = min(FIRST_PAUSE_S * 2 ** min(self._pauses, 16), LONGEST_PAUSE_S)
            self._pauses += 1
            self._until = now + self._chance.uniform(bound / 2, bound)
            self.circuit = Circuit.OPEN
