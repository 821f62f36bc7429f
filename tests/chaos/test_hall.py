"""Everything at once, and at the end every promised item is at the platform once."""

import itertools
from pathlib import Path

import pytest

from tests.chaos.faulty_proxy import Fate
from tests.chaos.hall import Chaos, Hall, Outcome


def _check(outcome: Outcome, chaos: Chaos) -> None:
    assert outcome.killed_terminals == chaos.terminal_kills
    assert outcome.killed_platforms == chaos.platform_kills
    assert sum(count for fate, count in outcome.fates.items() if fate is not Fate.PASS) >= chaos.least_faults
    assert len(outcome.promised) == chaos.terminals * chaos.items
    assert outcome.promised <= outcome.kept, "lost"
    assert len(outcome.effects) == chaos.terminals * chaos.items
    assert set(outcome.effects.values()) == {1}, "twice"
    assert outcome.disorder == 0
    assert outcome.dead == 0


def test_three_terminals_lose_nothing_and_double_nothing(tmp_path: Path, postgresql_url: str) -> None:
    chaos = Chaos(terminals=3, items=50, platform_kills=1, terminal_kills=3)
    _check(Hall(chaos, tmp_path, postgresql_url).run(), chaos)


def test_the_count_sees_a_client_that_makes_a_new_key_per_attempt(tmp_path: Path, postgresql_url: str) -> None:
    intakes = itertools.count()

    def choose(path: str) -> Fate:
        # each second batch arrives and is not answered
        return Fate.DROP_REPLY if path == "/v1/intake" and next(intakes) % 2 == 0 else Fate.PASS

    chaos = Chaos(terminals=1, items=12, platform_kills=0, terminal_kills=0, is_careless=True, choose=choose)
    outcome = Hall(chaos, tmp_path, postgresql_url).run()
    assert max(outcome.effects.values()) > 1
    assert not outcome.promised <= outcome.kept


@pytest.mark.slow
def test_fifty_terminals_lose_nothing_and_double_nothing(tmp_path: Path, postgresql_url: str) -> None:
    chaos = Chaos(terminals=50, items=60, platform_kills=8, terminal_kills=60, limit_s=330)
    _check(Hall(chaos, tmp_path, postgresql_url).run(), chaos)
