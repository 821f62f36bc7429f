"""One QGuiApplication and a way to open the page host; what was opened is closed again."""

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.session.state import Session
from screens.app import prepare
from screens.window import ScreenHost
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.layout_check import centre_of, is_target, visible_items


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Cycles with Qt objects are collected in this thread alone; see `screens.garbage`."""
    gc.disable()


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Nothing of a window may wait for a later test, whose threads would collect it."""
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.enable()


class Stage:
    """A shown host on a fake terminal, with a hand that touches.

    Attributes:
        now: the gate's clock in seconds; it moves only by hand.
    """

    def __init__(
        self, session: Session, *, landscape: bool = False, refuses_close: bool = True, full: bool = False
    ) -> None:
        """Half of the panel's pixels unless `full`: the layout is in millimetres, and the frames cost a quarter."""
        self.now = 100.0
        self.terminal = FakeTerminal(session, landscape=landscape)
        scale = 2 if full else 1
        size = (960 * scale, 540 * scale) if landscape else (540 * scale, 960 * scale)
        self.host = ScreenHost(self.terminal, *size, refuses_close=refuses_close, monotonic=lambda: self.now)
        self.host.show()
        self.settle()
        self.now += 1.0

    def settle(self) -> None:
        """Lets what is queued happen."""
        for _ in range(4):
            QGuiApplication.processEvents()

    def follow(self, *, past_guard: bool = True) -> None:
        """The session changed: shows it, and waits out the touch guard unless told otherwise."""
        self.host.refresh()
        self.settle()
        if past_guard:
            self.now += 1.0

    @property
    def shown(self) -> QQuickItem:
        """The overlay or the page."""
        found = self.host.overlay or self.host.page
        assert found is not None
        return found.item

    def target(self, name: str) -> QQuickItem:
        """The visible touch target of that name, once its page was laid out by a frame."""
        self.host.window.grabWindow()
        for item in visible_items(self.shown):
            if is_target(item) and item.objectName() == name:
                return item
        raise AssertionError(
            f"no target {name!r} among {[i.objectName() for i in visible_items(self.shown) if is_target(i)]}"
        )

    def point(self, name: str) -> QPoint:
        """The middle of a target."""
        return centre_of(self.target(name)).toPoint()

    def touch(self, name: str) -> None:
        """A finger goes down and up on a target."""
        QTest.mouseClick(self.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.point(name))
        self.settle()

    def text(self, name: str) -> str:
        """The text of the visible item with that object name."""
        for item in visible_items(self.shown):
            if item.objectName() == name:
                return str(item.property("text"))
        raise AssertionError(f"no text {name!r}")


def wait_until(condition: Callable[[], bool], deadline_s: float = 2.0) -> None:
    """Turns Qt's loop until `condition` holds, at most `deadline_s`."""
    ends = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        QTest.qWait(2)


@pytest.fixture(scope="session")
def gui() -> QGuiApplication:
    """The process's application."""
    return prepare()


@pytest.fixture
def stage(gui: QGuiApplication) -> Iterator[Callable[..., Stage]]:
    """Opens hosts; all are closed at the end."""
    opened: list[Stage] = []

    def open_one(session: Session, *, landscape: bool = False, refuses_close: bool = True, full: bool = False) -> Stage:
        one = Stage(session, landscape=landscape, refuses_close=refuses_close, full=full)
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.host.close()
    gui.processEvents()
