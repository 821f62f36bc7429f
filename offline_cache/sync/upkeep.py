"""The platform's time for the outbox, and what is done now and then: what has expired is buried, what is not needed goes."""

import contextlib

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.outbox.outbox import Outbox
from offline_cache.sync.clock_offset import PlatformTime
from offline_cache.sync.transport import Transport


class Upkeep:
    """One thread, but for `platform_less_wall_s`.

    Attributes:
        next_at: monotonic second of the next look.
    """

    def __init__(self, outbox: Outbox, transport: Transport, clock: Clock, every_s: float) -> None:
        self._outbox = outbox
        self._transport = transport
        self._clock = clock
        self._every_s = every_s
        self._time = PlatformTime()
        self._ended = 0
        self.next_at = clock.monotonic() + every_s

    def platform_less_wall_s(self) -> float | None:
        """The platform's time less this machine's wall time; None while unknown. Any thread."""
        now = self._time.now(self._clock.monotonic())
        return None if now is None else now - self._clock.now().timestamp()

    def learn_time(self) -> None:
        """Takes in what the last answer told of the time."""
        sample = self._transport.take_time()
        if sample is not None and self._time.learn(sample):
            with contextlib.suppress(BudayangError):  # it is told again before anything expires
                self._tell_time()

    def look(self, now: float, ended: int) -> int:
        """Does what is due after `ended` items; returns how many have expired. Raises BudayangError."""
        self.next_at = now + self._every_s
        expired = self._outbox.bury_expired() if self._tell_time() else 0
        if ended + expired != self._ended:
            self._outbox.tidy()
            self._ended = ended + expired
        return expired

    def _tell_time(self) -> bool:
        offset = self.platform_less_wall_s()
        if offset is not None:
            self._outbox.learn_time(offset)
        return offset is not None
