"""Searches memory, open files and folders for texts and bytes, in every form in which they could stand there.

Memory is read through ``/proc``: the pages of a process that it can write and that are there. grep looks for all forms at once, since
there are many; only when it finds one is each asked for by itself.
"""

import array
import base64
import json
import os
import re
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PAGE = 4096
_BLOCK = 256
_ZERO, _FREED = bytes(_BLOCK), b"\xa5" * _BLOCK
"""Never written, and overwritten by the allocator: most of memory."""
_SHORTEST = 6
"""Bytes: what is shorter stands anywhere by chance."""
_THERE = 62
"""Bits 62 and 63 of an entry of ``pagemap``: swapped or present (Linux, admin-guide/mm/pagemap)."""
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw\S(\S) \S+ \S+ \S+\s*(.*)")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030")
"""Files and sockets; Qt and Python; neither; Python with a rare character; the card's and the printer's."""

Needles = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Find:
    """One place where data was found: never the data itself."""

    where: str
    what: str
    encoding: str


def forms_of(needle: str | bytes) -> dict[bytes, str]:
    """The byte patterns of a text or of bytes, each with its form's name."""
    plain: dict[str, bytes]
    if isinstance(needle, bytes):
        plain = {"bytes": needle}
    else:
        plain = {code: needle.encode(code) for code in _ENCODINGS}
    forms = dict(plain)
    for name, content in plain.items():
        for shift in range(3):
            coded = _base64(content, shift)
            forms[f"base64 of {name}"] = forms[f"base64 of {name}, {shift}"] = coded
            forms[f"base64 of {name}, {shift}, utf-16-le"] = coded.decode().encode("utf-16-le")
        forms[f"hexadecimal of {name}"] = content.hex().encode()
    if isinstance(needle, str):
        forms["escaped"] = json.dumps(needle)[1:-1].encode()
        forms["in an address"] = quote(needle).encode()
    # a last zero byte may lie in a block that is passed over
    patterns = {content.strip(b"\0"): name for name, content in forms.items()}
    return {pattern: name for pattern, name in patterns.items() if len(pattern) >= _SHORTEST}


def _base64(content: bytes, shift: int) -> bytes:
    """What of the base64 depends on `content` alone when it begins `shift` bytes after a group's start."""
    whole = (shift + len(content)) // 3 * 4
    return base64.b64encode(bytes(shift) + content)[(0, 2, 3)[shift] : whole]


class _Patterns:
    """All forms of all needles, compiled for grep."""

    def __init__(self, needles: Needles) -> None:
        self._forms = [
            (what, form, name) for what, needle in needles.items() for form, name in forms_of(needle).items()
        ]
        assert self._forms, "nothing to look for"
        self._apart = tuple(form for _, form, _ in self._forms if b"\n" in form)
        self._lines = b"".join(form + b"\n" for _, form, _ in self._forms if b"\n" not in form)

    def found_in(self, content: bytes) -> list[tuple[str, str]]:
        """What and in which form; of several that overlap at a place the longest, and what lies within it."""
        stretches = {form for form in self._apart if form in content} | self._grep(content)
        return sorted({(what, name) for what, form, name in self._forms if any(form in one for one in stretches)})

    def _grep(self, content: bytes) -> set[bytes]:
        descriptor = os.memfd_create("forms")
        try:
            os.write(descriptor, self._lines)
            command = ["grep", "--text", "--fixed-strings", "--only-matching", "--file", f"/dev/fd/{descriptor}"]
            told = subprocess.run(
                command,
                input=content,
                stdout=subprocess.PIPE,
                env={"LC_ALL": "C", "PATH": os.defpath},
                pass_fds=[descriptor],
                check=False,
            )
        finally:
            os.close(descriptor)
        assert told.returncode in (0, 1), "grep did not look"
        return set(told.stdout.split(b"\n")[:-1])


def search_processes(pids: Iterable[tuple[str, int]], needles: Needles) -> list[Find]:
    """Searches all memory that each process can write, and the files that it holds open and that have no name any more."""
    patterns = _Patterns(needles)
    found = []
    for name, pid in pids:
        parts = {
            "memory of": b"\0\0".join(dense for content in _memory(pid) for dense in _dense(content)),
            "files without a name of": b"\0\0".join(_nameless(pid)),
        }
        for part, content in parts.items():
            found += [Find(f"{part} {name}", *what) for what in patterns.found_in(content)]
    return found


def search_files(folders: Iterable[Path], needles: Needles, skip: Callable[[Path], bool]) -> list[Find]:
    """Searches all files under `folders`, names included."""
    patterns = _Patterns(needles)
    contents: dict[str, bytes] = {}
    for folder in folders:
        # others' folders may vanish meanwhile, which `os.walk` passes over
        there = [Path(at, name) for at, folders, files in os.walk(folder) for name in (*folders, *files)]
        paths = [path for path in there if not skip(path)]
        contents[f"name of a file in {folder}"] = b"\n".join(os.fsencode(path.name) for path in paths)
        for path in paths:
            try:
                if stat.S_ISREG(path.lstat().st_mode):
                    contents[f"file {path}"] = path.read_bytes()
            except OSError:
                continue  # it has gone meanwhile
    if not patterns.found_in(b"\0\0".join(contents.values())):
        return []
    return [Find(where, *what) for where, content in contents.items() for what in patterns.found_in(content)]


def search_texts(where: str, texts: Iterable[str], needles: Needles) -> list[Find]:
    """Searches what somebody can read."""
    patterns = _Patterns(needles)
    return [Find(where, *what) for what in patterns.found_in("\n".join(texts).encode())]


def _memory(pid: int) -> Iterator[bytes]:
    """What lies in the pages that the process can write. What it only reads are files that lie on the disk."""
    proc = Path(f"/proc/{pid}")
    with (
        (proc / "maps").open(encoding="utf-8", errors="replace") as maps,
        (proc / "mem").open("rb", buffering=0) as memory,
        (proc / "pagemap").open("rb", buffering=0) as pages,
    ):
        for line in maps:
            match = _REGION.match(line)
            if match is None:
                continue
            start, end = int(match[1], 16), int(match[2], 16)
            runs = _present(pages, start, end) if match[3] == "p" else [(start, end)]
            for begin, stop in runs:
                try:
                    memory.seek(begin)
                    yield memory.read(stop - begin)
                except (OSError, ValueError, OverflowError):
                    break  # no memory, such as the kernel's own pages


def _present(pages: object, start: int, end: int) -> list[tuple[int, int]]:
    """The runs of pages that are there; the others were never written or are the file's own."""
    pages.seek(start // PAGE * 8)  # type: ignore[attr-defined]
    told = pages.read((end - start) // PAGE * 8)  # type: ignore[attr-defined]
    entries = array.array("Q", told)
    runs: list[tuple[int, int]] = []
    for number, entry in enumerate(entries):
        if entry >> _THERE:
            at = start + number * PAGE
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + PAGE)
            else:
                runs.append((at, at + PAGE))
    return runs


def _dense(content: bytes) -> Iterator[bytes]:
    """The stretches of `content` that hold something."""
    begin: int | None = None
    for at in range(0, len(content), _BLOCK):
        block = content[at : at + _BLOCK]
        if block in (_ZERO, _FREED):
            if begin is not None:
                yield content[begin:at]
                begin = None
        elif begin is None:
            begin = at
    if begin is not None:
        yield content[begin:]


def _nameless(pid: int) -> Iterator[bytes]:
    """Open files that no folder names: deleted ones, and anonymous memory such as a camera's frame."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found = link.stat()
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                yield link.read_bytes()
        except OSError:
            continue  # it has been closed meanwhile, or cannot be opened anew
