"""Being handed in, and handed in: the number, what happens next, whom to ask."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import Print
from kiosk.session.state import SubmitPage, SubmitStage
from screens.view_models import papers
from screens.view_models.page_model import PageModel


class SubmitModel(PageModel):
    """What SubmitPage.qml shows."""

    shown = Signal()
    _page = SubmitPage(SubmitStage.SENDING)

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, SubmitPage):
            self._page = page
        self._handed_in = self.session.visit.handed_in

    @Property(str, notify=shown)
    def stage(self) -> str:
        """A value of `SubmitStage`."""
        return self._page.stage.value

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(str, notify=shown)
    def number(self) -> str:
        return self._handed_in.terminal_number if self._handed_in else ""

    @Property(str, notify=shown)
    def handedInAt(self) -> str:
        return self._handed_in.at if self._handed_in else ""

    @Property(str, notify=shown)
    def receipt(self) -> str:
        """The platform's number, "" while it has not answered."""
        return (self._handed_in.receipt or "") if self._handed_in else ""

    @Property(bool, notify=shown)
    def isVerified(self) -> bool:
        return self._handed_in is not None and self._handed_in.is_verified

    @Property(bool, notify=shown)
    def canPrint(self) -> bool:
        flow = self.session.visit.flow
        return flow is not None and papers.can_print(flow.documents, self.session.availability.devices)

    @Slot()
    def printSlip(self) -> None:
        flow = self.session.visit.flow
        if flow is not None and self._page.stage is SubmitStage.DONE:
            self.post(Print(self.serial, tuple(self.terminal.new_id() for _ in flow.documents)))
