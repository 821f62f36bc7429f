"""The number on a slip, typed on a pad of letters and digits."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import EnterNumber
from kiosk.session.state import NumberPage
from screens.view_models.page_model import PageModel

LONGEST = 40
KEYS = tuple("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")


class NumberModel(PageModel):
    """What NumberPage.qml shows. Most slips are this terminal's own, so their beginning stands there already."""

    shown = Signal()
    _page = NumberPage()
    _typed: str | None = None

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, NumberPage):
            self._page = page
        if self._typed is None:
            self._typed = self.session.visit.slip_number or f"T-{self.terminal.site.terminal_id.upper()}-"

    @property
    def _text(self) -> str:
        return self._typed or ""

    @Property(str, notify=shown)
    def number(self) -> str:
        return self._text

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(bool, notify=shown)
    def scans(self) -> bool:
        """The barcode reader waits for the slip's code."""
        return self._page.scans

    @Property(bool, notify=shown)
    def isChecking(self) -> bool:
        """A code was read and its signature is being checked."""
        return self._page.checking

    @Property(list, constant=True)
    def keys(self) -> list[str]:
        return list(KEYS)

    def _set(self, text: str) -> None:
        self._typed = text[:LONGEST]
        self.shown.emit()

    @Slot(str)
    def press(self, key: str) -> None:
        if key in KEYS:
            self._set(self._text + key)

    @Slot()
    def deleteOne(self) -> None:
        self._set(self._text[:-1])

    @Slot()
    def deleteAll(self) -> None:
        self._set("")

    @Slot()
    def submit(self) -> None:
        self.post(EnterNumber(self.serial, self._text))
