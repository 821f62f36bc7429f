"""What the store does with files of its own beside the database; the crash harness puts a forgetful disk in its place.

A file's content is durable after `WritingFile.flush`, its name after `flush_folder`: both, or a loss of power may take it.
"""

import contextlib
import os
from pathlib import Path
from typing import Protocol

_LARGEST_READ = 1 << 20


class WritingFile(Protocol):
    """A file being written, from its beginning. All raise OSError."""

    def write(self, data: bytes) -> None:
        """At the end, whole."""

    def flush(self) -> None:
        """Returns when the content would survive a loss of power."""

    def close(self) -> None:
        """Twice is allowed."""


class ReadingFile(Protocol):
    """A file being read at any place. All raise OSError."""

    size: int

    def read_at(self, offset: int, count: int) -> bytes:
        """At most `count` bytes, fewer only at the end."""

    def close(self) -> None:
        """Twice is allowed."""


class Files(Protocol):
    """A disk. All raise OSError."""

    def make_folder(self, folder: Path) -> None:
        """With mode 0700, durably, unless it is there."""

    def create(self, path: Path) -> WritingFile:
        """A new file of mode 0600; FileExistsError when there is one."""

    def open(self, path: Path) -> ReadingFile:
        """FileNotFoundError when there is none."""

    def read(self, path: Path) -> bytes:
        """A small file, at most 1 MiB of it."""

    def replace(self, path: Path, content: bytes) -> None:
        """Whole or not at all, of mode 0600, and durable when it returns."""

    def move(self, path: Path, to: Path) -> None:
        """Within one file system; names are flushed by `flush_folder`."""

    def remove(self, path: Path) -> None:
        """Nothing happens when it is not there."""

    def flush_folder(self, folder: Path) -> None:
        """Returns when the folder's names would survive a loss of power."""

    def names(self, folder: Path) -> list[str]:
        """Names of files in the folder; empty when it is not there."""


class _DiskWritingFile:
    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(self._descriptor, left) :]

    def flush(self) -> None:
        os.fsync(self._descriptor)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class _DiskReadingFile:
    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        self.size = os.fstat(self._descriptor).st_size

    def read_at(self, offset: int, count: int) -> bytes:
        pieces: list[bytes] = []
        while count > 0:
            piece = os.pread(self._descriptor, count, offset)
            if not piece:
                break
            pieces.append(piece)
            offset += len(piece)
            count -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class DiskFiles:
    """The real disk."""

    def make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.flush_folder(folder.parent)

    def create(self, path: Path) -> WritingFile:
        return _DiskWritingFile(path)

    def open(self, path: Path) -> ReadingFile:
        return _DiskReadingFile(path)

    def read(self, path: Path) -> bytes:
        with path.open("rb") as file:
            return file.read(_LARGEST_READ)

    def replace(self, path: Path, content: bytes) -> None:
        beside = path.with_name(path.name + ".new")
        beside.unlink(missing_ok=True)
        file = _DiskWritingFile(beside)
        try:
            try:
                file.write(content)
                file.flush()
            finally:
                file.close()
            beside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        self.flush_folder(path.parent)

    def move(self, path: Path, to: Path) -> None:
        path.replace(to)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def flush_folder(self, folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def names(self, folder: Path) -> list[str]:
        try:
            return sorted(entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))
        except FileNotFoundError:
            return []
