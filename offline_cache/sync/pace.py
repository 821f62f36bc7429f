"""How fast the queue may drain beside a busy screen: so many items a second, no more than a second's worth at once. Pure.

What is used up comes back in halves of a second's worth: one call for ten items costs both sides less than ten calls.
"""


class Pace:
    """One thread. `rate_s`: items a second; None is unbounded."""

    def __init__(self, rate_s: float | None = None) -> None:
        self.rate_s = rate_s
        self._tokens = 0.0
        self._at: float | None = None
        self._is_used_up = False

    def allowance(self, now: float, most: int) -> int:
        """How many items may go now, at most `most`."""
        if self.rate_s is None:
            return most
        bound = max(1.0, self.rate_s)
        elapsed = now - self._at if self._at is not None else bound / self.rate_s
        self._tokens = min(bound, self._tokens + elapsed * self.rate_s)
        self._at = now
        if self._is_used_up and self._tokens < self._refilled:
            return 0
        self._is_used_up = False
        return min(most, int(self._tokens))

    def spend(self, count: int) -> None:
        """So many were sent."""
        if self.rate_s is not None:
            self._tokens -= count
            self._is_used_up = self._tokens < 1.0

    def next_in_s(self) -> float:
        """Seconds until one more may go."""
        if self.rate_s is None:
            return 0.0
        return max(0.0, (self._refilled if self._is_used_up else 1.0) - self._tokens) / self.rate_s

    @property
    def _refilled(self) -> float:
        """From so many on it goes on after a pause."""
        return max(1.0, (self.rate_s or 0.0) / 2)
