"""What lies in the outbox, in memory: lanes, bytes, ages. It follows the file: every change comes after its commit, in the
order of the commits (`GroupCommit.write`, `then`)."""

import heapq
import threading
from collections.abc import Iterable, Mapping
from uuid import UUID

from offline_cache.outbox.item import Waiting
from offline_cache.outbox.lanes import Lanes
from offline_cache.store.space import Usage


class _Lying:
    __slots__ = ("born", "bytes")

    def __init__(self, size: int, born: float) -> None:
        self.bytes = size
        self.born = born


class Stock:
    """Any thread; nothing here blocks. All times are monotonic seconds.

    Args:
        independent_kinds: see `Lanes`.
    """

    def __init__(self, independent_kinds: frozenset[str]) -> None:
        self._lock = threading.Lock()
        self._lanes = Lanes(independent_kinds)
        self._total = 0
        self._lying: dict[UUID, _Lying] = {}
        self._oldest: list[tuple[float, UUID]] = []  # a heap; who is queued no more is dropped when it comes up

    def take_in(self, item: Waiting, size: int, born: float, *, is_dead: bool = False) -> None:
        """It lies in the file; one that is known is left as it is."""
        with self._lock:
            idem = item.idem
            fresh = _Lying(size, born)
            if self._lying.setdefault(idem, fresh) is not fresh:
                return
            self._total += size
            if is_dead:
                self._lanes.block(item.order_key, idem)
            else:
                self._lanes.add(item)
                heapq.heappush(self._oldest, (born, idem))

    def bury(self, idems: Iterable[UUID]) -> None:
        """They are dead letters now."""
        with self._lock:
            for idem in idems:
                self._lanes.bury(idem)

    def revive(self, item: Waiting) -> bool:
        """A dead letter is queued again; returns False for one that was queued already."""
        with self._lock:
            if item.idem in self._lanes:
                return False
            self._lanes.revive(item)
            if (lying := self._lying.get(item.idem)) is not None:
                heapq.heappush(self._oldest, (lying.born, item.idem))
            return True

    def gone(self, idems: Iterable[UUID]) -> None:
        """They have ended; unknown ones are ignored."""
        with self._lock:
            for idem in idems:
                self._lanes.end(idem)
                if (lying := self._lying.pop(idem, None)) is not None:
                    self._total -= lying.bytes

    def usage(self, now: float) -> Usage:
        """Counts of all that has not ended; the age of the oldest that is queued."""
        with self._lock:
            oldest = now
            while self._oldest:
                oldest, idem = self._oldest[0]
                if idem in self._lanes and self._lying[idem].born == oldest:
                    break
                heapq.heappop(self._oldest)
                oldest = now
            return Usage(len(self._lying), self._total, now - oldest if now > oldest else 0.0)

    def redate(self, born: Mapping[UUID, float]) -> None:
        """More is known of when these were put in."""
        with self._lock:
            for idem, moment in born.items():
                lying = self._lying.get(idem)
                if lying is not None and moment != lying.born:
                    lying.born = moment
                    if idem in self._lanes:
                        heapq.heappush(self._oldest, (moment, idem))

    # -- the lanes, see there --------------------------------------------------------------------------------------

    def claim(self, limit: int, now: float) -> list[Waiting]:
        with self._lock:
            return self._lanes.claim(limit, now)

    def give_back(self, idems: Iterable[UUID], not_before: float, *, counts: bool) -> None:
        with self._lock:
            for idem in idems:
                self._lanes.give_back(idem, not_before, counts=counts)

    def attempts(self, idem: UUID) -> int:
        with self._lock:
            return self._lanes.attempts(idem)

    def is_in_flight(self, idem: UUID) -> bool:
        with self._lock:
            return self._lanes.is_in_flight(idem)

    def hold_all(self, until: float) -> None:
        with self._lock:
            self._lanes.hold_all(until)

    def hold_kinds(self, kinds: Iterable[str]) -> None:
        with self._lock:
            self._lanes.hold_kinds(kinds)

    def connected(self) -> None:
        with self._lock:
            self._lanes.connected()

    def next_at(self, now: float) -> float | None:
        with self._lock:
            return self._lanes.next_at(now)
