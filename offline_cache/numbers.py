"""Numbers that this terminal gives to what it does: each once, for ever, kept on the disk before it is given out.

A number is an epoch and a counter. The counter goes up by one; the epoch changes only when the file is lost or damaged,
and then to a value that no earlier file had: the seconds since 2024 by the wall clock, but always above every epoch that the
names in the folder show. Files are written beside, flushed, renamed, and the folder flushed; only then is the number
given out. A number that could not be kept is skipped, never given twice. One process holds the store (advisory lock).
"""

import contextlib
import fcntl
import json
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from kiosk.base.errors import BudayangError

_EPOCH_START = datetime(2024, 1, 1, tzinfo=UTC)
_FILE = re.compile(r"numbers-([0-9]{1,18})\.json")
_SIZE_LIMIT = 4096


@dataclass(frozen=True)
class StoreNumber:
    """One number: `epoch` of the store and `counter` within it, from 1."""

    epoch: int
    counter: int


class FileSystem(Protocol):
    """What the store does on a disk; a test puts a full or failing one in its place. All raise OSError."""

    def write_durably(self, path: Path, content: bytes) -> None:
        """Replaces `path` by `content`, whole or not at all, and returns when it would survive a loss of power."""

    def read(self, path: Path) -> bytes:
        """The content of a file."""


class DiskFileSystem:
    """The real disk."""

    def write_durably(self, path: Path, content: bytes) -> None:
        beside = path.with_suffix(".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def read(self, path: Path) -> bytes:
        with path.open("rb") as file:
            return file.read(_SIZE_LIMIT)


class NumberNotKeptError(BudayangError):
    """The number could not be kept, so none is given; its problem is ``documents.number_not_kept``."""

    def __init__(self) -> None:
        super().__init__("documents.number_not_kept")


class NumberStore:
    """The durable counter in `folder`; not for two threads at once.

    Args:
        folder: made with mode 0700 if missing.
        now: aware wall time, used only to choose a new epoch.
        file_system: the disk.

    Raises:
        NumberNotKeptError: the folder cannot be made or locked, e.g. because another process holds it.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], file_system: FileSystem | None = None) -> None:
        self._folder = folder
        self._now = now
        self._disk = file_system or DiskFileSystem()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = os.open(folder / "numbers.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise NumberNotKeptError from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._last = self._read()
        except OSError as error:
            os.close(self._lock)
            raise NumberNotKeptError from error

    @property
    def epoch(self) -> int:
        """The epoch of the next number."""
        return self._last.epoch

    def take(self) -> StoreNumber:
        """The next number, on the disk already when it returns; blocks for one flush of the disk.

        Raises:
            NumberNotKeptError: it could not be kept; the number is skipped.
        """
        number = StoreNumber(self._last.epoch, self._last.counter + 1)
        # Taken even if keeping it fails: the write may have reached the disk before the error.
        self._last = number
        try:
            self._disk.write_durably(self._path(number.epoch), _encode(number))
        except OSError as error:
            raise NumberNotKeptError from error
        return number

    def close(self) -> None:
        """Gives the folder to others; a second call does nothing."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _path(self, epoch: int) -> Path:
        return self._folder / f"numbers-{epoch}.json"

    def _read(self) -> StoreNumber:
        """The last number of the newest epoch; a new epoch if its file is missing or damaged."""
        epochs = [int(match[1]) for path in self._folder.iterdir() if (match := _FILE.fullmatch(path.name))]
        newest = max(epochs, default=-1)
        if newest >= 0:
            number = _decode(self._disk.read(self._path(newest)))
            if number is not None and number.epoch == newest:
                return number
        by_clock = int((self._now() - _EPOCH_START).total_seconds())
        return StoreNumber(max(by_clock, newest + 1, 0), 0)


def _encode(number: StoreNumber) -> bytes:
    body = json.dumps({"counter": number.counter, "epoch": number.epoch}, separators=(",", ":"))
    return f"{body}\n{zlib.crc32(body.encode()):08x}\n".encode()


def _decode(content: bytes) -> StoreNumber | None:
    """None unless checksum and fields are right."""
    body, _, rest = content.partition(b"\n")
    if rest != f"{zlib.crc32(body):08x}\n".encode():
        return None
    try:
        fields = json.loads(body)
        epoch, counter = fields["epoch"], fields["counter"]
    except (ValueError, KeyError, TypeError):
        return None
    if type(epoch) is not int or type(counter) is not int or counter < 0:
        return None
    return StoreNumber(epoch, counter)
