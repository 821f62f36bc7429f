"""Room: what the store may hold, what is promised to visits under way, and the ballast that is thrown off when the disk is full.

On a full disk not even an acknowledgement can be written, since deleting wants room in the log. So a file of real bytes is
kept that is given up first; then everything queued can still be acknowledged, and the file shrinks.
"""

import contextlib
import math
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.base.errors import Problem
from offline_cache.store.connection import WAL_LIMIT_BYTES

BALLAST_BYTES = 2 * WAL_LIMIT_BYTES
LOOK_AGAIN_S = 1.0
"""So long what the disk was seen to have free counts, for items that come without a reservation; others fill it, too."""
ROW_BYTES = 16 * 1024
"""An item takes so much more than its body at most, in the file and in the log."""
_PIECE = 1 << 16


@dataclass(frozen=True)
class Bounds:
    """What the store takes in at most.

    Attributes:
        rows: items that have not ended.
        bytes: bodies and attachments of them.
        oldest_s: age of the oldest queued item; beyond it nothing new is taken, since nobody may be sending any more.
        free_bytes: of the disk, left for everybody else.
    """

    rows: int = 20_000
    bytes: int = 2 << 30
    oldest_s: float = 7 * 86_400
    free_bytes: int = 256 << 20


class Usage(NamedTuple):
    """What the store holds now; `oldest_s` is 0 when nothing is queued."""

    rows: int
    bytes: int
    oldest_s: float


class DiskSpace(Protocol):
    """What is asked of the disk; replaced in tests."""

    def free_bytes(self, folder: Path) -> int:
        """Bytes that an unprivileged program may still write. Raises OSError."""


class MachineDisk:
    """The real one."""

    def free_bytes(self, folder: Path) -> int:
        numbers = os.statvfs(folder)
        return numbers.f_bavail * numbers.f_frsize


class Reservation:
    """Room that is promised to one visit, so that a visit begun can end; `release` it when the visit has ended.

    `rows` and `bytes` are what is left of it.
    """

    def __init__(self, rows: int, size: int, on_release: Callable[["Reservation"], None]) -> None:
        self.rows = rows
        self.bytes = size
        self._on_release = on_release

    def use(self, rows: int, size: int) -> None:
        """So much of it lies in the store now, and is promised no more."""
        self.rows = max(0, self.rows - rows)
        self.bytes = max(0, self.bytes - size)

    def release(self) -> None:
        """Gives back what was not used: nothing is promised any more. Twice is allowed."""
        self._on_release(self)
        self.rows = self.bytes = 0


class Room:
    """Who may still put something in. Any thread.

    Args:
        usage: what the store holds at this monotonic second.
        folder: on the disk in question.
        now: monotonic seconds.
    """

    def __init__(
        self,
        bounds: Bounds,
        usage: Callable[[float], Usage],
        folder: Path,
        disk: DiskSpace | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bounds = bounds
        self._usage = usage
        self._folder = folder
        self._disk = disk or MachineDisk()
        self._lock = threading.Lock()
        self._promised: set[Reservation] = set()
        self._now = now
        self._looked_s = -math.inf
        self._free = 0  # when the disk was looked at, less what has been let in since

    def reserve(self, rows: int, size: int) -> Reservation | Problem:
        """Room for a visit's worst case, or why there is none: asked before the citizen begins."""
        with self._lock:
            self._looked_s = -math.inf
            problem = self.refusal(rows, size)
            if problem is not None:
                return problem
            reservation = Reservation(rows, size, self._release)
            self._promised.add(reservation)
            return reservation

    def refusal(self, rows: int, size: int, within: Reservation | None = None) -> Problem | None:
        """Why so much more cannot be taken now; None when it can.

        Args:
            within: of the visit: what it has promised is not asked again, what goes beyond it is.
        """
        if within is not None:
            rows, size = max(0, rows - within.rows), max(0, size - within.bytes)
            if not rows and not size:
                return None
        bounds, now = self._bounds, self._now()
        lying_rows, lying_bytes, oldest_s = self._usage(now)
        promised_rows = promised_bytes = 0
        if self._promised:
            for one in tuple(self._promised):  # at once: others come and go
                promised_rows += one.rows
                promised_bytes += one.bytes
        if lying_rows + promised_rows + rows > bounds.rows or lying_bytes + promised_bytes + size > bounds.bytes:
            return Problem("offline.full")
        if oldest_s > bounds.oldest_s:
            return Problem("offline.too_old")
        wanted = promised_bytes + size + bounds.free_bytes
        # what is let in between two looks is taken off, and nothing is refused without a fresh one
        if now - self._looked_s >= LOOK_AGAIN_S or self._free - rows * ROW_BYTES < wanted:
            try:
                self._free = self._disk.free_bytes(self._folder)
            except OSError:
                return Problem("offline.disk")
            self._looked_s = now
            if self._free < wanted:
                return Problem("offline.disk_full")
        self._free -= size + rows * ROW_BYTES
        return None

    def _release(self, reservation: Reservation) -> None:
        with self._lock:
            self._promised.discard(reservation)


class Ballast:
    """The file that is given up when the disk is full, and written anew when there is room again."""

    def __init__(
        self, path: Path, size: int = BALLAST_BYTES, random_bytes: Callable[[int], bytes] = secrets.token_bytes
    ):
        self._path = path
        self._size = size
        self._random_bytes = random_bytes
        self._beside = path.with_suffix(".new")

    @property
    def is_whole(self) -> bool:
        """Whether it could be thrown off now."""
        try:
            return self._path.stat().st_size >= self._size
        except OSError:
            return False

    def throw_off(self) -> bool:
        """Gives its room back; returns whether there was any."""
        was_there = self._path.exists()
        for path in (self._path, self._beside):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        return was_there and not self._path.exists()

    def restore(self) -> bool:
        """Writes it again, with bytes that no file system can pack; returns whether it is whole. Never raises."""
        if self.is_whole:
            return True
        beside = self._beside
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for _ in range(0, self._size, _PIECE):
                    file.write(self._random_bytes(_PIECE))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return False
        return True
