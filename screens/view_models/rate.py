"""The rating: five grades of 好差评 (GB/T 39734-2020), voluntary; passing it by is a choice like the others."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import Rate
from kiosk.session.state import RatePage
from kiosk.session.timeouts import RESULT
from screens.view_models.full_time import FullTime
from screens.view_models.page_model import PageModel

GRADES = (5, 4, 3, 2, 1)


def stage_of(page: RatePage) -> str:
    """``asking``, ``sending``, ``sent`` or ``failed`` (it could not be kept; one may try again or go on)."""
    if page.sent is not None:
        return "sent"
    if page.sending:
        return "sending"
    return "failed" if page.problem is not None else "asking"


class RateModel(PageModel):
    """What RatePage.qml shows. All properties notify by `shown`."""

    shown = Signal()
    counted = Signal()
    timers: ClassVar[tuple[str, ...]] = (RESULT,)
    _full: FullTime | None = None
    _page = RatePage()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, RatePage):
            self._page = page
        self.tick()  # another state may run another timer

    @Property(str, notify=shown)
    def stage(self) -> str:
        return stage_of(self._page)

    @Property(int, notify=shown)
    def sentGrade(self) -> int:
        """The grade that the platform has, 0 while it has none."""
        return self._page.sent or 0

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(int, notify=counted)
    def secondsTotal(self) -> int:
        """The most seconds that were left while this page was seen: what the bar's full length means."""
        if self._full is None:
            self._full = FullTime()
        return self._full.seconds(self.terminal, self.timers)

    @Slot(int)
    def rate(self, grade: int) -> None:
        """Hands one of the five grades in; anything else is ignored."""
        if grade in GRADES:
            self.post(Rate(self.serial, grade))
