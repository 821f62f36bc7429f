"""The hand on the QML singleton `Theme`: it tells it the panel's density, orientation, language and size of text.

The values themselves live in ``qml/controls/Theme.qml``, natively, so that a page's bindings cost no call into Python.
"""

from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlEngine

from kiosk.session.state import Language, Settings, TextSize


class Theme:
    """One engine's theme.

    Attributes:
        px_per_mm: logical pixels per millimetre of the panel.
        is_landscape: wider than high.
        settings: language and text size that are shown now.
    """

    def __init__(self, engine: QQmlEngine, panel_width_mm: float) -> None:
        """`panel_width_mm` as the panel is mounted.

        Raises:
            ValueError: the width is not positive.
        """
        if panel_width_mm <= 0:
            raise ValueError("a panel has a width")
        self._engine = engine
        self._panel_width_mm = panel_width_mm
        self._values: QObject | None = None
        self.px_per_mm = 4.0
        self.is_landscape = False
        self.settings = Settings()

    @property
    def values(self) -> QObject:
        """The QML singleton, owned by the engine."""
        if self._values is None:
            found = self._engine.singletonInstance("controls", "Theme")
            if not isinstance(found, QObject):
                raise TypeError("the QML module of controls did not load")
            self._values = found
        return self._values

    def fit(self, width_px: int, height_px: int) -> None:
        """Follows the window's size."""
        self.px_per_mm = width_px / self._panel_width_mm
        self.is_landscape = width_px > height_px
        self.values.setProperty("mm", self.px_per_mm)
        self.values.setProperty("landscape", self.is_landscape)

    def show(self, settings: Settings) -> bool:
        """Follows the citizen's settings. Returns whether the language changed."""
        changed = settings.language is not self.settings.language
        if changed:
            self.values.setProperty("language", settings.language.value)
        if settings.text_size is not self.settings.text_size:
            self.values.setProperty("elder", settings.text_size is TextSize.ELDER)
        self.settings = settings
        return changed

    @property
    def language(self) -> Language:
        """The language shown now."""
        return self.settings.language

    @property
    def is_elder(self) -> bool:
        """Whether texts and targets have elder size."""
        return self.settings.text_size is TextSize.ELDER

    def forget(self) -> None:
        """Lets go of the singleton before its engine goes."""
        self._values = None
