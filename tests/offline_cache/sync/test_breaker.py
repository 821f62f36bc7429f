"""The circuit breaker."""

import random

from offline_cache.sync.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker, Circuit


def test_it_opens_at_the_third_failure_in_a_row_and_sends_one_probe_after_the_pause() -> None:
    breaker = Breaker(random.Random(1))
    for _ in range(2):
        breaker.failed(0)
        assert breaker.may_send(0)
    assert not breaker.succeeded()
    for _ in range(3):
        breaker.failed(10)
    assert breaker.circuit is Circuit.OPEN
    pause = breaker.next_at(10) - 10
    assert FIRST_PAUSE_S / 2 <= pause <= FIRST_PAUSE_S
    assert not breaker.may_send(10 + pause / 2)
    assert breaker.may_send(10 + pause)
    assert not breaker.may_send(10 + pause)  # the probe is under way
    assert breaker.succeeded()
    assert breaker.may_send(10 + pause)


def test_pauses_grow_to_their_bound_and_no_two_terminals_return_together() -> None:
    returns = []
    for seed in range(20):
        breaker, now = Breaker(random.Random(seed)), 0.0
        for _ in range(3):
            breaker.failed(now)
        for _ in range(12):
            now = breaker.next_at(now)
            assert breaker.may_send(now)
            breaker.failed(now)
        pause = breaker.next_at(now) - now
        assert LONGEST_PAUSE_S / 2 <= pause <= LONGEST_PAUSE_S
        returns.append(round(now + pause, 1))
    assert len(set(returns)) == 20
