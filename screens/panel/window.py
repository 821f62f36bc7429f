"""The panel's window: one QML window with its view-model; both made and released here."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Slot
from PySide6.QtGui import QWindow
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from screens.panel.model import PanelModel
from screens.panel.scenes_model import ScenesModel

QML = Path(__file__).parent / "qml"
HOUSE_QML = Path(__file__).parents[1] / "qml"
SIZE = (1280, 800)


class PanelWindow(QObject):
    """Shows a `PanelModel` and the scenes; lets it look only while the window can be seen.

    Attributes:
        window: Qt's, owned here until `close`.

    Raises:
        RuntimeError: the QML did not load.
    """

    def __init__(self, model: PanelModel, scenes: ScenesModel, on_closed: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._model = model
        self._on_closed = on_closed
        self._engine = QQmlEngine()
        self._engine.addImportPath(str(HOUSE_QML))
        self._scenes = scenes
        parts = {
            "panel": model,
            "board": model.board,
            "output": model.output,
            "traffic": model.traffic,
            "scenes": scenes,
        }
        for part in parts.values():
            QQmlEngine.setObjectOwnership(part, QQmlEngine.ObjectOwnership.CppOwnership)
        self._component = QQmlComponent(self._engine, QUrl.fromLocalFile(str(QML / "PanelWindow.qml")))
        if not self._component.isReady():
            raise RuntimeError(f"the panel's window did not load: {self._component.errorString()}")
        theme = self._engine.singletonInstance("controls", "Theme")
        if isinstance(theme, QObject):
            theme.setProperty("language", model.language)  # the fonts differ between scripts
        made = self._component.createWithInitialProperties(parts)
        if not isinstance(made, QQuickWindow):
            raise RuntimeError(f"the panel's window did not load: {self._component.errorString()}")  # noqa: TRY004
        self.window: QQuickWindow = made
        self.window.visibilityChanged.connect(self._on_visibility)

    def show(self) -> None:
        """Opens at the right edge of the screen, beside the terminal."""
        screen = self.window.screen().availableGeometry()
        width, height = min(SIZE[0], screen.width()), min(SIZE[1], screen.height())
        self.window.resize(width, height)
        self.window.setPosition(screen.right() + 1 - width, screen.top() + (screen.height() - height) // 2)
        self.window.show()

    def close(self) -> None:
        """Destroys the window; the view-model may go after it."""
        self.window.visibilityChanged.disconnect(self._on_visibility)
        self._model.watch(False)
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @Slot("QWindow::Visibility")
    def _on_visibility(self, visibility: QWindow.Visibility) -> None:
        hidden = (QWindow.Visibility.Hidden, QWindow.Visibility.Minimized)
        self._model.watch(visibility not in hidden)
        if visibility is QWindow.Visibility.Hidden and self._on_closed is not None:
            self._on_closed()
