"""The one way to run blocking work beside the session: a thread with a queue, an owner and a bounded stop."""

import queue
import sys
import threading
from collections.abc import Callable

Task = Callable[[], None]


class Worker:
    """Runs tasks one after the other on one daemon thread, which starts at once and belongs to whoever made the worker.

    A task must bound its own blocking calls. `on_fault` hears on that thread of a task that raised (a bug): the citizen's
    visit is then ended through the safe path by the owner; the exception goes to `threading.excepthook` for the log.
    """

    def __init__(self, name: str, on_fault: Callable[[], None]) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._on_fault = on_fault
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, task: Task) -> None:
        """Queues `task` from any thread; returns at once. After `stop` it is dropped, with all that it holds."""
        if self._is_stopping:
            return
        self._tasks.put(task)

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Ends after the task at work; those that wait are dropped. False when it did not end in time.

        Not from a task. A second call only waits again.
        """
        self._is_stopping = True
        self._tasks.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while True:
            task = self._tasks.get()
            if task is None or self._is_stopping:
                return
            try:
                task()
            except Exception:  # noqa: BLE001 - a bug in a task must not leave the citizen before a dead page
                report_fault()
                self._on_fault()
            finally:
                del task  # a task holds a citizen's data; the next get() may wait for hours


def report_fault() -> None:
    """Gives the exception being handled to `threading.excepthook`, as if it had ended its thread."""
    threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), threading.current_thread()]))
