"""Which program holds a device file now, so that nothing is opened that a running terminal works with.

Source: Linux proc(5), ``/proc/PID/fd`` and ``/proc/locks``. Every serial driver of ours locks its port (flock, as pyserial's
`exclusive` does). A pseudo-terminal is held open by its emulator as well, so there only a lock counts; it is tried, since
not every kernel lists locks. Real hardware is never opened here: that alone would move the modem lines. Programs of other
users show to root alone.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from devices.ports import is_pseudo_terminal

_PROC = Path("/proc")


def holder_of(path: str, proc: Path = _PROC) -> str | None:
    """The program that holds the device file: ``name (pid)``; ``None`` when nobody does or the path is no device."""
    try:
        found = os.stat(path)  # noqa: PTH116 - follows links, as opening does
    except OSError:
        return None
    if not stat.S_ISCHR(found.st_mode):
        return None
    for pid in _lockers(found, proc):
        if pid != os.getpid():
            return _label(pid, proc)
    if is_pseudo_terminal(path) and not _is_locked(path):
        return None
    others = [_label(pid, proc) for pid in _openers(found, proc) if pid != os.getpid()]
    hosts = [label for label in others if "devices.host" in label]
    return next(iter(hosts or others), None)


def _is_locked(path: str) -> bool:
    try:
        number = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(number)
    return False


def _lockers(found: os.stat_result, proc: Path) -> Iterator[int]:
    wanted = (os.major(found.st_dev), os.minor(found.st_dev), found.st_ino)
    try:
        lines = (proc / "locks").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        words = line.split()
        if len(words) < 6 or words[1] != "FLOCK":
            continue
        place = words[5].split(":")
        try:
            is_it = (int(place[0], 16), int(place[1], 16), int(place[2])) == wanted
            pid = int(words[4])
        except (ValueError, IndexError):
            continue
        if is_it:
            yield pid


def _openers(found: os.stat_result, proc: Path) -> Iterator[int]:
    for folder in proc.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            for link in (folder / "fd").iterdir():
                opened = link.stat()
                if stat.S_ISCHR(opened.st_mode) and opened.st_rdev == found.st_rdev:
                    yield int(folder.name)
                    break
        except OSError:
            continue  # it ended meanwhile, or is another user's


def _label(pid: int, proc: Path) -> str:
    """A program's name without its arguments, which may hold anything; a Python program's module says which one it is."""
    try:
        name = (proc / str(pid) / "comm").read_text(encoding="utf-8", errors="replace").strip()
        words = (proc / str(pid) / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return str(pid)
    if "-m" in words[:-1]:
        name = f"{name} -m {words[words.index('-m') + 1]}"
    return f"{name} ({pid})"
