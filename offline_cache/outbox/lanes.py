"""Who is sent next: first in, first out within a lane (`order_key`), round robin between lanes, one item of a lane in flight.

Pure and in memory: a lease costs no flush of the disk, and a restart frees all of them. Order is the item's number, never a
time. A lane whose head is a dead letter is held until a person or a new release frees it, unless the item's kind does
not depend on the one before it.
"""

import heapq
from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from offline_cache.outbox.item import Waiting

_NOBODY: frozenset[UUID] = frozenset()


class _Lane:
    """Small: there is one for each visit that waits."""

    __slots__ = ("held", "in_flight", "not_before", "queue")

    def __init__(self) -> None:
        self.queue: list[Waiting] = []
        self.in_flight: UUID | None = None
        self.not_before = 0.0
        self.held = _NOBODY


class Lanes:
    """One thread at a time (the outbox's lock).

    Args:
        independent_kinds: items of these are sent although the one before them in their lane is a dead letter.
    """

    def __init__(self, independent_kinds: frozenset[str] = frozenset()) -> None:
        self._independent = independent_kinds
        self._lanes: dict[str, _Lane] = {}
        self._ready: OrderedDict[str, None] = OrderedDict()
        self._later: list[tuple[float, str]] = []
        self._where: dict[UUID, Waiting] = {}
        self._dead: dict[UUID, str] = {}
        self._held_kinds: set[str] = set()
        self._held_until = 0.0

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, idem: UUID) -> bool:
        return idem in self._where

    def add(self, item: Waiting) -> None:
        """A new last of its lane; items come in the order of their numbers. Known ones are left alone."""
        if self._where.setdefault(item.idem, item) is not item:
            return
        lane = self._lanes.get(item.order_key)
        if lane is None:
            # nearly always: a visit of one item
            lane = self._lanes[item.order_key] = _Lane()
            lane.queue.append(item)
            self._ready[item.order_key] = None
            return
        # two threads may come back from one commit in either order
        if lane.queue and lane.queue[-1].seq > item.seq:
            lane.queue = sorted((*lane.queue, item), key=lambda one: one.seq)
        else:
            lane.queue.append(item)
        self._make_ready(item.order_key, lane)

    def block(self, order_key: str, idem: UUID) -> None:
        """A dead letter stands in this lane."""
        self._dead[idem] = order_key
        lane = self._lanes.get(order_key)
        if lane is None:
            lane = self._lanes[order_key] = _Lane()
        lane.held |= {idem}

    def bury(self, idem: UUID) -> None:
        """A queued item is a dead letter from now on; unknown ones are ignored."""
        item = self._where.get(idem)
        if item is not None:
            self.block(item.order_key, idem)
            self._leave(item)

    def revive(self, item: Waiting) -> None:
        """A dead letter is queued again, in its old place."""
        self._unblock(item.idem)
        self.add(item)

    def claim(self, limit: int, now: float) -> list[Waiting]:
        """Leases at most `limit` items, each from another lane; `now` in monotonic seconds."""
        if now < self._held_until:
            return []
        while self._later and self._later[0][0] <= now:
            _, order_key = heapq.heappop(self._later)
            if (waiting_lane := self._lanes.get(order_key)) is not None:
                self._make_ready(order_key, waiting_lane)
        claimed: list[Waiting] = []
        passed_over: list[str] = []
        while self._ready and len(claimed) < limit:
            order_key, _ = self._ready.popitem(last=False)
            lane = self._lanes[order_key]
            head = lane.queue[0]
            if lane.not_before > now:
                heapq.heappush(self._later, (lane.not_before, order_key))
            elif not self._may_go(lane):
                passed_over.append(order_key)
            else:
                lane.in_flight = head.idem
                claimed.append(head)
        for order_key in passed_over:
            self._ready[order_key] = None
        return claimed

    def end(self, idem: UUID) -> None:
        """The item, queued or dead, has ended; unknown ones are ignored."""
        self._unblock(idem)
        item = self._where.get(idem)
        if item is not None:
            self._leave(item)

    def give_back(self, idem: UUID, not_before: float, *, counts: bool) -> None:
        """The attempt failed, or did not take place (`counts` False): its lane waits until `not_before`."""
        item = self._where.get(idem)
        if item is None:
            return
        lane = self._lanes[item.order_key]
        if lane.in_flight != idem:
            return
        lane.in_flight = None
        lane.not_before = not_before
        if counts:
            tried = Waiting(item.seq, item.idem, item.order_key, item.kind, item.attempts + 1)
            lane.queue[lane.queue.index(item)] = tried
            self._where[idem] = tried
        self._make_ready(item.order_key, lane)

    def is_in_flight(self, idem: UUID) -> bool:
        """Whether it is leased now."""
        item = self._where.get(idem)
        return item is not None and self._lanes[item.order_key].in_flight == idem

    def attempts(self, idem: UUID) -> int:
        """How often it was tried; 0 for an unknown one."""
        item = self._where.get(idem)
        return item.attempts if item is not None else 0

    def hold_all(self, until: float) -> None:
        """Nothing is sent before this moment."""
        self._held_until = max(self._held_until, until)

    def hold_kinds(self, kinds: Iterable[str]) -> None:
        """Items of exactly these kinds wait, replacing what was held before."""
        self._held_kinds = set(kinds)

    def connected(self) -> None:
        """The platform is back: nobody waits for an earlier failure any more."""
        self._held_until = 0.0
        self._later.clear()
        for order_key, lane in self._lanes.items():
            lane.not_before = 0.0
            self._make_ready(order_key, lane)

    def next_at(self, now: float) -> float | None:
        """When `claim` may have something: a moment not before `now`, None when nothing waits."""
        soonest: float | None = None
        for order_key in self._ready:
            lane = self._lanes[order_key]
            if self._may_go(lane):
                if lane.not_before <= now:
                    return max(now, self._held_until)
                soonest = lane.not_before if soonest is None else min(soonest, lane.not_before)
        if self._later:
            soonest = self._later[0][0] if soonest is None else min(soonest, self._later[0][0])
        return None if soonest is None else max(now, self._held_until, soonest)

    def _may_go(self, lane: _Lane) -> bool:
        kind = lane.queue[0].kind
        return kind not in self._held_kinds and (not lane.held or kind in self._independent)

    def _leave(self, item: Waiting) -> None:
        del self._where[item.idem]
        lane = self._lanes[item.order_key]
        if lane.queue[0] is item:
            lane.not_before = 0.0  # it was this one that had to wait
        lane.queue.remove(item)
        if lane.in_flight == item.idem:
            lane.in_flight = None
        self._make_ready(item.order_key, lane)
        self._forget_if_empty(item.order_key, lane)

    def _unblock(self, idem: UUID) -> None:
        order_key = self._dead.pop(idem, None)
        if order_key is not None:
            lane = self._lanes[order_key]
            lane.held -= {idem}
            self._make_ready(order_key, lane)
            self._forget_if_empty(order_key, lane)

    def _make_ready(self, order_key: str, lane: _Lane) -> None:
        if lane.queue and lane.in_flight is None:
            self._ready.setdefault(order_key, None)
        else:
            self._ready.pop(order_key, None)

    def _forget_if_empty(self, order_key: str, lane: _Lane) -> None:
        if not lane.queue and not lane.held:
            del self._lanes[order_key]
            self._ready.pop(order_key, None)
