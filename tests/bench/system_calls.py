"""A program's system calls, as ``strace`` tells them, played again on a disk that remembers what would survive a loss of power.

A write or a change of size is pending until its file is synced. Creation, renaming and deletion of a name count at once, as they do in
practice on file systems that write a new file's name with its first sync, or, strictly, once its folder was synced. A sync covers
what had returned when it began. What is not modelled stops the run.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.offline_cache.crash.disk_model import apply, torn

TRACED = (
    "open,openat,openat2,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync,syncfs,"
    "sync_file_range,mkdir,mkdirat,rmdir,truncate,ftruncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mmap,msync,"
    "sendfile,copy_file_range,splice"
)
WORDS = (
    "strace", "-f", "-y", "-xx", "-qq", "--seccomp-bpf", "-s", "1048576", "-e", f"trace={TRACED}", "-e", "signal=none"
)  # fmt: skip
"""The command; ``-o FILE`` and the program follow."""
KEPT = 0.5

_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"
_RESULT = re.compile(r"\) += (-?\d+)")
_FILE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_NUMBER = re.compile(r"-?\d+")
_WHOLE_WRITES = frozenset({"write", "pwrite64"})
_NOT_MODELLED = frozenset(
    {"writev", "pwritev", "pwritev2", "sync_file_range", "truncate", "fallocate", "link", "linkat", "sendfile",
     "copy_file_range", "splice", "dup", "dup2", "dup3", "msync", "sync", "syncfs", "openat2", "creat"}
)  # fmt: skip


class NotModelledError(Exception):
    """A call that this model does not know has touched the folder; the text names it."""


@dataclass(frozen=True)
class Call:
    """A call that returned; `began` and `ended` count lines of the trace."""

    name: str
    words: str
    result: int
    began: int
    ended: int


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """In the order in which they returned."""
    waiting: dict[tuple[str, str], tuple[str, int]] = {}
    for number, line in enumerate(lines):
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            continue
        pid, resumed, name, words = found.groups()
        if words.endswith(_UNFINISHED):
            waiting[pid, name] = words.removesuffix(_UNFINISHED), number
            continue
        began = number
        if resumed is not None:
            name = resumed
            first, began = waiting.pop((pid, name), ("", number))
            words = first + words
        result = _RESULT.search(words, words.rfind(") "))
        if result is not None and int(result[1]) >= 0:
            yield Call(name, words[: result.start()], int(result[1]), began, number)


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, tuple[int, bytes] | int]] = field(default_factory=list)  # (when it returned, change)
    size: int = 0


class ReplayedDisk:
    """The files of one folder, by path within it. `told`: what the program has told on its standard output, line by line."""

    def __init__(self, folder: str) -> None:
        self._root = PurePosixPath(folder)
        self._files: dict[str, _File] = {}
        self._folders: set[str] = set()
        self._kept_files: dict[str, _File] = {}  # by the names that were synced
        self._kept_folders = {"."}
        self._places: dict[int, int] = {}  # of a descriptor, its offset; -1 appends
        self.told: list[str] = []

    def take(self, call: Call) -> None:
        """Raises NotModelledError."""
        if call.name in ("open", "openat"):
            self._open(call)
        elif call.name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"):
            self._names(call)
        elif call.name == "mmap":
            if "MAP_SHARED" in call.words and "PROT_WRITE" in call.words and self._named(call) is not None:
                raise NotModelledError("a shared, writable map")
        elif call.name in _NOT_MODELLED:
            if self._named(call) is not None or call.name in ("sync", "syncfs"):
                raise NotModelledError(call.name)
        elif call.name != "close":
            self._change(call)

    def image(self, chance: random.Random | None = None, *, strict: bool = False) -> dict[str, bytes]:
        """What a cut at this moment leaves: nothing that was not synced, or, with `chance`, a subset of it, some of it torn.

        `strict`: only under names that were synced with their folders.
        """
        drawn = {}
        for name, file in (self._kept_files if strict else self._files).items():
            if strict and not all(str(parent) in self._kept_folders for parent in PurePosixPath(name).parents):
                continue
            content = bytearray(file.durable)
            for _, change in file.pending if chance is not None else ():
                if chance is not None and chance.random() < KEPT:
                    apply(content, torn(change, chance))
            drawn[name] = bytes(content)
        return drawn

    def _within(self, path: str) -> str | None:
        """The name within the folder; None for what lies elsewhere, and for the index of a log, which no start believes."""
        here = PurePosixPath(path)
        if not here.is_relative_to(self._root) or here == self._root or path.endswith("-shm"):
            return None
        return str(here.relative_to(self._root))

    def _named(self, call: Call) -> str | None:
        """The file of the call's first descriptor."""
        found = _FILE.search(call.words)
        return self._within(_plain(found[2])) if found is not None and found[3] is None else None

    def _open(self, call: Call) -> None:
        found = _FILE.match(call.words) if call.name == "openat" else None
        text = _TEXT.search(call.words)
        assert text is not None, call.words
        path = _plain(text[1])
        if not path.startswith("/") and found is not None:
            path = f"{_plain(found[2])}/{path}"
        name = self._within(path)
        self._places[call.result] = -1 if "O_APPEND" in call.words else 0
        if name is None or "O_DIRECTORY" in call.words or not re.search("O_CREAT|O_WRONLY|O_RDWR", call.words):
            return
        if re.search("O_D?SYNC|O_DIRECT|O_TMPFILE", call.words):
            raise NotModelledError("a file that is opened in a way of its own")
        file = self._files.setdefault(name, _File())
        if "O_TRUNC" in call.words:
            file.pending.append((call.ended, 0))
            file.size = 0

    def _names(self, call: Call) -> None:
        names = [self._within(_plain(found[1])) for found in _TEXT.finditer(call.words)]
        first = names[0] or ""
        if call.name.startswith("mkdir"):
            self._folders.update(filter(None, [first]))
        elif call.name == "rmdir":
            self._folders.discard(first)
        elif call.name.startswith("unlink"):
            self._files.pop(first, None)
        elif first in self._files:
            if names[1] is None:
                raise NotModelledError("a file that leaves the folder")
            self._files[names[1]] = self._files.pop(first)
        elif first in self._folders:
            raise NotModelledError("a folder that is renamed")

    def _change(self, call: Call) -> None:
        found = _FILE.match(call.words)
        if found is None:
            return
        descriptor, rest = int(found[1]), call.words[found.end() :]
        if call.name == "write" and descriptor == 1:
            self.told += _data(rest).decode().split("\n")[:-1]
            return
        path = _plain(found[2])
        name = None if found[3] else self._within(path)
        if call.name == "fsync" and (PurePosixPath(path) == self._root or name in self._folders):
            self._keep_names(name or ".")
            return
        file = self._files.get(name) if name is not None else None
        if file is None:
            return
        if call.name == "lseek":
            self._places[descriptor] = call.result
        elif call.name in _WHOLE_WRITES:
            data = _data(rest)[: call.result]
            if call.name == "pwrite64":
                at = int(_NUMBER.findall(rest[rest.rindex('"') :])[-1])
            else:
                at = self._places[descriptor]
                at = file.size if at < 0 else at
                if self._places[descriptor] >= 0:
                    self._places[descriptor] = at + len(data)
            file.pending.append((call.ended, (at, data)))
            file.size = max(file.size, at + len(data))
        elif call.name == "ftruncate":
            file.size = int(_NUMBER.findall(rest)[-1])
            file.pending.append((call.ended, file.size))
        elif call.name in ("fsync", "fdatasync"):
            for when, change in file.pending:
                if when < call.began:
                    apply(file.durable, change)
            file.pending = [(when, change) for when, change in file.pending if when >= call.began]
        else:
            raise NotModelledError(call.name)

    def _keep_names(self, folder: str) -> None:
        """The folder was synced: what it holds now is what it holds."""
        gone = [name for name in self._kept_files if str(PurePosixPath(name).parent) == folder]
        for name in gone:
            del self._kept_files[name]
        self._kept_files |= {
            name: file for name, file in self._files.items() if str(PurePosixPath(name).parent) == folder
        }
        self._kept_folders -= {name for name in self._kept_folders - {"."} if str(PurePosixPath(name).parent) == folder}
        self._kept_folders |= {name for name in self._folders if str(PurePosixPath(name).parent) == folder}


def _plain(hexed: str) -> str:
    return bytes.fromhex(hexed.replace("\\x", "")).decode()


def _data(words: str) -> bytes:
    found = _TEXT.search(words)
    if found is None or found[2]:
        raise NotModelledError("a write that was not told whole")
    return bytes.fromhex(found[1].replace("\\x", ""))
