"""The search page: what is typed, what it finds, and what is read of it."""

from typing import ClassVar

from PySide6.QtCore import Property, QTimer, Signal, Slot

from kiosk.services.readiness import Readiness, item_state
from kiosk.session.events import EnterText, OpenFound
from kiosk.session.lookup import LONGEST_QUERY, Article, Content, Days, FoundKind, FoundLine, Lookup, Paper, PartName
from kiosk.session.timeouts import IDLE
from screens.view_models.guide import yuan
from screens.view_models.home import KIND_OF_BADGE
from screens.view_models.page_model import PageModel
from screens.view_models.text_draft import TextDraft

THROTTLE_MS = 60
"""A key is searched for at once; what follows within this time, together at its end."""
_ICONS = {
    PartName.CONDITIONS: "people",
    PartName.MATERIALS: "sheet",
    PartName.TIME: "clock",
    PartName.FEE: "coin",
    PartName.PROCEDURE: "steps",
    PartName.LEGAL_BASIS: "law",
    PartName.PHONE: "phone",
    PartName.ISSUED: "door",
    PartName.TEXT: "book",
    PartName.ABOVE: "up",
    PartName.BELOW: "down",
    PartName.CODE: "book",
}
_NUMBERED = frozenset({PartName.PROCEDURE})


class SearchModel(PageModel):
    """What SearchPage.qml shows. The text that is being typed lives in one `TextDraft` and goes with the page."""

    shown = Signal()
    # apart from `shown`: lines under a finger must not be made anew with every key
    listed = Signal()
    settled = Signal()

    timers: ClassVar[tuple[str, ...]] = (IDLE,)
    _lookup = Lookup()
    _draft: TextDraft | None = None
    _throttle: QTimer | None = None
    _has_waiting = False
    _rows: tuple[dict[str, object], ...] = ()

    def refresh(self) -> None:
        lookup = self.session.visit.lookup
        if lookup is None:
            self.forget()
            return
        self._lookup = lookup
        if self._draft is None:
            self._draft = TextDraft(LONGEST_QUERY, lookup.text)
        rows = () if lookup.answer is None else tuple(map(self._row, lookup.answer.lines))
        if rows != self._rows:
            self._rows = rows
            self.listed.emit()
        self.settled.emit()

    # --- the field ----------------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def text(self) -> str:
        """What the field begins with."""
        return self._draft.text if self._draft else ""

    @Property(str, notify=shown)
    def scope(self) -> str:
        """``policy`` or ``place`` where an item leads to them alone, "" for everything."""
        return "" if self._lookup.scope is None else self._lookup.scope.value

    @Property(int, constant=True)
    def limit(self) -> int:
        return LONGEST_QUERY

    @Slot(str)
    def setText(self, text: str) -> None:
        """What stands in the field now, with what is being spelt."""
        if self._draft is None or not self._draft.take(text.replace("\n", "")):
            return
        self.settled.emit()
        if self._throttle is None:
            self._throttle = QTimer(self)
            self._throttle.setObjectName("search throttle")
            self._throttle.setSingleShot(True)
            self._throttle.setInterval(THROTTLE_MS)
            self._throttle.timeout.connect(self._follow)
        if self._throttle.isActive():
            self._has_waiting = True
        else:
            self._throttle.start()
            self._look()

    @Slot()
    def _follow(self) -> None:
        if self._has_waiting and self._throttle is not None:
            self._has_waiting = False
            self._throttle.start()
            self._look()

    def _look(self) -> None:
        if self._draft is not None:
            self.post(EnterText(self.serial, self._draft.text, is_done=False))

    # --- the list -----------------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def stage(self) -> str:
        """``list`` or ``read``."""
        return "list" if self._lookup.article is None else "read"

    @Property(list, notify=listed)
    def rows(self) -> list[dict[str, object]]:
        """``{"name", "note", "kind", "badge"}``; `badge` "" where the kind says it."""
        return list(self._rows)

    @Property(str, notify=shown)
    def answered(self) -> str:
        """Changes with each answer to another text."""
        return self._lookup.answer.text if self._lookup.answer else ""

    @Property(bool, notify=settled)
    def isSettled(self) -> bool:
        """Whether the rows are the answer to what stands in the field; only then they can be touched."""
        return self._lookup.is_settled and self._draft is not None and self._draft.text == self._lookup.text

    @Property(bool, notify=shown)
    def isLooking(self) -> bool:
        """Nothing can be shown yet."""
        lookup = self._lookup
        return lookup.answer is None and lookup.problem is None and any(map(str.isalnum, lookup.text))

    @Property(bool, notify=shown)
    def isEmpty(self) -> bool:
        """Looked for, and nothing there."""
        return self._lookup.answer is not None and not self._lookup.answer.lines

    @Property(str, notify=shown)
    def countText(self) -> str:
        answer = self._lookup.answer
        if answer is None or not answer.lines:
            return ""
        key = "search.found_more" if answer.is_more else "search.found"
        return self.say(key, count=str(len(answer.lines)))

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._lookup.problem)

    @Property(str, notify=shown)
    def oldText(self) -> str:
        """Since when the data stands, when it is not fresh."""
        dated = self._lookup.article or self._lookup.answer
        if dated is None or not dated.dated.is_old:
            return ""
        return self.say("reference.old", date=dated.dated.made_on)

    @Slot(int)
    def open(self, index: int) -> None:
        """Opens a row of the list that is shown."""
        answer = self._lookup.answer
        if answer is not None and 0 <= index < len(answer.lines):
            self.post(OpenFound(self.serial, answer.lines[index]))

    def _row(self, line: FoundLine) -> dict[str, object]:
        item = self.terminal.catalogue.by_code(line.code) if line.is_here else None
        if item is None:
            badge = self.say(f"search.badge.{line.kind.value}")
            return {"name": line.name, "note": line.note, "kind": "guide", "badge": badge}
        state = item_state(item, self.session.availability)
        stops = state.readiness is Readiness.STOPPED
        note = self.say_problem(state.problem) if stops else item.body.of(self.lang)
        return {
            "name": item.name.of(self.lang),
            "note": self.say("search.on_this_terminal", body=note),
            "kind": KIND_OF_BADGE[state.readiness],
            "badge": "",
        }

    # --- what is read -------------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def title(self) -> str:
        return self._lookup.article.line.name if self._lookup.article else ""

    @Property(str, notify=shown)
    def titleNote(self) -> str:
        return self._lookup.article.line.note if self._lookup.article else ""

    @Property(str, notify=shown)
    def elsewhere(self) -> str:
        """Why an item that was found is only told about here."""
        article = self._lookup.article
        if article is None or article.line.kind is not FoundKind.ITEM:
            return ""
        return self.say("search.not_here", body=article.line.note, phone=self.terminal.site.help_phone)

    @Property(list, notify=shown)
    def sections(self) -> list[dict[str, object]]:
        article = self._lookup.article
        if article is None:
            return []
        return [
            {
                "icon": _ICONS[name],
                "title": self.say(_title(name, article)),
                "text": self._content(name, content),
                "strong": name in (PartName.TIME, PartName.FEE),
            }
            for name, content in article.parts
        ]

    def _content(self, name: PartName, content: Content) -> str:
        if isinstance(content, int):
            return self.say("screens.item.fee", yuan=yuan(content)) if content else self.say("screens.item.free")
        if isinstance(content, Days):
            return self._days(content)
        lines = [self._paper(one) if isinstance(one, Paper) else one for one in content]
        if name in _NUMBERED:
            lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        return ("、" if name in (PartName.ABOVE, PartName.BELOW) else "\n").join(lines)

    def _days(self, days: Days) -> str:
        trips = self.say(f"screens.item.trips.{max(0, min(2, days.trips))}")
        if not (days.legal or days.promised):
            return f"{self.say('screens.item.at_once')} · {trips}"
        return f"{self.say('screens.item.days', promised=str(days.promised), legal=str(days.legal))} · {trips}"

    def _paper(self, paper: Paper) -> str:
        marks = []
        if paper.is_original:
            marks.append(self.say("screens.item.original"))
        if paper.copies:
            marks.append(self.say("screens.item.copies", count=str(paper.copies)))
        if not paper.is_required:
            marks.append(self.say("screens.item.optional"))
        return " · ".join(filter(None, [paper.name, *marks, paper.source]))

    @Slot()
    def forget(self) -> None:
        """Drops the text; also called by the page when it goes."""
        if self._throttle is not None:
            self._throttle.stop()
        if self._draft is not None:
            self._draft.forget()
        self._lookup, self._rows = Lookup(), ()


def _title(name: PartName, article: Article) -> str:
    own = name in (PartName.TEXT, PartName.ISSUED, PartName.ABOVE, PartName.BELOW, PartName.PHONE)
    if own or (name is PartName.CODE and article.line.kind is FoundKind.PLACE):
        return f"search.part.{name.value}"
    return f"screens.guide.{name.value}"
