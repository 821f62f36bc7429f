"""The page for one page of paper: laid under the document camera, taken, looked at; or done without."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import DropPicture, TakePicture
from kiosk.session.state import AttachPage, AttachStage
from screens.page_picture import ADDRESS
from screens.view_models.page_model import PageModel


class AttachModel(PageModel):
    """What AttachPage.qml shows."""

    shown = Signal()
    _page = AttachPage(AttachStage.ASK)

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, AttachPage):
            self._page = page

    @Property(str, notify=shown)
    def stage(self) -> str:
        """A value of `AttachStage`."""
        return self._page.stage.value

    @Property(str, notify=shown)
    def picture(self) -> str:
        """The address of the page that was taken; "" for none."""
        draft = self.session.visit.draft
        if draft is None or draft.attachment is None or not draft.attachment.preview:
            return ""
        return ADDRESS + draft.attachment.attachment_id

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Slot()
    def take(self) -> None:
        self.post(TakePicture(self.serial))

    @Slot()
    def drop(self) -> None:
        self.post(DropPicture(self.serial))
