"""The program around the screens: the pump's thread, errors in slots, signals, an orderly end."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.session.events import Broke
from kiosk.session.state import CurtainPage, HomePage, Session
from kiosk.terminal.port import Site
from screens.app import ScreenOptions, Stage, run
from tests.screens.conftest import wait_until
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.samples import session_of


class PumpedTerminal(FakeTerminal):
    """A fake terminal with an owner's side; `pump` notes the thread and takes what `due` says."""

    def __init__(self) -> None:
        super().__init__(session_of(HomePage()))
        self.pumped_by: list[int] = []
        self.due: float | None = None
        self.log: list[str] = []
        self.wake: Callable[[], None] = lambda: None
        self.changed: Callable[[Session], None] = lambda _session: None
        self.draw_curtain: Callable[[Callable[[], None]], None] = lambda done: done()
        self.wipe: Callable[[], None] = lambda: None

    def pump(self) -> None:
        self.pumped_by.append(threading.get_ident())
        self.due = None

    def next_in(self) -> float | None:
        return self.due

    def set_waker(self, wake: Callable[[], None]) -> None:
        self.wake = wake

    def set_on_change(self, changed: Callable[[Session], None]) -> None:
        self.changed = changed

    def set_screens(self, draw_curtain: Callable[[Callable[[], None]], None], wipe_screens: Callable[[], None]) -> None:
        self.draw_curtain, self.wipe = draw_curtain, wipe_screens

    def begin(self) -> None:
        self.log.append("begin")

    def stop(self) -> None:
        self.log.append("stop")


@pytest.fixture
def terminal() -> PumpedTerminal:
    return PumpedTerminal()


@pytest.fixture
def running(gui: QGuiApplication, terminal: PumpedTerminal) -> Iterator[Stage]:
    options = ScreenOptions(on_first_frame=lambda: terminal.log.append("first frame"))
    with Stage(gui, terminal, options) as stage:
        wait_until(lambda: "begin" in terminal.log)
        yield stage


@pytest.mark.usefixtures("running")
def test_devices_begin_after_the_first_frame(terminal: PumpedTerminal) -> None:
    assert terminal.log == ["first frame", "begin"]


@pytest.mark.usefixtures("running")
def test_a_wake_from_another_thread_pumps_on_the_gui_thread(terminal: PumpedTerminal) -> None:
    wait_until(lambda: bool(terminal.pumped_by))
    terminal.pumped_by.clear()
    thread = threading.Thread(target=lambda: [terminal.wake() for _ in range(50)])
    thread.start()
    thread.join(2.0)
    wait_until(lambda: bool(terminal.pumped_by))
    assert set(terminal.pumped_by) == {threading.get_ident()}
    assert len(terminal.pumped_by) < 50  # many wakes before a turn are one


def test_a_timer_of_the_session_pumps_without_any_event(running: Stage, terminal: PumpedTerminal) -> None:
    wait_until(lambda: bool(terminal.pumped_by))
    terminal.pumped_by.clear()
    original = terminal.pump

    def pump_and_set_a_timer() -> None:
        original()
        if len(terminal.pumped_by) == 1:
            terminal.due = 0.02

    terminal.pump = pump_and_set_a_timer  # type: ignore[method-assign]
    running.turn()
    wait_until(lambda: len(terminal.pumped_by) == 2)


@pytest.mark.usefixtures("running")
def test_a_change_of_the_session_is_shown_and_the_curtain_confirmed(terminal: PumpedTerminal) -> None:
    done: list[bool] = []
    terminal.go(CurtainPage())
    terminal.changed(terminal.session)
    terminal.draw_curtain(lambda: done.append(True))
    wait_until(lambda: bool(done))
    terminal.wipe()


@pytest.mark.allow_log("a bug was caught|slot_failed")
@pytest.mark.usefixtures("running")
def test_an_exception_in_a_slot_ends_the_visit_through_the_safe_path(
    terminal: PumpedTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type] = []
    hook = sys.excepthook
    safe_path = hook.__self__  # type: ignore[attr-defined]
    monkeypatch.setattr(safe_path, "_before", lambda kind, _error, _trace: told.append(kind))
    hook(ZeroDivisionError, ZeroDivisionError(), None)
    assert told == [ZeroDivisionError]
    assert terminal.posted == [Broke()]
    hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert terminal.posted == [Broke()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_the_program_in_order(
    gui: QGuiApplication, terminal: PumpedTerminal, number: signal.Signals
) -> None:
    handler, hook = signal.getsignal(number), sys.excepthook

    def factory(_site: Site) -> PumpedTerminal:
        return terminal

    guard = QTimer()
    guard.setSingleShot(True)
    guard.timeout.connect(QCoreApplication.quit)
    guard.start(10_000)
    options = ScreenOptions(
        on_first_frame=lambda: os.kill(os.getpid(), number), on_stop=lambda: terminal.log.append("on stop")
    )
    assert run(factory, terminal.site, options) == 0
    assert guard.isActive()  # it was the signal, not the guard
    guard.stop()
    assert terminal.log == ["begin", "on stop", "stop"]
    assert signal.getsignal(number) == handler
    assert sys.excepthook == hook
