"""What lies over a page: cover, warnings, the question at the end."""

from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.session.events import ConfirmEnd, KeepGoing
from kiosk.session.timeouts import VISIT, WARNING
from screens.view_models.page_model import PageModel


class OverlayModel(PageModel):
    """The two answers."""

    @Slot()
    def keepGoing(self) -> None:
        self.post(KeepGoing())

    @Slot()
    def confirmEnd(self) -> None:
        self.post(ConfirmEnd())


class IdleWarningModel(OverlayModel):
    """Counts the warning down."""

    timers: ClassVar[tuple[str, ...]] = (WARNING,)


class TimeWarningModel(OverlayModel):
    """Counts the whole visit down."""

    timers: ClassVar[tuple[str, ...]] = (VISIT,)
