"""A small disk that is full: all that was queued can still be acknowledged, and the file shrinks.

On a memory file system that is really full, wherever this user may mount one (as root may), and
for everybody on a folder whose bytes are bounded: nothing is skipped.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox.item import End, State
from offline_cache.store.space import BALLAST_BYTES
from tests.offline_cache.store.small_disks import SmallDisk, bounded_disk, may_mount, memory_disk
from tests.offline_cache.stores import Standing, item, open_store

IS_REAL_ONE_THERE = may_mount()


@pytest.fixture
def small_disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """Of 24 MiB, empty."""
    place = tmp_path / "disk"
    place.mkdir()
    with memory_disk(place) if request.param == "real" else bounded_disk(place, monkeypatch) as disk:
        yield disk


def _queue_until_full(store: Standing, disk: SmallDisk) -> list[int]:
    """Numbers of the items whose put returned."""
    taken: list[int] = []
    for number in range(1, 100_000):
        try:
            store.outbox.put_many([item(10 * number + one, body=os.urandom(1500)) for one in range(10)])
        except BudayangError as full:
            assert str(full).startswith("offline.disk_full")  # noqa: PT017 - the other puts must not raise
            return taken
        taken += [10 * number + one for one in range(10)]
        if number == 300:
            disk.fill()
    raise AssertionError("the disk never was full")


@pytest.mark.parametrize("is_opened_anew", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize(
    ("small_disk", "at_once"),
    [("bounded", 50), *([("real", 1), ("real", 50)] if IS_REAL_ONE_THERE else [])],
    indirect=["small_disk"],
)
def test_all_that_was_queued_on_a_full_disk_is_acknowledged_and_the_file_shrinks(
    small_disk: SmallDisk, is_opened_anew: bool, at_once: int
) -> None:
    folder = small_disk.place / "store"
    with open_store(folder, connect=small_disk.connect, ballast_bytes=BALLAST_BYTES) as store:
        taken = _queue_until_full(store, small_disk)
        assert store.outbox.status().queued == len(taken) >= 3000
        if not is_opened_anew:
            _acknowledge_all(store, taken, at_once)
    if is_opened_anew:
        small_disk.fill()
        with open_store(folder, connect=small_disk.connect, ballast_bytes=BALLAST_BYTES) as store:
            _acknowledge_all(store, taken, at_once)


def _acknowledge_all(store: Standing, taken: list[int], at_once: int) -> None:
    before = store.database.files.database.stat().st_size
    ended = 0
    while claims := store.outbox.claim(at_once):
        store.outbox.acknowledge_many([(claim.idem, "R") for claim in claims])
        ended += len(claims)
    assert ended == len(taken)
    status = store.outbox.status()
    assert (status.queued, status.dead, status.bytes) == (0, 0, 0)
    assert isinstance(store.outbox.reserve(1, 1), Problem)  # nothing new before the ballast is there again
    store.outbox.tidy()
    assert store.database.files.database.stat().st_size < before / 4
    state = store.outbox.state_of(item(taken[0]).idem)
    assert state is not None
    assert state.state is End.ACCEPTED
    assert store.database.ballast.is_whole
    assert store.outbox.put(item(5)).is_repeat is False
    assert store.outbox.state_of(item(5).idem).state is State.QUEUED  # type: ignore[union-attr]
