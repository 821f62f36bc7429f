"""The page for one page of paper: laid under the document camera, taken, looked at; or done without."""

from PySide6.QtCore import Property, QTimer, Signal, Slot

from kiosk.session.events import DropPicture, TakePicture
from kiosk.session.state import AttachPage, AttachStage
from screens.page_picture import ADDRESS, LIVE
from screens.view_models.page_model import PageModel

LOOK_EVERY_MS = 150


class AttachModel(PageModel):
    """What AttachPage.qml shows."""

    shown = Signal()
    looked = Signal()
    _page = AttachPage(AttachStage.ASK)
    _frames = 0
    _look: QTimer | None = None

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, AttachPage):
            self._page = page
        if self._page.live and self._look is None:
            self._look = QTimer(self)
            self._look.setObjectName("paper")
            self._look.setInterval(LOOK_EVERY_MS)
            self._look.timeout.connect(self._on_look)
            self._look.start()
        elif not self._page.live and self._look is not None:
            self._look.stop()
            self._look = None

    @Slot()
    def _on_look(self) -> None:
        frames = self.terminal.paper.count
        if frames != self._frames:
            self._frames = frames
            self.looked.emit()

    @Property(str, notify=looked)
    def paper(self) -> str:
        """The address of what lies under the camera now; "" before the first frame."""
        return f"{ADDRESS}{LIVE}{self.serial}-{self._frames}" if self._frames else ""

    @Property(bool, notify=shown)
    def isLive(self) -> bool:
        """What lies under the camera is shown; otherwise one can still go on without a page."""
        return self._page.live

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
