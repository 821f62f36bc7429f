"""The disk that plays a program's recorded system calls: what it keeps, what it forgets, what it refuses."""

import random

import pytest

from tests.bench.system_calls import NotModelledError, ReplayedDisk, calls

FILE, OTHER = "/q/store.db", "/elsewhere/log"


def hexed(text: str | bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in (text.encode() if isinstance(text, str) else text))


def opened(path: str = FILE, flags: str = "O_RDWR|O_CREAT", descriptor: int = 3) -> str:
    return f'7 openat(AT_FDCWD<{hexed("/w")}>, "{hexed(path)}", {flags}, 0600) = {descriptor}<{hexed(path)}>'


def written(data: str, at: int, path: str = FILE) -> str:
    return f'7 pwrite64(3<{hexed(path)}>, "{hexed(data)}", {len(data)}, {at}) = {len(data)}'


def appended(data: str, path: str = FILE) -> str:
    return f'7 write(3<{hexed(path)}>, "{hexed(data)}", {len(data)}) = {len(data)}'


def synced(path: str = FILE) -> str:
    return f"7 fdatasync(3<{hexed(path)}>) = 0"


def disk(*lines: str) -> ReplayedDisk:
    played = ReplayedDisk("/q")
    for call in calls(lines):
        played.take(call)
    return played


def test_what_was_not_synced_is_forgotten_and_what_was_is_kept() -> None:
    played = disk(opened(), written("hello", 0), synced(), written("J", 0), written("!", 5))
    assert played.image(None) == {"store.db": b"hello"}


def test_random_subsets_hold_every_mixture_of_what_is_pending() -> None:
    played = disk(opened(), written("abc", 0), synced(), written("X", 0), written("Y", 2))
    drawn = {played.image(random.Random(seed))["store.db"] for seed in range(40)}
    assert drawn == {b"abc", b"Xbc", b"abY", b"XbY"}


def test_a_sync_covers_what_had_returned_when_it_began() -> None:
    during = [
        opened(),
        written("a", 0),
        f"8 fsync(3<{hexed(FILE)}> <unfinished ...>",
        written("b", 1),
        "8 <... fsync resumed>) = 0",
    ]
    assert disk(*during).image(None) == {"store.db": b"a"}


def test_writes_without_a_place_go_on_where_the_last_ended_or_at_the_end() -> None:
    assert disk(opened(), appended("ab"), appended("cd"), synced()).image(None) == {"store.db": b"abcd"}
    again = (opened(), appended("ab"), opened(flags="O_WRONLY|O_CREAT|O_APPEND"), appended("cd"), synced())
    assert disk(*again).image(None) == {"store.db": b"abcd"}
    sought = (opened(), appended("abcd"), f"7 lseek(3<{hexed(FILE)}>, 1, SEEK_SET) = 1", appended("X"), synced())
    assert disk(*sought).image(None) == {"store.db": b"aXcd"}


def test_a_new_size_a_new_name_and_a_deletion_are_followed() -> None:
    shorter = (opened(), appended("abcd"), synced(), f"7 ftruncate(3<{hexed(FILE)}>, 2) = 0")
    assert disk(*shorter).image(None) == {"store.db": b"abcd"}
    assert disk(*shorter, synced()).image(None) == {"store.db": b"ab"}
    renamed = f'7 rename("{hexed(FILE)}", "{hexed("/q/new")}") = 0'
    assert disk(opened(), appended("ab"), synced(), renamed).image(None) == {"new": b"ab"}
    assert disk(opened(), appended("ab"), synced(), f'7 unlink("{hexed(FILE)}") = 0').image(None) == {}


def test_a_write_that_failed_or_fell_short_counts_as_far_as_it_went() -> None:
    short = f'7 pwrite64(3<{hexed(FILE)}>, "{hexed("abcd")}", 4, 0) = 2'
    failed = f'7 pwrite64(3<{hexed(FILE)}>, "{hexed("zz")}", 2, 0) = -1 ENOSPC (No space left on device)'
    assert disk(opened(), short, failed, synced()).image(None) == {"store.db": b"ab"}


def test_what_was_told_is_known_by_line() -> None:
    assert disk('7 write(1<\\x70>, "\\x30\\x0a", 2) = 2', '7 write(1<\\x70>, "\\x31\\x0a", 2) = 2').told == ["0", "1"]


def test_a_name_is_there_strictly_once_its_folder_and_those_above_were_synced() -> None:
    inner = "/q/store/a.db"
    made = [f'7 mkdir("{hexed("/q/store")}", 0700) = 0', opened(inner), written("ab", 0, inner), synced(inner)]
    whole = {"store/a.db": b"ab"}
    assert disk(*made).image() == whole
    assert disk(*made).image(strict=True) == {}
    own, above = (f"7 fsync(5<{hexed(path)}>) = 0" for path in ("/q/store", "/q"))
    assert disk(*made, own).image(strict=True) == {}
    assert disk(*made, above).image(strict=True) == {}
    assert disk(*made, own, above).image(strict=True) == whole
    deleted = f'7 unlink("{hexed(inner)}") = 0'
    assert disk(*made, own, above, deleted).image(strict=True) == whole
    assert disk(*made, own, above, deleted, own).image(strict=True) == {}


UNMODELLED = (
    opened(flags="O_RDWR|O_CREAT|O_DSYNC"),
    f"7 fallocate(3<{hexed(FILE)}>, 0, 0, 10) = 0",
    f'7 pwritev(3<{hexed(FILE)}>, [{{iov_base="{hexed("a")}", iov_len=1}}], 1, 0) = 1',
    f"7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3<{hexed(FILE)}>, 0) = 140",
    f'7 write(3<{hexed(FILE)}>, "{hexed("a")}"..., 9) = 9',
    "7 sync() = 0",
)


@pytest.mark.parametrize("line", UNMODELLED)
def test_what_is_not_modelled_stops_the_run(line: str) -> None:
    with pytest.raises(NotModelledError):
        disk(opened(), line)


def test_files_elsewhere_and_the_index_of_a_log_are_nobodys_business() -> None:
    index = "/q/store.db-shm"
    mapped = f"7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 3<{hexed(index)}>, 0) = 140"
    assert disk(opened(OTHER), written("a", 0, OTHER), opened(index), mapped).image(None) == {}
