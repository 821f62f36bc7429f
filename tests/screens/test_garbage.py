"""Cycles are collected on the GUI thread alone while windows live."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from screens.garbage import LOOK_MS, GuiCollector


class _Knot(QObject):
    """A Qt object in a cycle that tells in which thread it went."""

    def __init__(self, gone: list[str]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread().name))


@pytest.mark.usefixtures("gui")
def test_a_worker_that_makes_many_objects_collects_nothing_and_the_gui_thread_does() -> None:
    gone: list[str] = []
    collector = GuiCollector()
    collector.start()
    try:
        _Knot(gone)
        worker = threading.Thread(target=lambda: [[] for _ in range(100_000)], name="worker")
        worker.start()
        worker.join(10)
        assert gone == []
        kept = [[] for _ in range(5_000)]  # type: ignore[var-annotated]
        QTest.qWait(2 * LOOK_MS)
        del kept
    finally:
        collector.stop()
    assert gone == [threading.main_thread().name]
    assert gc.isenabled()
