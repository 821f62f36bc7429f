"""Lanes, retries and expiry by themselves."""

import random
from uuid import UUID

from offline_cache.outbox.expiry import has_expired, trusted_creation
from offline_cache.outbox.item import Waiting
from offline_cache.outbox.lanes import Lanes
from offline_cache.outbox.retry import FIRST_S, LONGEST_RETRY_AFTER_S, LONGEST_S, wait_s


def _item(seq: int, lane: str = "a", kind: str = "consultation") -> Waiting:
    return Waiting(seq, UUID(int=seq), lane, kind)


def _lanes(*items: Waiting, independent: frozenset[str] = frozenset()) -> Lanes:
    lanes = Lanes(independent)
    for item in items:
        lanes.add(item)
    return lanes


def _numbers(claimed: list[Waiting]) -> list[int]:
    return [item.seq for item in claimed]


def test_lanes_take_turns_and_have_one_in_flight_each() -> None:
    lanes = _lanes(_item(1), _item(2), _item(3, "b"), _item(4, "c"))
    assert len(lanes) == 4
    assert _numbers(lanes.claim(2, 0)) == [1, 3]
    assert _numbers(lanes.claim(9, 0)) == [4]
    assert lanes.is_in_flight(UUID(int=1))
    assert not lanes.is_in_flight(UUID(int=2))
    assert not lanes.is_in_flight(UUID(int=9))
    lanes.end(UUID(int=1))
    assert _numbers(lanes.claim(9, 0)) == [2]


def test_an_item_is_known_once_and_stands_by_its_number() -> None:
    lanes = _lanes(_item(2), _item(1), _item(2))
    assert len(lanes) == 2
    assert _numbers(lanes.claim(9, 0)) == [1]


def test_what_is_not_in_flight_is_not_given_back() -> None:
    lanes = _lanes(_item(1), _item(2))
    lanes.give_back(UUID(int=9), 50, counts=True)
    lanes.give_back(UUID(int=1), 50, counts=True)
    assert _numbers(lanes.claim(9, 0)) == [1]
    lanes.give_back(UUID(int=2), 50, counts=True)
    assert lanes.attempts(UUID(int=2)) == lanes.attempts(UUID(int=9)) == 0


def test_the_next_moment_is_when_a_lane_that_may_go_has_waited_enough() -> None:
    lanes = _lanes(_item(1), _item(2, "b", "rating"))
    lanes.claim(9, 0)
    assert lanes.next_at(0) is None
    lanes.give_back(UUID(int=1), 50, counts=True)
    assert lanes.next_at(0) == 50
    lanes.give_back(UUID(int=2), 20, counts=False)
    assert lanes.next_at(0) == 20
    lanes.hold_kinds({"rating"})
    assert lanes.next_at(0) == 50
    assert lanes.claim(9, 10) == []
    assert lanes.next_at(10) == 20  # too early for nothing, but never too late
    lanes.hold_all(70)
    assert lanes.next_at(60) == 70
    assert lanes.claim(9, 69) == []
    assert _numbers(lanes.claim(9, 70)) == [1]


def test_a_lane_that_has_ended_while_it_waited_is_forgotten() -> None:
    lanes = _lanes(_item(1))
    lanes.claim(1, 0)
    lanes.give_back(UUID(int=1), 50, counts=False)
    assert lanes.claim(1, 0) == []
    lanes.end(UUID(int=1))
    assert lanes.claim(1, 60) == []


def test_when_the_one_for_which_a_lane_waited_is_taken_back_the_next_goes_at_once() -> None:
    lanes = _lanes(_item(1), _item(2))
    lanes.claim(1, 0)
    lanes.give_back(UUID(int=1), 500, counts=True)
    lanes.end(UUID(int=1))
    assert _numbers(lanes.claim(9, 1)) == [2]


def test_when_a_later_one_is_taken_back_its_lane_waits_as_before() -> None:
    lanes = _lanes(_item(1), _item(2))
    lanes.claim(1, 0)
    lanes.give_back(UUID(int=1), 500, counts=True)
    lanes.end(UUID(int=2))
    assert lanes.claim(9, 499) == []


def test_a_kind_that_depends_on_nothing_passes_a_dead_letter_and_is_announced() -> None:
    lanes = _lanes(_item(2, kind="rating"), _item(3, "b"), independent=frozenset({"rating"}))
    lanes.block("a", UUID(int=1))
    lanes.block("b", UUID(int=9))
    assert lanes.next_at(0) == 0
    assert _numbers(lanes.claim(9, 0)) == [2]
    assert lanes.next_at(0) is None


def test_a_revived_one_goes_before_those_that_it_held_also_while_a_later_one_is_in_flight() -> None:
    lanes = _lanes(_item(2, kind="rating"), _item(3), independent=frozenset({"rating"}))
    lanes.block("a", UUID(int=1))
    assert _numbers(lanes.claim(9, 0)) == [2]
    lanes.revive(_item(1))
    assert lanes.claim(9, 0) == []  # one of a lane in flight
    lanes.end(UUID(int=2))
    assert _numbers(lanes.claim(9, 0)) == [1]


def test_burying_what_is_unknown_blocks_nothing() -> None:
    lanes = _lanes(_item(1))
    lanes.bury(UUID(int=9))
    assert _numbers(lanes.claim(9, 0)) == [1]
    lanes.bury(UUID(int=1))
    assert UUID(int=1) not in lanes


def test_the_platforms_return_ends_all_waiting() -> None:
    lanes = _lanes(_item(1), _item(2, "b"))
    lanes.claim(1, 0)
    lanes.give_back(UUID(int=1), 500, counts=True)
    lanes.hold_all(900)
    lanes.connected()
    assert sorted(_numbers(lanes.claim(9, 0))) == [1, 2]


def test_nothing_expires_without_a_trusted_date_or_a_limit() -> None:
    assert not has_expired(None, 1, 1e9)
    assert not has_expired(0, None, 1e9)
    assert not has_expired(100, 50, 150)
    assert has_expired(100, 50, 150.1)


def test_an_item_of_this_boot_is_dated_exactly_and_one_of_another_never_too_early() -> None:
    assert trusted_creation("now", 10, "now", 60, 1000) == 950
    assert trusted_creation("now", 90, "now", 60, 1000) == 1000
    assert trusted_creation("before", 10, "now", 60, 1000) == 1000


def test_waits_are_drawn_below_a_bound_that_doubles_and_ends() -> None:
    chance = random.Random(3)
    for attempts, bound in ((0, FIRST_S), (1, FIRST_S), (2, 2 * FIRST_S), (3, 4 * FIRST_S), (50, LONGEST_S)):
        drawn = [wait_s(attempts, chance) for _ in range(300)]
        assert 0 <= min(drawn) < bound / 10
        assert bound * 0.9 < max(drawn) <= bound


def test_what_the_platform_asks_is_a_floor_within_reason() -> None:
    chance = random.Random(3)
    assert 60 <= wait_s(9, chance, 60) <= 60 + FIRST_S
    assert 0 <= wait_s(1, chance, -5) <= FIRST_S
    assert wait_s(1, chance, 1e12) <= LONGEST_RETRY_AFTER_S + FIRST_S
