"""Python's cycles are collected on the GUI thread alone.

The collector runs in whichever thread makes the object too many. When that is a worker and the cycle holds a Qt object, its
destructor takes Qt's locks there while the GUI thread holds them and waits for the interpreter: both stand still for ever (seen with
PySide 6.11.3 in a test with threads that came after tests with windows). So the automatic collector is off while windows live.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 1000


class GuiCollector(QObject):
    """Looks once a second whether a collection is due, by the interpreter's own counts. Made and used on the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setObjectName("garbage")
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """From now on no other thread collects."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Collects what windows have left, and hands collecting back to the interpreter."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    @Slot()
    def look(self) -> None:
        """Collects the oldest generation that is due."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
