"""SIGTERM and SIGINT reach a program that sleeps in Qt's loop: a wake-up descriptor and a socket notifier."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot

_ASKED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class StopSignals(QObject):
    """While it is set, the first stop signal calls `stop` on the GUI thread. `restore` puts everything back."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self._stop = stop
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _do_nothing) for number in _ASKED}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)

    @Slot()
    def _on_readable(self) -> None:
        try:
            received = self._read.recv(64)
        except BlockingIOError:
            return
        if any(number in received for number in _ASKED):
            self._stop()

    def restore(self) -> None:
        """Gives the handlers back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """The wake-up descriptor tells; a Python handler must exist for it."""
