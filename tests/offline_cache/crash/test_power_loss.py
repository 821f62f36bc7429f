"""The power goes at every call of the disk: in creation, puts, ends, checkpoints, vacuum, new keys, a new key over them, the writing and
removing of attachments, steps of the journal and a migration.

Seven lives give more than ten thousand images. The careless stores must lose in the same run: one that says FULL and does not do it, one
that does not flush its files, or their names, and one that drops the old key over the keys too early. A harness that does not see
that proves nothing.
"""

import pytest

from offline_cache.sealing.epochs import EpochKeys
from offline_cache.vault.holders import Holder
from offline_cache.vault.vault import Vault
from tests.offline_cache.crash import files_model, workload
from tests.offline_cache.crash.runs import NORMAL, lose_power

IMAGES_A_LIFE = 1_450
OPERATIONS = 60


@pytest.mark.parametrize("seed", range(7))
def test_no_promise_is_broken_at_any_call(seed: int) -> None:
    report = lose_power(seed, OPERATIONS)
    assert report.images >= IMAGES_A_LIFE
    assert report.points["synced"] > 50
    assert report.points["truncate"] > 5
    assert report.points["create"] > 1
    assert not report.complaints, f"{report.complaints}; the first: {report.first}"


def test_the_careless_store_loses_in_the_same_run() -> None:
    report = lose_power(1, OPERATIONS, rewrite=NORMAL)
    assert report.complaints["lost"] > 100


def test_a_store_that_does_not_flush_its_files_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_model._Writing, "flush", lambda self: None)
    assert lose_power(2, OPERATIONS // 2).complaints["lost"] > 20


def test_a_store_that_does_not_flush_their_names_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_model.RememberingFiles, "flush_folder", lambda self, folder: None)
    assert lose_power(2, OPERATIONS // 2).complaints["lost"] > 20


def _hasty(found: Vault, keys: EpochKeys, holder: Holder) -> int:
    """Drops the older key before every data key is wrapped under the newer one."""
    found.add_key(holder)
    both = dict(found._keys)
    found.drop_older()
    found._keys = both
    return keys.rewrap_all()


def test_a_store_that_drops_the_older_key_too_early_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workload, "rotate", _hasty)
    assert lose_power(2, OPERATIONS).complaints["lost"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_no_promise_is_broken_in_many_more_lives(seed: int) -> None:
    report = lose_power(seed, 2 * OPERATIONS)
    assert not report.complaints, f"{report.complaints}; the first: {report.first}"
