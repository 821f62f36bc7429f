"""Watches over one scan from beside it: a cancelled, late or stalled scan is brought out of the library's call."""

import threading
import time
from collections.abc import Callable
from typing import Self

from devices.driver import Execution

_TURN_S = 0.05
_PATIENCE_S = 0.3
"""A call shorter than this ends by itself and the scan's own thread sees the wish between two calls."""


class ScanWatch:
    """A thread for the length of one scan; use as a context.

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
        self._thread = threading.Thread(target=self._run, name="scan-watch", daemon=True)
        self.has_stalled = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._has_ended.set()
        self._thread.join(2)

    def moved(self) -> None:
        """Bytes came, or a page began."""
        self._moved_at = time.monotonic()

    def wants_end(self) -> bool:
        """Whether the scan is to be given up."""
        return self.has_stalled or self._execution.is_cancelled()

    def _run(self) -> None:
        while not self._has_ended.wait(_TURN_S):
            idle = time.monotonic() - self._moved_at
            if idle >= self._stall_s:
                self.has_stalled = True
            if idle >= _PATIENCE_S and self.wants_end():
                self._cancel()
                return
