"""Ordinary files on the forgetful disk: sealed attachments and the vault.

Beside each real file lies what would survive: content after `flush`, names after `flush_folder`, strictly. An image has a random subset of
the writes and of the names that are pending; a renaming is whole or not at all.
"""

import errno
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from offline_cache.store.files import DiskFiles, Files, ReadingFile, WritingFile
from tests.offline_cache.crash.disk_model import RememberedFile, apply, torn

Change = Callable[[dict[str, RememberedFile]], object]


@contextmanager
def _as_system() -> Iterator[None]:
    """A planned fault of the harness as the operating system tells it."""
    try:
        yield
    except apsw.FullError:
        raise OSError(errno.ENOSPC, "planned") from None
    except apsw.Error:
        raise OSError(errno.EIO, "planned") from None


class RememberingFiles:
    """Fulfils `offline_cache.store.files.Files` over the real disk.

    Args:
        root: the store's folder; names of an image are relative to it.
        on_call: as of `Disk`.
    """

    def __init__(self, root: Path, on_call: Callable[[str], None]) -> None:
        self._root = root
        self._on_call = on_call
        self._real: Files = DiskFiles()
        self._there: dict[str, RememberedFile] = {}
        self._durable: dict[str, RememberedFile] = {}
        self._pending: list[tuple[str, Change]] = []  # folder, change of its names

    def image(self, chance: random.Random | None) -> dict[str, bytes]:
        """What could be there if the power went now; without a chance nothing of what is pending."""
        names = dict(self._durable)
        share = chance.choice((0.0, 0.5, 0.9, 1.0)) if chance is not None else 0.0
        for _, change in self._pending:
            if chance is not None and chance.random() < share:
                change(names)
        drawn = {}
        for name, file in names.items():
            content = bytearray(file.durable)
            for write in file.pending:
                if chance is not None and chance.random() < share:
                    apply(content, torn(write, chance))
            drawn[name] = bytes(content)
        return drawn

    def make_folder(self, folder: Path) -> None:
        self._real.make_folder(folder)

    def create(self, path: Path) -> WritingFile:
        self._call("create")
        real = self._real.create(path)
        name, file = self._name(path), RememberedFile()
        self._there[name] = file
        self._change(path, lambda names: names.update({name: file}))
        return _Writing(real, file, self._call)

    def open(self, path: Path) -> ReadingFile:
        return self._real.open(path)

    def read(self, path: Path) -> bytes:
        return self._real.read(path)

    def replace(self, path: Path, content: bytes) -> None:
        beside = path.with_name(path.name + ".new")
        self.remove(beside)
        file = self.create(beside)
        try:
            file.write(content)
            file.flush()
        finally:
            file.close()
        self.move(beside, path)
        self.flush_folder(path.parent)

    def move(self, path: Path, to: Path) -> None:
        self._call("rename")
        self._real.move(path, to)
        before, after = self._name(path), self._name(to)
        file = self._there[after] = self._there.pop(before)

        def rename(names: dict[str, RememberedFile]) -> None:
            names.pop(before, None)
            names[after] = file

        self._change(to, rename)

    def remove(self, path: Path) -> None:
        self._call("delete")
        self._real.remove(path)
        name = self._name(path)
        self._there.pop(name, None)
        self._change(path, lambda names: names.pop(name, None))

    def flush_folder(self, folder: Path) -> None:
        self._call("sync")
        name = self._name(folder)
        for _, change in [one for one in self._pending if one[0] == name]:
            change(self._durable)
        self._pending = [one for one in self._pending if one[0] != name]
        self._call("synced")

    def names(self, folder: Path) -> list[str]:
        return self._real.names(folder)

    def _change(self, path: Path, change: Change) -> None:
        self._pending.append((self._name(path.parent), change))

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._root))

    def _call(self, point: str) -> None:
        with _as_system():
            self._on_call(point)


class _Writing:
    def __init__(self, real: WritingFile, file: RememberedFile, call: Callable[[str], None]) -> None:
        self._real = real
        self._file = file
        self._call = call
        self._size = 0

    def write(self, data: bytes) -> None:
        self._call("write")
        self._real.write(data)
        self._file.pending.append((self._size, data))
        self._size += len(data)
        self._call("written")

    def flush(self) -> None:
        self._call("sync")
        for change in self._file.pending:
            apply(self._file.durable, change)
        self._file.pending.clear()
        self._call("synced")

    def close(self) -> None:
        self._real.close()
