"""Watches over one scan from beside it: a cancelled, late or stalled scan is brought out of the library's call, or left there.

sane-airscan (measured with 0.99.27) heeds `sane_cancel` only when the page under way has come or 15 s are over; a host may not wait
so long. The scan therefore runs on a thread of its own, which may be given up: then nothing more of it is told or kept.
"""

import threading
import time
from collections.abc import Callable

from devices.driver import Execution

_TURN_S = 0.05
_PATIENCE_S = 0.3
"""A call shorter than this ends by itself and the scan's own thread sees the wish between two calls."""
_LEAVE_S = 0.8
"""From the cancellation to the moment when the call is left alone; a cancelled command has 1.5 s in all."""


class LeftBehindError(Exception):
    """The library did not come back; `thread` is still inside it."""

    def __init__(self, thread: threading.Thread) -> None:
        super().__init__("inside the library")
        self.thread = thread


class ScanWatch:
    """One scan.

    Args:
        cancel: SANE's, which alone may be called from beside; called once at most.
        stall_s: without progress for so long the scan has stalled.
    """

    def __init__(self, execution: Execution, cancel: Callable[[], None], stall_s: float) -> None:
        self._execution = execution
        self._cancel = cancel
        self._stall_s = stall_s
        self._moved_at = time.monotonic()
        self._has_ended = threading.Event()
        self._error: Exception | None = None
        self.has_stalled = False
        self.is_left = False

    def moved(self) -> None:
        """Bytes came, or a page began."""
        self._moved_at = time.monotonic()

    def wants_end(self) -> bool:
        """Whether the scan is to be given up."""
        return self.is_left or self.has_stalled or self._execution.is_cancelled()

    def run(self, work: Callable[[], None]) -> None:
        """Does `work` on a thread, and raises what it raises, or `LeftBehindError`."""
        thread = threading.Thread(target=self._work, args=(work,), name="scan", daemon=True)
        thread.start()
        cancelled_at: float | None = None
        while not self._has_ended.wait(_TURN_S):
            now = time.monotonic()
            idle = now - self._moved_at
            self.has_stalled = self.has_stalled or idle >= self._stall_s
            if cancelled_at is not None:
                if now - cancelled_at >= _LEAVE_S:
                    self.is_left = True
                    raise LeftBehindError(thread)
            elif idle >= _PATIENCE_S and self.wants_end():
                cancelled_at = now
                self._cancel()
        thread.join(2)
        if self._error is not None:
            raise self._error

    def _work(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised again on the driver's thread
            self._error = error
        finally:
            self._has_ended.set()
