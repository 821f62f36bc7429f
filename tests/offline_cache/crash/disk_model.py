"""A disk that remembers what would survive a loss of power, beneath a real SQLite (an apsw VFS over the ordinary one).

For each file it keeps the durable bytes and, in order, the writes and truncations since the last sync. A sync makes them
durable. At any moment an image can be drawn: the durable bytes with a random subset of what is pending, some of it torn at
a sector's boundary, as a disk may leave it that reorders and was cut off. Creation and deletion of a file count at once
(lenient; SQLite syncs the folder itself). What the model does not know stops the run: memory maps and sector batches.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR = 512
TORN = 0.3


@dataclass
class RememberedFile:
    """What would survive of a file, and what is pending."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)  # (offset, data), or a new size


def apply(content: bytearray, change: tuple[int, bytes] | int) -> None:
    """Does a write or a change of size."""
    if isinstance(change, int):
        del content[change:]
        content.extend(bytes(change - len(content)))
        return
    offset, data = change
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def torn(change: tuple[int, bytes] | int, chance: random.Random) -> tuple[int, bytes] | int:
    """The change, or a first part of it up to a sector's boundary."""
    if isinstance(change, int) or chance.random() >= TORN or len(change[1]) <= SECTOR:
        return change
    return change[0], change[1][: chance.randrange(SECTOR, len(change[1]), SECTOR)]


class Disk:
    """All files of one run, by name within the store's folder.

    Args:
        on_call: called before and after each call that changes something, with its name; it may draw images, or raise
            an `apsw` error to let the call fail.
    """

    def __init__(self, on_call: Callable[[str], None]) -> None:
        self._files: dict[str, RememberedFile] = {}
        self.on_call = on_call
        self.syncs = 0

    def open(self, name: str) -> None:
        self._files.setdefault(name, RememberedFile())

    def forget_pending(self) -> None:
        """As after a clean flush of everything."""
        for file in self._files.values():
            for change in file.pending:
                apply(file.durable, change)
            file.pending.clear()

    def write(self, name: str, offset: int, data: bytes) -> None:
        self._files[name].pending.append((offset, bytes(data)))

    def truncate(self, name: str, size: int) -> None:
        self._files[name].pending.append(size)

    def sync(self, name: str) -> None:
        self.syncs += 1
        file = self._files[name]
        for change in file.pending:
            apply(file.durable, change)
        file.pending.clear()

    def delete(self, name: str) -> None:
        self._files.pop(name, None)

    def has_pending(self) -> bool:
        return any(file.pending for file in self._files.values())

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """What could be on the disk if the power went now."""
        share = chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        drawn = {}
        for name, file in self._files.items():
            content = bytearray(file.durable)
            for change in file.pending:
                if chance.random() < share:
                    apply(content, torn(change, chance))
            drawn[name] = bytes(content)
        return drawn


class RememberingVfs(apsw.VFS):
    """The ordinary VFS with a `Disk` beside it; unregister by `unregister`."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, "unix")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "RememberingFile":
        return RememberingFile(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.on_call("delete")
        super().xDelete(filename, syncdir)
        self.disk.delete(Path(filename).name)


class RememberingFile(apsw.VFSFile):
    """One open file."""

    def __init__(self, vfs: RememberingVfs, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = vfs.disk
        address = name.filename() if isinstance(name, apsw.URIFilename) else name
        assert address is not None, "a temporary file: temp_store must be memory"
        self._name = Path(address).name
        self._disk.open(self._name)
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.on_call("write")
        super().xWrite(data, offset)
        self._disk.write(self._name, offset, data)
        self._disk.on_call("written")

    def xTruncate(self, newsize: int) -> None:
        self._disk.on_call("truncate")
        super().xTruncate(newsize)
        self._disk.truncate(self._name, newsize)

    def xSync(self, flags: int) -> None:
        self._disk.on_call("sync")
        super().xSync(flags)
        self._disk.sync(self._name)
        self._disk.on_call("synced")

    def xFileControl(self, op: int, ptr: int) -> bool:
        if op == apsw.SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
            return False
        return super().xFileControl(op, ptr)
