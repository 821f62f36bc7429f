"""The page that asks for the card: where to lay it, whether it is being read, why the last try failed."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal

from kiosk.session.state import IdentifyPage
from kiosk.session.timeouts import IDLE
from screens.view_models import front
from screens.view_models.full_time import FullTime
from screens.view_models.page_model import PageModel


def stage_of(page: IdentifyPage) -> str:
    """``waiting``, ``reading`` or ``stopped`` (the reader cannot go on; Continue tries again)."""
    if page.stopped:
        return "stopped"
    return "reading" if page.reading else "waiting"


class IdentifyModel(PageModel):
    """What IdentifyPage.qml shows. All properties notify by `shown`, the seconds by `ticked`."""

    shown = Signal()
    counted = Signal()
    timers: ClassVar[tuple[str, ...]] = (IDLE,)
    _page = IdentifyPage()
    _full: FullTime | None = None

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, IdentifyPage):
            self._page = page
        self.tick()  # another state may run another timer

    @Property(str, notify=shown)
    def stage(self) -> str:
        return stage_of(self._page)

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(str, constant=True)
    def readerPlace(self) -> str:
        """Where the reader sits, a word of `screens.view_models.front.PLACES`."""
        return front.place_of(self.terminal.site.front, front.READER)

    @Property(list, constant=True)
    def bays(self) -> list[dict[str, object]]:
        """The devices of this front for the drawing: ``{"device", "place", "order", "of"}``."""
        return front.as_maps(front.bays(self.terminal.site.front))

    @Property(int, notify=counted)
    def secondsTotal(self) -> int:
        """The most seconds that were left while this page was seen: what the bar's full length means."""
        if self._full is None:
            self._full = FullTime()
        return self._full.seconds(self.terminal, self.timers)

    @Property(int, constant=True)
    def countdown(self) -> int:
        """Never: this page has a time bar of its own, and a warning asks before it ends."""
        return -1
