"""An answer from another thread, for a hand that waits for it."""

import threading
from typing import Generic, TypeVar

Value = TypeVar("Value")

_LOOK_S = 0.1
"""How soon the end of the visit is seen by a wait."""


class Reply(Generic[Value]):
    """One answer from another thread, waited for within a bound.

    Attributes:
        take: to be called with it.
    """

    def __init__(self, ended: threading.Event) -> None:
        self._ended = ended
        self._told: list[Value] = []
        self._done = threading.Event()

    def take(self, value: Value) -> None:
        self._told.append(value)
        self._done.set()

    def within(self, seconds: float) -> Value | None:
        """None at the deadline, or soon after the visit has ended."""
        left = seconds
        while not self._done.wait(min(left, _LOOK_S)):
            left -= _LOOK_S
            if left <= 0 or self._ended.is_set():
                return None
        return self._told[0]
