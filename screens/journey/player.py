"""Plays a visit as a person does: finds what is on the screen, touches it, lays a card, waits for what is shown.

Everything goes the real way: a touch is a press and a release at a place on the window, a card lies on an emulated reader,
the code comes from the demo platform. The player waits for states, each with a deadline, and never sleeps for luck.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.session.state import Place
from kiosk.terminal.port import TerminalPort
from screens.window import ScreenHost

DEADLINE_S = 30.0


class Hands(Protocol):
    """What a person does beside touching the screen, and the papers that come out."""

    def lay(self, card: str) -> None:
        """Lays a card of the emulated reader's set."""

    def pull(self) -> None:
        """Takes the card away."""

    def last_code(self) -> str:
        """The one-time code that was sent last, "" for none."""

    def save_slip(self, path: Path) -> None:
        """Writes the last receipt as PNG."""

    def last_sheet(self) -> Path | None:
        """The last sheet's PDF, None before the first."""


class JourneyError(Exception):
    """The visit did not go as it should; the text says where, without anything personal."""


class Player:
    """See the module. Used on the GUI thread.

    Every wait ends with a JourneyError at its deadline, and soon after `is_stopped` holds.

    Attributes:
        press: presses and releases at a place of a window.
    """

    def __init__(
        self,
        host: ScreenHost,
        terminal: TerminalPort,
        monotonic: Callable[[], float] = time.monotonic,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._host = host
        self._terminal = terminal
        self.press: Callable[[QQuickWindow, QPointF], None] = press_and_release
        self._monotonic = monotonic
        self._is_stopped = is_stopped

    @property
    def place(self) -> Place:
        """Where the visit is."""
        return self._terminal.session.visit.page.place

    def wait(self, what: str, holds: Callable[[], bool], deadline_s: float = DEADLINE_S) -> None:
        """Lets Qt work until `holds`; raises JourneyError with `what` at the deadline."""
        until = self._monotonic() + deadline_s
        while not holds():
            left = until - self._monotonic()
            if self._is_stopped():
                raise JourneyError(f"stopped at {self.place.value}")
            if left <= 0:
                raise JourneyError(f"waited {deadline_s:g} s for {what} at {self.place.value}")
            QGuiApplication.processEvents()
            time.sleep(0.002)  # what is waited for happens in other threads and processes

    def wait_for(self, place: Place, deadline_s: float = DEADLINE_S) -> None:
        """Until the page of `place` is shown and takes touches."""
        self.wait(
            f"the page {place.value}",
            lambda: self.place is place and self._host.shown_place is place and self._host.takes_touches,
            deadline_s,
        )

    def find(self, name: str) -> QQuickItem | None:
        """The visible, enabled item called `name` on the overlay or else the page."""
        for shown in (self._host.overlay, self._host.page):
            if shown is not None:
                found = _find(shown.item, name)
                if found is not None:
                    return found
        return None

    def touch(self, name: str) -> None:
        """Presses and releases in the middle of the item `name`, as soon as it is there and touches are taken."""
        self.wait(f"something to touch called {name}", lambda: self._host.takes_touches and self.find(name) is not None)
        item = self.find(name)
        assert item is not None
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        self.press(self._host.window, middle)
        QGuiApplication.processEvents()

    def picture(self, path: Path) -> None:
        """Keeps what the window shows as PNG."""
        QGuiApplication.processEvents()
        if not self._host.window.grabWindow().save(str(path)):
            raise JourneyError(f"the picture {path.name} could not be kept")


def press_and_release(window: QQuickWindow, place: QPointF) -> None:
    """One touch as a mouse reports it.

    PySide 6.11.3 keeps 0.3 kB for each event that is made in Python and taken by an item: not for a soak.
    """
    for kind, buttons in (
        (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(kind, place, place, Qt.MouseButton.LeftButton, buttons, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(window, event)


def _find(root: QQuickItem, name: str) -> QQuickItem | None:
    if not root.isVisible() or not root.isEnabled():
        return None
    if root.objectName() == name:
        return root
    for child in root.childItems():
        found = _find(child, name)
        if found is not None:
            return found
    return None
