"""The terminal as a program with a window: Qt's set-up, the pump, errors, signals, and an orderly end.

The window comes first: the terminal is made by `terminal_factory` before the first frame and must be cheap; what is slow
(devices, platform, catalogue) begins in `on_first_frame`.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ["QT_NO_GUI_THREADPOOL"] = "1"  # its threads keep the last row of pixels that each has drawn on their stacks

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication

from kiosk.session.events import Broke
from kiosk.session.state import Session
from kiosk.terminal.port import Site, TerminalPort
from screens import keyboard
from screens.garbage import GuiCollector
from screens.log_events import log
from screens.signals import StopSignals
from screens.window import TOUCH_GUARD_S, ScreenHost

PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)


class ScreenTerminal(TerminalPort, Protocol):
    """The terminal as its owner sees it."""

    def pump(self) -> None: ...

    def next_in(self) -> float | None: ...

    def set_waker(self, wake: Callable[[], None]) -> None: ...

    def set_on_change(self, changed: Callable[[Session], None]) -> None: ...

    def set_screens(
        self, draw_curtain: Callable[[Callable[[], None]], None], wipe_screens: Callable[[], None]
    ) -> None: ...

    def begin(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class ScreenOptions:
    """How the window opens.

    Attributes:
        full_screen: the real thing: no frame, no closing.
        landscape: a panel mounted across.
        opengl: for a hardware profile with a GPU; the software renderer otherwise.
        on_first_frame: called once on the GUI thread after the first frame is out; starts what is slow.
        on_stop: called after the window closed and before `terminal.stop`.
        stop_after_first_frame: for measuring the start.
        touch_guard_s: how long touches are ignored after a change of page.
    """

    full_screen: bool = False
    landscape: bool = False
    opengl: bool = False
    on_first_frame: Callable[[], None] | None = None
    on_stop: Callable[[], None] | None = None
    stop_after_first_frame: bool = False
    touch_guard_s: float = TOUCH_GUARD_S


class Pump(QObject):
    """Turns the terminal on the GUI thread: when it is woken from any thread, and when a timer of the session is due."""

    _woken = Signal()

    def __init__(self, terminal: ScreenTerminal) -> None:
        super().__init__()
        self._terminal = terminal
        self._due = QTimer(self)
        self._due.setObjectName("session timers")
        self._due.setSingleShot(True)
        self._due.timeout.connect(self.turn)
        self._pending = threading.Event()
        self._has_begun = False

    def wake(self) -> None:
        """From any thread; many calls before a turn are one."""
        if not self._pending.is_set():
            self._pending.set()
            self._woken.emit()

    @Slot()
    def turn(self) -> None:
        """One turn. Schedules the next by the session's earliest timer."""
        self._pending.clear()
        self._terminal.pump()
        due = self._terminal.next_in()
        if due is None:
            self._due.stop()
        else:
            self._due.start(max(0, int(due * 1000) + 1))

    def begin(self) -> None:
        """It can be woken. Not before the first frame, which need not wait for it: PySide takes 20 ms to make its `Qt`."""
        from PySide6.QtCore import Qt

        self._has_begun = True
        self._due.setTimerType(Qt.TimerType.PreciseTimer)
        self._woken.connect(self.turn, Qt.ConnectionType.QueuedConnection)
        if self._pending.is_set():
            self._woken.emit()

    def stop(self) -> None:
        """No more turns."""
        self._due.stop()
        if self._has_begun:
            self._has_begun = False
            self._woken.disconnect(self.turn)


def fitting(available: tuple[int, int], wanted: tuple[int, int]) -> tuple[int, int]:
    """The largest size of the wanted proportions, at most as large as wanted, within 94 % of what is available."""
    scale = min(1.0, 0.94 * available[0] / wanted[0], 0.94 * available[1] / wanted[1])
    return max(1, round(wanted[0] * scale)), max(1, round(wanted[1] * scale))


def prepare(opengl: bool = False) -> QGuiApplication:
    """The one QGuiApplication of the process, ready for the chosen renderer."""
    if opengl:
        os.environ["QT_QUICK_BACKEND"] = "rhi"
    found = QCoreApplication.instance()
    if isinstance(found, QGuiApplication):
        return found
    keyboard.choose_input_method()
    app = QGuiApplication(sys.argv[:1])
    app.setApplicationName("budayang")
    app.setQuitOnLastWindowClosed(False)
    return app


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Tells that Qt complained, never what it said: a message may quote a property. Takes no lock but the log's own."""
    level = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "critical", QtMsgType.QtFatalMsg: "fatal"}
    if kind in level:
        log.event(
            "qt_message", severity=level[kind], kind="qml" if (context.category or "").startswith("qml") else "qt"
        )


class _SafePath:
    """An exception that nobody caught ends the visit through `Broke`; the hook that was there tells it to the log."""

    def __init__(self, post: Callable[[object], None]) -> None:
        self._post = post
        self._before = sys.excepthook

    def install(self) -> None:
        sys.excepthook = self._hook

    def restore(self) -> None:
        sys.excepthook = self._before

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt | SystemExit):
            log.event("slot_failed")
            self._post(Broke())


class Stage:
    """The screens around a terminal: window, pump, safe path, signals; a context manager on the GUI thread.

    Inside the context Qt's events drive the terminal, whoever runs the event loop.

    Attributes:
        host: shows the session.
    """

    def __init__(self, app: QGuiApplication, terminal: ScreenTerminal, options: ScreenOptions) -> None:
        self._app = app
        self._terminal = terminal
        self._options = options
        self._started = time.monotonic()
        self._safe_path = _SafePath(terminal.post)
        self._pump = Pump(terminal)
        self._collector = GuiCollector()
        wanted = LANDSCAPE if options.landscape else PORTRAIT
        if options.full_screen or app.platformName() == "offscreen":
            size = wanted
        else:
            room = app.primaryScreen().availableSize()
            size = fitting((room.width(), room.height()), wanted)
        self.host = ScreenHost(
            terminal,
            *size,
            refuses_close=options.full_screen,
            touch_guard_s=options.touch_guard_s,
            asked_to_close=self._end,
        )
        self._starter = _Starter(self._on_first_frame)
        self.host.first_frame.connect(self._starter.begin_soon)

    def __enter__(self) -> Self:
        terminal = self._terminal
        self._handler_before = qInstallMessageHandler(_on_qt_message)
        self._safe_path.install()
        self._signals = StopSignals(self._end)
        self._collector.start()
        terminal.set_waker(self._pump.wake)
        terminal.set_on_change(lambda _session: self.host.refresh())
        terminal.set_screens(self.host.draw_curtain, self.host.forget)
        # the offscreen platform's screen has a size of its own, which is no panel's
        self.host.show(full_screen=self._options.full_screen and self._app.platformName() != "offscreen")
        return self

    def __exit__(self, *_: object) -> None:
        terminal = self._terminal
        self._pump.stop()
        terminal.set_waker(_nothing)
        terminal.set_on_change(lambda _session: None)
        terminal.set_screens(lambda done: done(), _nothing)
        self.host.close()
        keyboard.folder.close()
        self._signals.restore()
        self._safe_path.restore()
        if self._options.on_stop is not None:
            self._options.on_stop()
        terminal.stop()
        self._collector.stop()
        qInstallMessageHandler(self._handler_before)

    def turn(self) -> None:
        """Lets the terminal take what has come and what is due, at once."""
        self._pump.turn()

    def _on_first_frame(self) -> None:
        log.event("first_frame", after_ms=round((time.monotonic() - self._started) * 1000))
        self._pump.begin()
        if self._options.on_first_frame is not None:
            self._options.on_first_frame()
        self._terminal.begin()
        self._pump.wake()
        if self._options.stop_after_first_frame:
            self._end()

    def _end(self) -> None:
        """Ends Qt's loop. `quit` would ask the window, and a window that refuses to close refuses that, too."""
        self._app.exit(0)


def run(terminal_factory: Callable[[Site], ScreenTerminal], site: Site, options: ScreenOptions | None = None) -> int:
    """Runs the terminal until it is asked to stop. Returns the exit status.

    Blocks in Qt's event loop; call it on the main thread. `terminal_factory` is called once, before the first frame.
    """
    options = options or ScreenOptions()
    app = prepare(options.opengl)
    with Stage(app, terminal_factory(site), options):
        return app.exec()


class _Starter(QObject):
    """Calls once what waits for the first frame, on the GUI thread."""

    def __init__(self, begin: Callable[[], None]) -> None:
        super().__init__()
        self._begin: Callable[[], None] | None = begin

    @Slot()
    def begin_soon(self) -> None:
        """Not within the frame's own handlers."""
        QTimer.singleShot(0, self.begin)

    @Slot()
    def begin(self) -> None:
        begin, self._begin = self._begin, None
        if begin is not None:
            begin()


def _nothing() -> None:
    """In place of what has ended."""
