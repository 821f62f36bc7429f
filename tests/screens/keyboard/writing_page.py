"""A page of a citizen's text as the host shows pages, for tests: `PageFrame` around `TextEntry`, a view-model with a draft."""

from pathlib import Path

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.state import Place
from kiosk.terminal.port import TerminalPort
from screens.theme.theme import Theme
from screens.view_models.page_model import PageModel
from screens.view_models.registry import KEYBOARD, PageSpec
from screens.view_models.text_draft import TextDraft

QML = Path(__file__).with_name("WritingPage.qml")
LIMIT = 40


class WritingModel(PageModel):
    """The least view-model of such a page."""

    shown = Signal()

    def __init__(self, terminal: TerminalPort, theme: Theme) -> None:
        self.draft = TextDraft(LIMIT)
        self.sent = ""
        self.problem = ""
        super().__init__(terminal, theme)

    @Property(str, notify=shown)
    def text(self) -> str:
        return self.draft.text

    @Property(int, constant=True)
    def limit(self) -> int:
        return self.draft.limit

    @Property(str, notify=shown)
    def textProblem(self) -> str:
        return self.problem

    @Slot(str)
    def setText(self, text: str) -> None:
        if self.draft.take(text):
            self.shown.emit()

    @Slot()
    def submit(self) -> None:
        self.sent = self.draft.result

    @Slot()
    def forgetText(self) -> None:
        self.draft.forget()


class WritingSpec(PageSpec):
    """Takes the place of a page in the registry."""

    def model_class(self) -> type[PageModel]:
        return WritingModel

    @property
    def path(self) -> Path:
        return QML


SPEC = WritingSpec("writing:WritingModel", str(QML), KEYBOARD)
PLACE = Place.QUERY
