"""The last page: take your card and your papers. Nothing of the person is on it."""

from PySide6.QtCore import Property, Signal

from kiosk.session.state import CardCallPage, Ending
from screens.view_models.front import READER, as_maps, bays
from screens.view_models.page_model import PageModel


class CardCallModel(PageModel):
    """What CardCallPage.qml shows."""

    shown = Signal()

    _page = CardCallPage()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, CardCallPage):
            self._page = page

    @Property(str, notify=shown)
    def call(self) -> str:
        """``card``, ``papers``, ``both`` or ``check`` (the reader cannot say)."""
        if self._page.card_lies:
            return "both" if self._page.papers else "card"
        if self._page.card_lies is None:
            return "check"
        return "papers" if self._page.papers else "thanks"

    @Property(bool, notify=shown)
    def isOverdue(self) -> bool:
        return self._page.overdue

    @Property(bool, notify=shown)
    def isRecovered(self) -> bool:
        return self._is_recovered

    @property
    def _is_recovered(self) -> bool:
        return self.session.visit.ending in (Ending.RECOVERED, Ending.FAULT)

    @Property(str, notify=shown)
    def keptText(self) -> str:
        """After a restart: that what was handed in in that visit is safe; "" when that is not known."""
        return self.say("submission.safe") if self.session.visit.kept and self._is_recovered else ""

    @Property(list, constant=True)
    def bays(self) -> list[dict[str, object]]:
        return as_maps(bays(self.terminal.site.front))

    @Property(str, notify=shown)
    def lit(self) -> str:
        return "" if self._page.card_lies is False else READER
