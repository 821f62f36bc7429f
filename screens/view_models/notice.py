"""申报须知: the item's notice, paragraph by paragraph."""

from PySide6.QtCore import Property, Signal

from screens.view_models.page_model import PageModel


class NoticeModel(PageModel):
    """What NoticePage.qml shows."""

    shown = Signal()

    def refresh(self) -> None:
        flow = self.session.visit.flow
        self._item = self.terminal.catalogue.by_code(flow.item_code) if flow else None

    @Property(str, notify=shown)
    def name(self) -> str:
        return self._item.name.of(self.lang) if self._item else ""

    @Property(list, notify=shown)
    def sections(self) -> list[dict[str, object]]:
        paragraphs = self._item.notice if self._item else ()
        return [
            {"icon": "", "number": str(number), "title": "", "text": words.of(self.lang), "strong": False}
            for number, words in enumerate(paragraphs, 1)
        ]
