"""The power goes at every call of the disk: in creation, puts, ends, checkpoints, vacuum, new keys and a migration.

Eight lives give more than ten thousand images. The careless store, which says FULL and does not do it, must lose in the same
run: a harness that does not see that proves nothing.
"""

import pytest

from tests.offline_cache.crash.runs import NORMAL, lose_power

IMAGES_A_LIFE = 1_300
OPERATIONS = 60


@pytest.mark.parametrize("seed", range(8))
def test_no_promise_is_broken_at_any_call(seed: int) -> None:
    report = lose_power(seed, OPERATIONS)
    assert report.images >= IMAGES_A_LIFE
    assert report.points["synced"] > 50
    assert report.points["truncate"] > 5
    assert not report.complaints, f"{report.complaints}; the first: {report.first}"


def test_the_careless_store_loses_in_the_same_run() -> None:
    report = lose_power(1, OPERATIONS, rewrite=NORMAL)
    assert report.complaints["lost"] > 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_no_promise_is_broken_in_many_more_lives(seed: int) -> None:
    report = lose_power(seed, 2 * OPERATIONS, images_a_point=2)
    assert not report.complaints, f"{report.complaints}; the first: {report.first}"
