"""Turns Qt's loop while other threads of this process get their share.

QTest.qWait keeps the interpreter's lock while it waits (PySide6 6.11.3), so that a lab in the same process starves.
"""

import time
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication


def turn_until(condition: Callable[[], object], deadline_s: float = 5.0) -> None:
    """Returns when the condition holds; fails after the deadline."""
    ends = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        QGuiApplication.processEvents()
        time.sleep(0.002)  # a share for the worker's thread; bounded by the deadline
