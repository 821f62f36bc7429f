"""Clock offset and pace, by numbers alone."""

import random

import pytest

from offline_cache.sync.clock_offset import DRIFT, EARLIEST_S, LONGEST_EXCHANGE_S, PlatformTime, TimeSample
from offline_cache.sync.pace import Pace

START = EARLIEST_S + 1e6


def test_the_platforms_time_is_unknown_before_an_answer() -> None:
    assert PlatformTime().now(5.0) is None


def test_it_narrows_with_each_answer_and_never_leaves_the_truth() -> None:
    chance, time, errors = random.Random(1), PlatformTime(), []
    true_less_mono = START + 0.37
    for step in range(200):
        before = step * 60 + chance.random()
        after = before + chance.uniform(0.01, 2.0)
        answered = chance.uniform(before, after)
        assert time.learn(TimeSample(float(int(true_less_mono + answered)), before, after))
        now = time.now(after)
        assert now is not None
        errors.append(abs(now - after - true_less_mono))
    assert max(errors) <= 1.5
    assert max(errors[50:]) <= 0.3


@pytest.mark.parametrize(
    "sample",
    [
        TimeSample(EARLIEST_S - 1, 0.0, 0.1),
        TimeSample(START, 0.0, LONGEST_EXCHANGE_S + 0.1),
        TimeSample(START, 1.0, 0.5),
    ],
)
def test_an_answer_that_says_too_little_changes_nothing(sample: TimeSample) -> None:
    time = PlatformTime()
    assert not time.learn(sample)
    assert time.now(0.0) is None


def test_a_platform_whose_clock_was_set_is_believed_anew() -> None:
    time = PlatformTime()
    time.learn(TimeSample(START, 0.0, 0.0))
    time.learn(TimeSample(START + 5000, 1.0, 1.0))
    assert time.now(1.0) == pytest.approx(START + 5000.5)


def test_bounds_widen_by_the_drift_of_two_clocks() -> None:
    time = PlatformTime()
    time.learn(TimeSample(START, 0.0, 0.0))
    elapsed = 2 / DRIFT
    # two seconds late after so long is a drift, not another time
    time.learn(TimeSample(START + elapsed - 2, elapsed, elapsed))
    now = time.now(elapsed)
    assert now is not None
    assert START + elapsed - 2 <= now <= START + elapsed - 1


def test_without_a_rate_everything_may_go() -> None:
    pace = Pace()
    assert pace.allowance(0.0, 50) == 50
    pace.spend(50)
    assert (pace.allowance(0.0, 50), pace.next_in_s()) == (50, 0.0)


@pytest.mark.parametrize("rate", [0.5, 4.0, 30.0])
def test_a_rate_is_kept_over_time_with_at_most_a_seconds_worth_at_once(rate: float) -> None:
    pace, now, sent = Pace(rate), 0.0, 0
    while now < 60:
        allowed = pace.allowance(now, 50)
        assert allowed <= max(1, rate)
        pace.spend(allowed)
        sent += allowed
        now += max(pace.next_in_s(), 0.001)
    assert rate * 60 * 0.98 <= sent <= rate * 60 + max(1, rate)


def test_what_is_used_up_comes_back_in_halves_of_a_seconds_worth() -> None:
    pace = Pace(20.0)
    pace.spend(pace.allowance(0.0, 50))
    assert pace.allowance(0.4, 50) == 0
    assert pace.next_in_s() == pytest.approx(0.1)
    assert pace.allowance(0.5, 50) == 10
    pace.spend(4)
    assert pace.allowance(0.5, 50) == 6
