"""How the drain takes faults of its own store: expected ones are waited out, longer each time, told once, and never the end of it."""

import random

from kiosk.base.errors import BudayangError
from offline_cache.sync.log_events import log

FIRST_S = 1.0
LONGEST_S = 60.0
AFTER_MISTAKE_S = 30.0


class StoreFaults:
    """One thread; `problem` may be read by any.

    Attributes:
        problem: message key of why the store did not do what the drain asked of it; None when it does.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._count = 0
        self.problem: str | None = None

    def met(self, error: Exception) -> float:
        """A round failed; returns the seconds until the next. A `BudayangError` is of the disk or the vault, others are mistakes."""
        if not isinstance(error, BudayangError):
            log.event("sync_failed", error=error)
            self.problem = "general.something_failed"
            return AFTER_MISTAKE_S
        if self.problem != error.problem.key:
            log.event("sync_store", reason=error.problem.key)
        self.problem = error.problem.key
        bound = min(FIRST_S * 2 ** min(self._count, 16), LONGEST_S)
        self._count += 1
        return self._chance.uniform(bound / 2, bound)

    def over(self) -> None:
        """A round went well."""
        if self.problem is not None:
            log.event("sync_store_works")
            self.problem = None
            self._count = 0
