"""The outbox against a model of dictionaries and lists: whatever is done in whatever order, both tell the same."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import End, NewItem, State
from tests.offline_cache.stores import Standing, open_store

MEMORY = Path("/dev/shm")
LANES, KINDS = ("a", "b", "c"), ("consultation", "rating")
LIMIT_S = 1000.5


class WildClock(ManualClock):
    """Its wall time is wrong by `skew_s`."""

    skew_s = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.skew_s)


@dataclass
class Kept:
    """The model's item; `born` by trusted time, whether known yet or not."""

    item: NewItem
    seq: int
    born: float
    state: State | End = State.QUEUED
    reason: str | None = None
    receipt: str | None = None
    attempts: int = 0


class OutboxMachine(RuleBasedStateMachine):
    """Nothing is told to the outbox but by its own methods; nothing is read but by them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="by-model-", dir=MEMORY if MEMORY.is_dir() else None))
        self.clock = WildClock()
        self.stack = ExitStack()
        self.items: dict[UUID, Kept] = {}
        self.in_flight: set[UUID] = set()
        self.not_before: dict[str, float] = {}
        self.held_until = 0.0
        self.held_kinds: frozenset[str] = frozenset()
        self.is_dated = False
        self.last_seq = 0
        self.number = 0
        self.store: Standing = self.stack.enter_context(open_store(self.folder, clock=self.clock))

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder)

    # -- what the model knows ------------------------------------------------------------------------------------

    def of(self, *states: State | End) -> list[Kept]:
        return [kept for kept in self.items.values() if kept.state in states]

    def pick(self, number: int, *states: State | End) -> Kept | None:
        there = self.of(*states)
        return there[number % len(there)] if there else None

    def flying(self, number: int) -> Kept | None:
        there = sorted(self.in_flight, key=lambda idem: idem.int)
        return self.items[there[number % len(there)]] if there else None

    def ended(self, kept: Kept) -> None:
        """Its lane goes on if it was the one for which it waited."""
        lane = [one for one in self.of(State.QUEUED) if one.item.order_key == kept.item.order_key]
        if lane and min(lane, key=lambda one: one.seq) is kept:
            self.not_before.pop(kept.item.order_key, None)
        self.in_flight.discard(kept.item.idem)

    def sendable(self) -> set[UUID]:
        """The head of each lane that may go."""
        now = self.clock.monotonic()
        if now < self.held_until:
            return set()
        found = set()
        for lane in LANES:
            queue = sorted(
                (one for one in self.of(State.QUEUED) if one.item.order_key == lane), key=lambda one: one.seq
            )
            has_dead = any(one.item.order_key == lane for one in self.of(State.DEAD))
            if not queue or has_dead or any(one.item.idem in self.in_flight for one in queue):
                continue
            head = queue[0].item
            if head.kind not in self.held_kinds and self.not_before.get(lane, 0.0) <= now:
                found.add(head.idem)
        return found

    def fresh(self, lane: str, kind: str, expires: bool) -> NewItem:
        self.number += 1
        body = b"body %d" % self.number
        return NewItem(UUID(int=self.number), lane, kind, 1, body, f"slip-{self.number}", LIMIT_S if expires else None)

    def keep(self, item: NewItem) -> None:
        self.last_seq += 1
        self.items[item.idem] = Kept(item, self.last_seq, self.clock.monotonic())

    # -- rules ---------------------------------------------------------------------------------------------------

    @rule(lane=st.sampled_from(LANES), kind=st.sampled_from(KINDS), expires=st.booleans())
    def put(self, lane: str, kind: str, expires: bool) -> None:
        item = self.fresh(lane, kind, expires)
        stored = self.store.outbox.put(item)
        self.keep(item)
        assert (stored.seq, stored.is_repeat) == (self.last_seq, False)

    @rule(lanes=st.lists(st.sampled_from(LANES), min_size=2, max_size=40))
    def put_many(self, lanes: list[str]) -> None:
        items = [self.fresh(lane, "rating", False) for lane in lanes]
        stored = self.store.outbox.put_many(items)
        for item, place in zip(items, stored, strict=True):
            self.keep(item)
            assert (place.seq, place.is_repeat) == (self.last_seq, False)

    @rule(number=st.integers(0, 99), with_another=st.booleans())
    def put_again(self, number: int, with_another: bool) -> None:
        kept = self.pick(number, *State, *End)
        if kept is None:
            return
        items = [kept.item, self.fresh("a", "rating", False)] if with_another else [kept.item]
        stored = self.store.outbox.put_many(items)
        assert (stored[0].seq, stored[0].is_repeat) == (kept.seq, True)
        for item in items[1:]:
            self.keep(item)
            assert (stored[1].seq, stored[1].is_repeat) == (self.last_seq, False)

    @rule(number=st.integers(0, 99))
    def put_another_body(self, number: int) -> None:
        kept = self.pick(number, *State, *End)
        if kept is None:
            return
        item = kept.item
        other = NewItem(item.idem, item.order_key, item.kind, 1, b"another body")
        for items in ([other], [self.fresh("b", "rating", False), other]):
            with pytest.raises(BudayangError, match=r"offline\.other_payload"):
                self.store.outbox.put_many(items)

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        may_go = self.sendable()
        claims = self.store.outbox.claim(limit)
        assert len(claims) == min(limit, len(may_go))
        for claim in claims:
            kept = self.items[claim.idem]
            assert claim.idem in may_go
            assert (claim.seq, claim.body, claim.attempts) == (kept.seq, kept.item.body, kept.attempts)
            self.in_flight.add(claim.idem)
        assert len({claim.order_key for claim in claims}) == len(claims)

    @rule(number=st.integers(0, 99), any_one=st.booleans())
    def acknowledge(self, number: int, any_one: bool) -> None:
        kept = self.pick(number, *State, End.CANCELLED) if any_one else self.flying(number)
        if kept is None:
            return
        self.store.outbox.acknowledge(kept.item.idem, "R")
        self.ended(kept)
        kept.state, kept.reason, kept.receipt = End.ACCEPTED, None, "R"

    @rule()
    def acknowledge_all_in_flight(self) -> None:
        flying = [self.items[idem] for idem in self.in_flight]
        self.store.outbox.acknowledge_many([(kept.item.idem, None) for kept in flying])
        for kept in flying:
            self.ended(kept)
            kept.state = End.ACCEPTED

    @rule(number=st.integers(0, 99), retry_after=st.none() | st.floats(0, 100))
    def postpone(self, number: int, retry_after: float | None) -> None:
        kept = self.flying(number)
        if kept is None:
            return
        wait = self.store.outbox.postpone(kept.item.idem, "503", retry_after)
        self.in_flight.discard(kept.item.idem)
        kept.attempts += 1
        self.not_before[kept.item.order_key] = self.clock.monotonic() + wait

    @rule(number=st.integers(0, 99), after=st.sampled_from((0.0, 30.0)))
    def give_back(self, number: int, after: float) -> None:
        kept = self.flying(number)
        if kept is None:
            return
        self.store.outbox.give_back(kept.item.idem, after)
        self.in_flight.discard(kept.item.idem)
        self.not_before[kept.item.order_key] = self.clock.monotonic() + after

    @rule(number=st.integers(0, 99), reason=st.sampled_from(("rejected", "too_large")))
    def bury(self, number: int, reason: str) -> None:
        kept = self.pick(number, *State)
        if kept is None:
            return
        self.store.outbox.bury(kept.item.idem, reason, "410")
        if kept.state is State.QUEUED:
            self.ended(kept)
            kept.state, kept.reason = State.DEAD, reason

    @rule(number=st.integers(0, 99))
    def retry_dead(self, number: int) -> None:
        kept = self.pick(number, *State, *End)
        if kept is None:
            return
        assert self.store.outbox.retry_dead(kept.item.idem) == (kept.state is State.DEAD)
        if kept.state is State.DEAD:
            kept.state, kept.reason, kept.attempts = State.QUEUED, None, 0

    @rule(number=st.integers(0, 99))
    def cancel(self, number: int) -> None:
        kept = self.pick(number, *State)
        if kept is None:
            return
        self.store.outbox.cancel(kept.item.idem)
        self.ended(kept)
        kept.state, kept.reason = End.CANCELLED, None

    @rule(kinds=st.frozensets(st.sampled_from(KINDS)))
    def hold_kinds(self, kinds: frozenset[str]) -> None:
        self.store.outbox.hold_kinds(kinds)
        self.held_kinds = kinds

    @rule(seconds=st.sampled_from((10.0, 100.0)))
    def hold_all(self, seconds: float) -> None:
        self.store.outbox.hold_all(seconds)
        self.held_until = max(self.held_until, self.clock.monotonic() + seconds)

    @rule()
    def connected(self) -> None:
        self.store.outbox.connected()
        self.held_until = 0.0
        self.not_before.clear()

    @rule(seconds=st.sampled_from((1.0, 20.0, 400.0)))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule(skew=st.sampled_from((-8e8, 0.0, 3.2e7)))
    def jump(self, skew: float) -> None:
        self.clock.skew_s = skew

    @rule()
    def learn_time(self) -> None:
        self.store.outbox.learn_time(-self.clock.skew_s)
        self.is_dated = True

    @rule()
    def expire(self) -> None:
        now = self.clock.monotonic()
        over = [
            kept
            for kept in self.of(State.QUEUED)
            if self.is_dated
            and kept.item.expires_after_s is not None
            and now - kept.born > LIMIT_S
            and kept.item.idem not in self.in_flight
        ]
        assert self.store.outbox.bury_expired() == len(over)
        for kept in over:
            self.ended(kept)
            kept.state, kept.reason = State.DEAD, "expired"

    @rule()
    def tidy(self) -> None:
        self.store.outbox.tidy()

    @rule()
    def rotate(self) -> None:
        self.store.keys.rotate()

    @precondition(lambda self: self.number > 3)
    @rule()
    def reopen(self) -> None:
        self.stack.close()
        self.store = self.stack.enter_context(open_store(self.folder, clock=self.clock))
        self.in_flight.clear()
        self.not_before.clear()
        self.held_until, self.held_kinds, self.is_dated = 0.0, frozenset(), False

    # -- always --------------------------------------------------------------------------------------------------

    @invariant()
    def both_tell_the_same(self) -> None:
        status = self.store.outbox.status()
        queued, dead = self.of(State.QUEUED), self.of(State.DEAD)
        assert (status.queued, status.dead, status.last_seq) == (len(queued), len(dead), self.last_seq)
        assert status.bytes >= sum(len(kept.item.body) for kept in queued + dead)
        assert (status.bytes == 0) == (not queued and not dead)
        oldest = max((self.clock.monotonic() - kept.born for kept in queued), default=0.0)
        assert abs(status.oldest_s - oldest) < 1e-6
        assert {letter.idem: letter.reason for letter in self.store.outbox.dead_letters()} == {
            kept.item.idem: kept.reason for kept in dead
        }
        waits = self.store.outbox.next_in_s()
        if self.sendable():
            assert waits == 0
        elif waits == 0:
            assert self.store.outbox.claim(9) == []

    @invariant()
    def one_of_them_is_as_the_model_has_it(self) -> None:
        if kept := self.pick(self.number * 7919, *State, *End):
            state = self.store.outbox.state_of(kept.item.idem)
            assert state is not None
            assert (state.state, state.slip_number, state.receipt, state.reason) == (
                kept.state, kept.item.slip_number, kept.receipt, kept.reason,
            )  # fmt: skip
            assert self.store.outbox.state_of_slip(kept.item.slip_number or "") == state


def _try(examples: int, steps: int, *, shrinks: bool) -> None:
    run_state_machine_as_test(
        OutboxMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate, Phase.shrink] if shrinks else [Phase.generate],
        ),
    )


def test_the_outbox_and_its_model_tell_the_same() -> None:
    _try(25, 50, shrinks=False)


@pytest.mark.slow
def test_the_outbox_and_its_model_tell_the_same_for_long() -> None:
    _try(1000, 100, shrinks=True)
