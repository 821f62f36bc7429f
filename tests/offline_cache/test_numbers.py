"""Numbers are given once, whatever happens to the disk or to the process."""

import errno
import os
import signal
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

import offline_cache
from offline_cache.numbers import DiskFileSystem, NumberNotKeptError, NumberStore, StoreNumber

ROOT = Path(offline_cache.__file__).parents[1]


def now() -> datetime:
    return datetime(2026, 3, 5, tzinfo=UTC)


def then() -> datetime:
    """A clock that went back behind every epoch given so far."""
    return datetime(2020, 1, 1, tzinfo=UTC)


def take_one(folder: Path, clock: object = now) -> StoreNumber:
    store = NumberStore(folder, now if clock is now else then)
    try:
        return store.take()
    finally:
        store.close()


class FailingDisk(DiskFileSystem):
    """Fails while `fails`, before or after the bytes reached the disk."""

    def __init__(self, *, after: bool) -> None:
        self.fails = False
        self._after = after

    def write_durably(self, path: Path, content: bytes) -> None:
        if self.fails and not self._after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write_durably(path, content)
        if self.fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_numbers_go_up_by_one_and_on_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = NumberStore(folder, now)
    first, second = store.take(), store.take()
    store.close()
    store.close()
    third = take_one(folder)
    assert [n.counter for n in (first, second, third)] == [1, 2, 3]
    assert first.epoch == second.epoch == third.epoch == 68_601_600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


@pytest.mark.parametrize("after", [False, True])
def test_a_full_or_failing_disk_gives_no_number_and_never_the_same_twice(tmp_path: Path, after: bool) -> None:
    disk = FailingDisk(after=after)
    store = NumberStore(tmp_path, now, disk)
    given = [store.take()]
    disk.fails = True
    for _ in range(2):
        with pytest.raises(NumberNotKeptError) as caught:
            store.take()
        assert caught.value.problem.key == "documents.number_not_kept"
    disk.fails = False
    given.append(store.take())
    store.close()
    given.append(take_one(tmp_path))
    assert len(set(given)) == 3
    assert [n.counter for n in given] == sorted(n.counter for n in given)
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b'{"counter":1,"epoch":68601600}\n00000000\n',
        b"\x00" * 64,
        b'{"counter":7,"epo',
    ],
)
def test_a_damaged_file_starts_a_new_epoch_even_when_the_clock_went_back(tmp_path: Path, damage: bytes) -> None:
    before = take_one(tmp_path)
    (tmp_path / f"numbers-{before.epoch}.json").write_bytes(damage)
    middle = take_one(tmp_path, then)
    assert middle == StoreNumber(before.epoch + 1, 1)
    (tmp_path / f"numbers-{middle.epoch}.json").write_bytes(damage)
    assert take_one(tmp_path, then) == StoreNumber(before.epoch + 2, 1)


def test_a_file_put_in_the_place_of_another_epoch_is_not_believed(tmp_path: Path) -> None:
    before = take_one(tmp_path)
    path = tmp_path / f"numbers-{before.epoch}.json"
    path.rename(tmp_path / f"numbers-{before.epoch + 5}.json")
    assert take_one(tmp_path).epoch == before.epoch + 6


def test_two_processes_cannot_hold_one_store(tmp_path: Path) -> None:
    store = NumberStore(tmp_path, now)
    with pytest.raises(NumberNotKeptError):
        NumberStore(tmp_path, now)
    store.close()
    assert take_one(tmp_path).counter == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NumberNotKeptError):
        NumberStore(tmp_path / "file" / "store", now)


def test_numbers_survive_a_kill_at_any_moment(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; "
        "from offline_cache.numbers import NumberStore; "
        "s = NumberStore(Path(sys.argv[1]), lambda: datetime(2026, 3, 5, tzinfo=UTC))\n"
        "while True:\n    n = s.take(); print(n.epoch, n.counter, flush=True)\n"
    )
    given: list[tuple[int, int]] = []
    for wanted in (1, 7, 40):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(wanted)]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.read().splitlines()
        for line in lines:
            epoch, counter = line.split()
            given.append((int(epoch), int(counter)))
    last = take_one(tmp_path)
    given.append((last.epoch, last.counter))
    assert len(given) >= 49
    assert len({epoch for epoch, _ in given}) == 1
    assert [counter for _, counter in given] == sorted({counter for _, counter in given})


def test_a_disk_that_fails_in_mid_write_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = NumberStore(tmp_path, now)
    first = store.take()

    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(NumberNotKeptError):
            store.take()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"numbers-{first.epoch}.json", "numbers.lock"]
    store.close()
    assert take_one(tmp_path) == StoreNumber(first.epoch, 2)


@pytest.mark.parametrize("body", [b"[]", b'{"counter":"1","epoch":5}', b'{"counter":-1,"epoch":5}', b"nonsense"])
def test_right_checksums_over_wrong_words_are_not_believed(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "numbers-5.json").write_bytes(body + f"\n{zlib.crc32(body):08x}\n".encode())
    assert take_one(tmp_path, then) == StoreNumber(6, 1)
