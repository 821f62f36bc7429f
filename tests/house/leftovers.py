"""Finds what a test left behind: threads, child processes, Qt's timers, animations and windows."""

import sys
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

# The interpreter's own helper of shared memory and spawned processes lives until the interpreter ends.
_STAYING_CHILDREN = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")

_started: "weakref.WeakSet[Any]" = weakref.WeakSet()
_watched = False


def new_threads(before: set[threading.Thread], patience_s: float) -> list[threading.Thread]:
    """Threads alive now that were not in `before`, after waiting at most `patience_s` for them to end."""
    deadline = time.monotonic() + patience_s
    for thread in set(threading.enumerate()) - before:
        # a dummy thread belongs to foreign code and cannot be joined
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
    return [
        thread
        for thread in set(threading.enumerate()) - before
        if thread.is_alive() and not isinstance(thread, threading._DummyThread)
    ]


def child_processes() -> set[int]:
    """Process ids of the living direct children of this process, zombies included."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        try:
            found.update(int(pid) for pid in (task / "children").read_text().split())
        except OSError:
            continue  # the thread ended while we looked
    return {pid for pid in found if not _is_staying(pid)}


def describe_process(pid: int) -> str:
    """Process id, state and the first words of its command line (options may carry data and are left out)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return f"{pid} (ended meanwhile)"
    words = _command_line(pid).split("\0")[:4]
    return f"{pid} state {state}: {' '.join(words).strip() or '?'}"


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _is_staying(pid: int) -> bool:
    line = _command_line(pid)
    return any(words in line for words in _STAYING_CHILDREN)


def _remember_starts(owner: Any, name: str) -> None:
    """Wraps `owner.name` so that the object that it starts is remembered weakly."""
    original: Callable[..., Any] = getattr(owner, name)

    def start(self: Any, *args: Any, **kwargs: Any) -> Any:
        _started.add(self)
        return original(self, *args, **kwargs)

    setattr(owner, name, start)


class QtWatch:
    """What of Qt is at work before and after a test. Costs nothing where Qt was never imported."""

    def __init__(self, windows: set[int]) -> None:
        self._windows = windows

    @classmethod
    def begin(cls) -> "QtWatch":
        """Takes the snapshot; at the first time that it sees Qt it begins to remember what Python starts."""
        global _watched
        if "PySide6.QtCore" in sys.modules and not _watched:
            from PySide6 import QtCore

            _remember_starts(QtCore.QTimer, "start")
            _remember_starts(QtCore.QAbstractAnimation, "start")
            _watched = True
        return cls({id(window) for window in _open_windows()})

    def left(self) -> list[str]:
        """One line for each timer, animation or visible window that is still at work."""
        if "PySide6.QtCore" not in sys.modules:
            return []
        import shiboken6
        from PySide6 import QtCore

        if QtCore.QCoreApplication.instance() is not None:
            # what was given to deleteLater() dies here, as it would at the next turn of the loop
            QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete.value)
        lines: list[str] = []
        for thing in list(_started):
            if not shiboken6.isValid(thing):
                continue
            at_work = (
                thing.isActive()
                if isinstance(thing, QtCore.QTimer)
                else thing.state() == QtCore.QAbstractAnimation.State.Running
            )
            if at_work:
                thing.stop()
                lines.append(f"{type(thing).__name__} {thing.objectName() or '(no name)'}")
        names = (window.title() or window.objectName() for window in _open_windows() if id(window) not in self._windows)
        return lines + [f"window {name or '(no title)'}" for name in names]


def _open_windows() -> list[Any]:
    if "PySide6.QtGui" not in sys.modules:
        return []
    from PySide6.QtGui import QGuiApplication

    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        return []
    return [window for window in QGuiApplication.topLevelWindows() if window.isVisible()]
