"""The page that waits for the platform: what happens, and after a while a way out."""

from PySide6.QtCore import Property, Signal

from kiosk.session.state import QueryPage
from screens.view_models.page_model import PageModel


def stage_of(page: QueryPage) -> str:
    """``waiting``, ``slow`` (more than 10 s) or ``failed`` (Continue asks again)."""
    if page.problem is not None:
        return "failed"
    return "slow" if page.slow else "waiting"


class QueryModel(PageModel):
    """What QueryPage.qml shows. All properties notify by `shown`."""

    shown = Signal()
    _page = QueryPage()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, QueryPage):
            self._page = page

    @Property(str, notify=shown)
    def stage(self) -> str:
        return stage_of(self._page)

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)
