"""The one way to run blocking work beside the session: a thread with a queue, an owner and a bounded stop."""

import queue
import sys
import threading
from collections.abc import Callable

Task = Callable[[], None]


class Worker:
    """Runs tasks one after the other on one thread.

    A task must bound its own blocking calls. `on_fault` hears of a task that raised (a bug): the citizen's visit is then
    ended through the safe path by the owner; the exception goes to `threading.excepthook` for the log.
    """

    def __init__(self, name: str, on_fault: Callable[[], None]) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._on_fault = on_fault
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, task: Task) -> None:
        """Queues `task`; returns at once."""
        self._tasks.put(task)

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Ends after the task at work; False when it did not end in time (the thread is a daemon)."""
        self._tasks.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            task = self._tasks.get()
            if task is None:
                return
            try:
                task()
            except Exception:  # noqa: BLE001 - a bug in a task must not leave the citizen before a dead page
                threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), threading.current_thread()]))
                self._on_fault()
            finally:
                del task  # a task holds a citizen's data; the next get() may wait for hours
