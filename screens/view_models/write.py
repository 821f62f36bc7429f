"""The page on which a citizen writes: which kind of matter, then the text itself."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import ChooseCategory, EnterText
from kiosk.session.state import WritePage, WriteStage
from kiosk.session.submission import LONGEST_TEXT, Category
from screens.view_models.page_model import PageModel
from screens.view_models.text_draft import TextDraft


class WriteModel(PageModel):
    """What WritePage.qml shows. The text lives in one `TextDraft` and goes with the page."""

    shown = Signal()
    _page = WritePage(WriteStage.CATEGORY)
    _text: TextDraft | None = None

    def refresh(self) -> None:
        page = self.session.visit.page
        if not isinstance(page, WritePage):
            self.forget()
            return
        self._page = page
        if self._text is None and page.stage is WriteStage.TEXT:
            draft = self.session.visit.draft
            self._text = TextDraft(LONGEST_TEXT, draft.text if draft else "")

    @Property(str, notify=shown)
    def stage(self) -> str:
        """``category`` or ``text``."""
        return self._page.stage.value

    @Property(bool, notify=shown)
    def returns(self) -> bool:
        """From the review, and back there."""
        return self._page.returns

    @Property(list, notify=shown)
    def categories(self) -> list[dict[str, object]]:
        """``{"key", "title", "lead", "sign", "chosen"}`` of each kind of matter."""
        draft = self.session.visit.draft
        chosen = draft.category if draft else None
        return [
            {
                "key": one.value,
                "title": self.say(f"submission.category.{one.value}"),
                "lead": self.say(f"submission.category.{one.value}.lead"),
                "sign": self.say(f"submission.category.{one.value}.sign"),
                "chosen": one is chosen,
            }
            for one in Category
        ]

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._text.text if self._text else ""

    @Property(int, constant=True)
    def limit(self) -> int:
        return LONGEST_TEXT

    @Property(bool, notify=shown)
    def hasText(self) -> bool:
        return self._text is not None and not self._text.is_empty

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Slot(str)
    def choose(self, key: str) -> None:
        self.post(ChooseCategory(self.serial, Category(key)))

    @Slot(str)
    def setText(self, text: str) -> None:
        if self._text is not None and self._text.take(text):
            self.shown.emit()

    @Slot()
    def submit(self) -> None:
        """写好了: hands the text in and goes on."""
        if self._text is not None:
            self.post(EnterText(self.serial, self._text.result, is_done=True))

    @Slot()
    def back(self) -> None:
        """Back keeps what was written."""
        if self._text is not None:
            self.post(EnterText(self.serial, self._text.result, is_done=False))
        super().back()

    @Slot()
    def forget(self) -> None:
        """Drops the text; also called by the page when it goes."""
        if self._text is not None:
            self._text.forget()
