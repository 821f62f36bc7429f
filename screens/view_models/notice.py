"""申报须知: the item's notice, paragraph by paragraph."""

import re

from PySide6.QtCore import Property, Signal

from screens.view_models.page_model import PageModel

_LONGEST_TITLE = 12
_COLON = re.compile("：|: ")


def headed(paragraph: str) -> tuple[str, str]:
    """A paragraph that begins with a short title and a colon as (title, text); any other as ("", paragraph)."""
    title, *rest = _COLON.split(paragraph, maxsplit=1)
    if not rest or len(title) > _LONGEST_TITLE:
        return "", paragraph
    return title, rest[0][:1].upper() + rest[0][1:]


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
            {"icon": "", "number": str(number), "title": title, "text": text, "strong": False, "headed": True}
            for number, words in enumerate(paragraphs, 1)
            for title, text in [headed(words.of(self.lang))]
        ]
