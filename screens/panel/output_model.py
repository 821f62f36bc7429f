"""What the chosen device put out last, page by page."""

from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from screens.panel.words import Words


class OutputModel(QObject):
    """The view-model of the pictures.

    Signals:
        shown: a value is another.
    """

    shown = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._files: tuple[Path, ...] = ()
        self._page = 0

    def show(self, files: tuple[Path, ...]) -> None:
        """Other pictures begin with their first page."""
        if files != self._files:
            self._files, self._page = files, 0
            self.shown.emit()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        page = min(max(self._page + pages, 0), max(len(self._files) - 1, 0))
        if page != self._page:
            self._page = page
            self.shown.emit()

    @Property(str, notify=shown)
    def picture(self) -> str:
        """URL of the page, "" for none."""
        return QUrl.fromLocalFile(str(self._files[self._page])).toString() if self._files else ""

    @Property(str, notify=shown)
    def pageOf(self) -> str:
        """Which page of how many; "" for one alone."""
        if len(self._files) < 2:
            return ""
        return self._words.say("panel.words.page_of", page=str(self._page + 1), pages=str(len(self._files)))

    @Property(bool, notify=shown)
    def hasPrevious(self) -> bool:
        """Whether there is a page before."""
        return self._page > 0

    @Property(bool, notify=shown)
    def hasNext(self) -> bool:
        """Whether there is a page after."""
        return self._page + 1 < len(self._files)
