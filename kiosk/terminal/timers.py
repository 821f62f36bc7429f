"""Timers of the session: named deadlines on the injected clock; nobody sleeps here.

The owner of the terminal asks `next_deadline` to know how long it may wait and `take_due` for what has fired.
"""

from dataclasses import dataclass

from kiosk.base.clock import Clock


@dataclass(frozen=True)
class Due:
    """A timer that fired."""

    name: str
    visit_id: str
    effect_id: int


class Timers:
    """One deadline per name; setting a name again replaces it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._deadlines: dict[str, tuple[float, Due]] = {}

    def set(self, name: str, seconds: float, visit_id: str, effect_id: int) -> None:
        """Fires `name` in `seconds` (>= 0)."""
        self._deadlines[name] = (self._clock.monotonic() + seconds, Due(name, visit_id, effect_id))

    def clear(self, name: str) -> None:
        """Forgets `name`; nothing happens when it is not set."""
        self._deadlines.pop(name, None)

    def seconds_left(self, name: str) -> float | None:
        """Seconds until `name` fires (never negative), None when it is not set."""
        entry = self._deadlines.get(name)
        return None if entry is None else max(0.0, entry[0] - self._clock.monotonic())

    def next_in(self) -> float | None:
        """Seconds until the earliest timer fires, None when none is set."""
        if not self._deadlines:
            return None
        return max(0.0, min(deadline for deadline, _ in self._deadlines.values()) - self._clock.monotonic())

    def take_due(self) -> list[Due]:
        """The timers whose time has come, earliest first; each is given once."""
        now = self._clock.monotonic()
        due = sorted((deadline, name) for name, (deadline, _) in self._deadlines.items() if deadline <= now)
        return [self._deadlines.pop(name)[1] for _, name in due]
