"""A file that a command writes for the technician: never over another one, never readable by others."""

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self


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
