"""What Qt Virtual Keyboard needs of the process: its input method chosen before Qt starts, and a folder of its own in memory.

The pinyin engine keeps a dictionary of what a person has chosen, ``qtvirtualkeyboard/pinyin/usr_dict.dat`` in the
configuration folder of the user (known from its source, Qt 6.11). Nothing is learnt here, since every field says that it
is sensitive; yet the engine opens the file once, so the folder lies on a tmpfs and is emptied at the end of each visit.
"""

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from screens.log_events import log

_PREFIX = "budayang-keyboard-"
_DICTIONARY = Path("qtvirtualkeyboard") / "pinyin" / "usr_dict.dat"
_MOUNTS = Path("/proc/self/mounts")
_in_memory = frozenset({"tmpfs", "ramfs"})


def choose_input_method() -> None:
    """To be called before the QGuiApplication is made: it asks for its input method only then.

    Qt loads a library of 0.5 MB for it; engines, dictionaries and keys come with the first field that asks for text.
    """
    os.environ["QT_IM_MODULE"] = "qtvirtualkeyboard"
    os.environ.pop("QT_IM_MODULES", None)
    os.environ["QT_VIRTUALKEYBOARD_DESKTOP_DISABLE"] = "1"  # no window of its own


class KeyboardFolder:
    """The one folder of this process into which the keyboard may write. Used on the GUI thread.

    It goes with the process; what a killed one has left goes when the next makes its own. The folder is locked (flock) as
    long as its process lives.
    """

    def __init__(self, candidates: tuple[str, ...], mounts: Path = _MOUNTS) -> None:
        """`candidates` are folders that may lie in memory, the best first; those that do not are passed over."""
        self._candidates = candidates
        self._mounts = mounts
        self._path: Path | None = None
        self._lock = -1

    @property
    def path(self) -> Path | None:
        """Where it is; None before `make_ready`."""
        return self._path

    def make_ready(self) -> Path:
        """Makes the folder (mode 0700) and tells the engine of it; before the first field is made. May be called again."""
        if self._path is None:
            parent = next((c for c in self._candidates if c and os.access(c, os.W_OK) and self._is_in_memory(c)), None)
            if parent is None:
                log.event("keyboard_folder_on_disk")
            else:
                _remove_stale(Path(parent))
            self._path, self._lock = _make_locked(parent)
            atexit.register(self.close)
            os.environ["XDG_CONFIG_HOME"] = str(self._path)
        file = self._path / _DICTIONARY
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # Qt warns of a folder that it has to make
        return self._path

    def forget(self) -> None:
        """Empties the folder; part of the wipe. Nothing happens before `make_ready`."""
        if self._path is None:
            return
        for folder, folders, files in os.walk(self._path, topdown=False):
            for name in files:
                Path(folder, name).unlink(missing_ok=True)
            for name in folders:
                Path(folder, name).rmdir()

    def close(self) -> None:
        """Removes the folder; at the end of the process."""
        self.forget()
        if self._path is not None:
            self._path.rmdir()
            os.close(self._lock)
            self._path = None
            atexit.unregister(self.close)

    def _is_in_memory(self, folder: str) -> bool:
        at = os.path.realpath(folder)
        best, kind = "", ""
        for line in self._mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _, point, found, *_ = line.split(" ")
            point = point.replace("\\040", " ")
            if (at == point or at.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
                best, kind = point, found
        return kind in _in_memory


def _make_locked(parent: str | None) -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path, lock
        os.close(lock)  # another process took it for a stale one before it was locked


def _remove_stale(parent: Path) -> None:
    for path in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if os.fstat(lock).st_uid == os.geteuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path)
            finally:
                os.close(lock)


folder = KeyboardFolder(
    (
        os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0],
        os.environ.get("XDG_RUNTIME_DIR", ""),
        "/dev/shm",  # noqa: S108 - a folder of our own in it, of a name that nobody can guess
    )
)
"""This process's: the engine, too, is one per process."""
