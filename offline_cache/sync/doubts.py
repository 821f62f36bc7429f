"""What may have arrived: after a time-out the platform is asked by key before a body goes again. Pure but for its chance."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from offline_cache.outbox.retry import wait_s
from offline_cache.sync.answers import Act, Answer, decide
from offline_cache.sync.parcels import Parcel

UNKNOWN = "unknown"


@dataclass
class Doubt:
    """An item in doubt.

    Attributes:
        due: monotonic second at which the platform is asked.
        was_alone: whether no other item was in its request, so that it may be the one that the platform cannot answer.
    """

    parcel: Parcel
    due: float
    was_alone: bool
    asks: int = 0


class Doubts:
    """One thread."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._open: list[Doubt] = []

    def __len__(self) -> int:
        return len(self._open)

    def add(self, parcels: Iterable[Parcel], due: float, *, was_alone: bool) -> None:
        """Items whose request ended without an answer, or with one that is not the last.

        Their bodies are dropped: the answer may be hours away.
        """
        self._open += [Doubt(_shut(parcel), due, was_alone) for parcel in parcels]

    def due(self, now: float) -> Doubt | None:
        """One to ask about now."""
        return next((doubt for doubt in self._open if doubt.due <= now), None)

    def moments(self) -> list[float]:
        """When to ask about each."""
        return [doubt.due for doubt in self._open]

    def hurry(self, now: float) -> None:
        """The platform is back: all are asked about at once."""
        for doubt in self._open:
            doubt.due = min(doubt.due, now)

    def is_settled(self, doubt: Doubt, answer: Answer, now: float) -> bool:
        """Takes the answer in: whether it ends the doubt; otherwise it is asked again, after a growing pause."""
        act = decide(answer).act
        is_pending = act is Act.ASK_STATUS or (act is Act.RETRY and answer.code != UNKNOWN)
        if is_pending or answer.status == 0 or not answer.code:
            doubt.asks += 1
            doubt.due = now + wait_s(doubt.asks, self._chance, answer.retry_after_s)
            return False
        if act is Act.HOLD_ALL:
            return False
        self._open.remove(doubt)
        return True

    def clear(self) -> list[Parcel]:
        """Forgets all and returns their items."""
        left = [doubt.parcel for doubt in self._open]
        self._open.clear()
        return left


def _shut(parcel: Parcel) -> Parcel:
    return replace(parcel, claim=replace(parcel.claim, body=b""))
