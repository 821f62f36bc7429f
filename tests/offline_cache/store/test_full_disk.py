"""A small disk that is really full: all that was queued can still be acknowledged, and the file shrinks.

On a memory file system of its own, which only root may mount, as CI does; for others the crash harness's faults are the proof
(tests/offline_cache/crash).
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox.item import End, State
from offline_cache.store.space import BALLAST_BYTES
from tests.offline_cache.stores import Standing, item, open_store

SIZE_BYTES = 24 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Of 24 MiB, empty."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_BYTES}", "tmpfs", place], check=False).returncode:
        pytest.skip("only root may mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def _fill(disk: Path) -> None:
    """Not a byte is left."""
    descriptor = os.open(disk / "others", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for size in (1 << 16, 1):
            while True:
                try:
                    os.write(descriptor, bytes(size))
                except OSError:
                    break
    finally:
        os.close(descriptor)
    assert os.statvfs(disk).f_bavail == 0


def _queue_until_full(store: Standing) -> list[int]:
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
            _fill(store.database.files.folder.parent)
    raise AssertionError("the disk never was full")


@pytest.mark.parametrize("is_opened_anew", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("at_once", [1, 50])
def test_all_that_was_queued_on_a_full_disk_is_acknowledged_and_the_file_shrinks(
    small_disk: Path, is_opened_anew: bool, at_once: int
) -> None:
    folder = small_disk / "store"
    with open_store(folder, ballast_bytes=BALLAST_BYTES) as store:
        taken = _queue_until_full(store)
        assert store.outbox.status().queued == len(taken) >= 3000
        if not is_opened_anew:
            _acknowledge_all(store, taken, at_once)
    if is_opened_anew:
        _fill(small_disk)
        with open_store(folder, ballast_bytes=BALLAST_BYTES) as store:
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
