"""Trusted time: the platform's, kept against this boot's monotonic clock, so that a wall clock that jumps changes nothing."""

from pathlib import Path

from kiosk.base.clock import Clock
from offline_cache.outbox.statements import UNDATED_S, Moment


def boot_id() -> str:
    """Which boot of the machine this is; within one, monotonic seconds may be compared."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


class TrustedTime:
    """Any thread. `has_undated`: something was kept without a date and wants one once there is time to trust.

    Args:
        boot_id: of this boot of the machine.
    """

    def __init__(self, clock: Clock, boot_id: str) -> None:
        self.boot_id = boot_id
        self.has_undated = True
        self._clock = clock
        self._less_mono_s: float | None = None

    def learn(self, offset_s: float) -> bool:
        """Trusted time less the wall clock's, as it was this moment; returns whether it is the first that is known."""
        is_first = self._less_mono_s is None
        self._less_mono_s = self._clock.now().timestamp() + offset_s - self._clock.monotonic()
        return is_first

    def now(self) -> float | None:
        """Unix time; None while unknown."""
        return None if self._less_mono_s is None else self._clock.monotonic() + self._less_mono_s

    def mono_of(self, trusted_s: float) -> float:
        """The monotonic second of a trusted moment, which may lie before this boot."""
        assert self._less_mono_s is not None
        return trusted_s - self._less_mono_s

    def moment(self) -> Moment:
        """This one, as it is kept with an item."""
        mono, wall, less = self._clock.monotonic(), self._clock.now().timestamp(), self._less_mono_s
        return Moment(self.boot_id, mono, wall, None if less is None else mono + less - wall)

    def end(self) -> float:
        """The date of an end; without a date it wants one later."""
        trusted = self.now()
        if trusted is None:
            self.has_undated = True
            return UNDATED_S
        return trusted
