"""Touches that are more than a tap, put into the terminal's own window: two fingers, long presses, swipes, quick repeats."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPointingDevice

from screens.journey.player import JourneyError, Player
from screens.window import ScreenHost


class Fingers:
    """Used on the GUI thread. A place is the middle of the item of a name, or x and y in pixels of the window."""

    def __init__(self, host: ScreenHost, player: Player) -> None:
        self._host = host
        self._player = player
        self._device: QPointingDevice | None = None

    def place(self, name: str) -> QPoint:
        """The middle of the visible, enabled item `name`."""
        item = self._player.find(name)
        if item is None:
            raise JourneyError(f"nothing to touch called {name}")
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def press(self, at: QPoint) -> None:
        """A finger goes down, as the window system's mouse events tell it."""
        self._mouse(QEvent.Type.MouseButtonPress, at)

    def release(self, at: QPoint) -> None:
        """It goes up."""
        self._mouse(QEvent.Type.MouseButtonRelease, at)

    def together(self, places: list[QPoint]) -> None:
        """All fingers go down in one frame and up in the next, on a real touch device."""
        from PySide6.QtTest import QTest  # brings QtWidgets along, which no terminal has in memory

        down = QTest.touchEvent(self._host.window, self._touch_screen)
        for number, at in enumerate(places):
            down.press(number, at, self._host.window)
        down.commit()
        up = QTest.touchEvent(self._host.window, self._touch_screen)
        for number, at in enumerate(places):
            up.release(number, at, self._host.window)
        up.commit()
        QGuiApplication.processEvents()

    def swipe(self, start: QPoint, end: QPoint, steps: int = 12) -> None:
        """One finger goes down at `start`, moves to `end` and goes up there."""
        from PySide6.QtTest import QTest  # brings QtWidgets along, which no terminal has in memory

        down = QTest.touchEvent(self._host.window, self._touch_screen)
        down.press(0, start, self._host.window)
        down.commit()
        for step in range(1, steps + 1):
            part = step / steps
            at = QPoint(
                round(start.x() + (end.x() - start.x()) * part), round(start.y() + (end.y() - start.y()) * part)
            )
            move = QTest.touchEvent(self._host.window, self._touch_screen)
            move.move(0, at, self._host.window)
            move.commit()
            QGuiApplication.processEvents()
        up = QTest.touchEvent(self._host.window, self._touch_screen)
        up.release(0, end, self._host.window)
        up.commit()
        QGuiApplication.processEvents()

    @property
    def _touch_screen(self) -> QPointingDevice:
        from PySide6.QtTest import QTest  # brings QtWidgets along, which no terminal has in memory

        if self._device is None:
            self._device = QTest.createTouchDevice()
        return self._device

    def _mouse(self, kind: QEvent.Type, at: QPoint) -> None:
        is_press = kind is QEvent.Type.MouseButtonPress
        where = QPointF(at)
        event = QMouseEvent(
            kind,
            where,
            where,
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton if is_press else Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QGuiApplication.sendEvent(self._host.window, event)
