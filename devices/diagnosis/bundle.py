"""The bundle as one file: gzip over tar (POSIX.1-1988 ustar), the same bytes for the same contents.

Names, order, times (0), owners (0) and modes (0600) are fixed, so that two bundles can be compared byte by byte and the file
tells nothing of who made it.
"""

import contextlib
import gzip
import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

FOLDER = "budayang-diagnosis"
"""Every member lies in it."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """Packs `members`, name -> contents."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(members):
            info = tarfile.TarInfo(f"{FOLDER}/{name}")
            info.size = len(members[name])
            info.mode = 0o600
            tar.addfile(info, io.BytesIO(members[name]))
    return gzip.compress(raw.getvalue(), mtime=0)


class NewFile:
    """A file that was not there before, of its owner alone; gone again unless `write` was reached. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._is_written = False

    def write(self, data: bytes) -> None:
        """Writes all of it to the disk. Raises OSError."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._number, rest) :]
        os.fsync(self._number)
        self._is_written = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._number)
        if not self._is_written:
            with contextlib.suppress(OSError):
                self._path.unlink()
