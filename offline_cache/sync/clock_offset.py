"""The platform's time as this terminal knows it, learnt from the ``Date`` of authenticated answers (RFC 9110, 5.6.7). Pure.

Kept against monotonic seconds, so that a wall clock that jumps changes nothing. Each answer gives bounds: its date is cut to whole
seconds, and it was made between the request and its end. Bounds are narrowed by every answer, and widened by what two clocks may
drift apart in between; an answer that contradicts them begins anew, since the platform's clock was set.
"""

from dataclasses import dataclass

RESOLUTION_S = 1.0
LONGEST_EXCHANGE_S = 10.0
"""An answer that took longer says too little."""
DRIFT = 2e-4
EARLIEST_S = 1_767_225_600.0
"""2026-01-01: a platform that says less has no clock."""


@dataclass(frozen=True)
class TimeSample:
    """What an answer told: Unix seconds of its date, monotonic seconds before the request and after the answer."""

    platform_s: float
    mono_before_s: float
    mono_after_s: float


class PlatformTime:
    """One thread."""

    def __init__(self) -> None:
        self._low = 0.0
        self._high = 0.0
        self._at: float | None = None

    def learn(self, sample: TimeSample) -> bool:
        """Takes an answer's date in; returns whether it was of use."""
        if sample.platform_s < EARLIEST_S or not 0 <= sample.mono_after_s - sample.mono_before_s <= LONGEST_EXCHANGE_S:
            return False
        low = sample.platform_s - sample.mono_after_s
        high = sample.platform_s + RESOLUTION_S - sample.mono_before_s
        if self._at is not None:
            slack = DRIFT * max(0.0, sample.mono_after_s - self._at)
            known_low, known_high = self._low - slack, self._high + slack
            if known_low <= high and low <= known_high:
                low, high = max(low, known_low), min(high, known_high)
        self._low, self._high, self._at = low, high, sample.mono_after_s
        return True

    def now(self, mono_s: float) -> float | None:
        """Unix seconds of the platform at this monotonic second; None before any answer."""
        return None if self._at is None else mono_s + (self._low + self._high) / 2
