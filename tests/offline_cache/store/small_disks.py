"""Disks of 24 MiB that get full: a memory file system, where one may be mounted, and a bound on the bytes of a folder, anywhere.

The bounded one is SQLite's own (apsw) over a VFS that refuses to grow a file beyond the bound, as a full disk does; other files are
refused in the same way by whoever writes them here.
"""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from offline_cache.store.connection import ConnectionFactory, DatabaseError, SqliteConnection
from offline_cache.store.space import Ballast
from tests.offline_cache.crash.apsw_connection import ApswConnection

SIZE_BYTES = 24 << 20


@dataclass
class SmallDisk:
    """`fill` leaves not a byte; `free_bytes` tells how many there are."""

    place: Path
    connect: ConnectionFactory = SqliteConnection

    def free_bytes(self) -> int:
        numbers = os.statvfs(self.place)
        return numbers.f_bavail * numbers.f_frsize

    def fill(self) -> None:
        descriptor = os.open(self.place / "others", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab", buffering=0) as others, contextlib.suppress(OSError):
            while True:
                others.write(bytes(1 << 16))
        with (self.place / "others").open("ab", buffering=0) as others, contextlib.suppress(OSError):
            while True:
                others.write(b"\0")
        assert self.free_bytes() == 0


class BoundedDisk(SmallDisk):
    """See the module."""

    def free_bytes(self) -> int:
        return SIZE_BYTES - sum(path.stat().st_size for path in self.place.rglob("*") if path.is_file())

    def fill(self) -> None:
        with (self.place / "others").open("ab") as others:
            others.truncate(others.tell() + self.free_bytes())
        assert self.free_bytes() == 0


class _Connection(ApswConnection):
    """apsw raises what a VFS refused while closing; SQLite itself lets the log lie where it cannot be written back."""

    def close(self) -> None:
        with contextlib.suppress(DatabaseError):
            super().close()


class _BoundedVfs(apsw.VFS):
    def __init__(self, name: str, disk: BoundedDisk) -> None:
        self.disk = disk
        super().__init__(name, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "_BoundedFile":
        return _BoundedFile(self.disk, name, flags)


class _BoundedFile(apsw.VFSFile):
    def __init__(self, disk: BoundedDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        growth = offset + len(data) - self.xFileSize()
        if growth > 0 and growth > self._disk.free_bytes():
            raise apsw.exception_for(apsw.SQLITE_FULL)
        super().xWrite(data, offset)


def may_mount() -> bool:
    """Whether this user may mount a memory file system here."""
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=False, stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            subprocess.run(["umount", place], check=True)
        return done.returncode == 0


@contextmanager
def memory_disk(place: Path) -> Iterator[SmallDisk]:
    """Of the kernel, really full."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_BYTES}", "tmpfs", place], check=True)
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def bounded_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """Needs no rights."""

    def connect(path: Path, *, read_only: bool = False) -> _Connection:
        return _Connection(path, "bounded", read_only=read_only, rewrite={})

    disk = BoundedDisk(place, connect)
    vfs = _BoundedVfs("bounded", disk)
    restore = Ballast.restore

    def restore_if_it_fits(ballast: Ballast) -> bool:
        return ballast.is_whole or (disk.free_bytes() >= ballast._size and restore(ballast))

    monkeypatch.setattr(Ballast, "restore", restore_if_it_fits)
    try:
        yield disk
    finally:
        vfs.unregister()
