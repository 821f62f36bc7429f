"""What a department holds of the person, for any plain query: all that is shown follows from the item's own definition."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.central.department import DepartmentAnswer
from kiosk.documents import formats
from kiosk.services.item import Elsewhere, Item
from kiosk.services.query import FieldKind, Query, QueryField
from kiosk.session.events import Choose, Print
from kiosk.session.state import AnswerPage, Document, Language, Overlay
from screens.view_models import answer_rows, papers
from screens.view_models.consent import name_masked
from screens.view_models.leafing import FIELDS, ROW, ROWS, LeafingModel, Map
from screens.view_models.leaves import Column

_ASKING_WORDS = {Language.ZH_CN: "查询", Language.ZH_HK: "查詢", Language.EN: " query"}


def subject_of(name: str, language: Language) -> str:
    """``住房公积金查询`` → ``住房公积金``: of what an item is the query; "" for a name that says it otherwise."""
    asking = _ASKING_WORDS[language]
    subject = name.removesuffix(asking)
    if subject in (name, ""):
        return ""
    # within a sentence; an abbreviation stays as it is
    return subject[0].lower() + subject[1:] if subject[1:2].islower() else subject


def heading_of(text: str) -> tuple[str, str]:
    """The first sentence of a text without its stop, as headings are written, and the rest."""
    first = re.match(r"(.+?)(?:。|\.(?:\s+|$))", text)
    return (first[1], text[first.end() :]) if first else (text, "")


class AnswerModel(LeafingModel):
    """What AnswerPage.qml shows. Properties notify by `shown`, what stands on the seen page by `turned`."""

    shown = Signal()
    turned = Signal()
    timers: ClassVar[tuple[str, ...]] = ()

    _page = AnswerPage(None)
    _item: Item | None = None
    _longest: Mapping[str, float] | None = None

    def refresh(self) -> None:
        page, flow = self.session.visit.page, self.session.visit.flow
        if not isinstance(page, AnswerPage):
            self._shown = False
            return
        if self.session.overlay is not Overlay.NONE:
            self._shown = False  # whoever lifts the cover may be somebody else
        self._item = self.terminal.catalogue.by_code(flow.item_code) if flow is not None else None
        before, self._page = self._page, page
        if page.answer is not before.answer:
            self._longest = None
            self.start_over(FIELDS if self._view == FIELDS or not self._has_rows else ROWS)
        self._columns = self.columns_for(self._width_em)  # another language has other words over them
        self.turned.emit()

    def say_shown(self) -> None:
        self.shown.emit()

    def say_turned(self) -> None:
        self.turned.emit()

    @property
    def _query(self) -> Query | None:
        return self._item.query if self._item else None

    @property
    def _answer(self) -> DepartmentAnswer | None:
        return self._page.answer

    @property
    def _held(self) -> tuple[Query, DepartmentAnswer] | None:
        return (self._query, self._answer) if self._query is not None and self._answer is not None else None

    @property
    def _has_rows(self) -> bool:
        return self._query is not None and bool(self._query.columns)

    # --- the whole ----------------------------------------------------------------------------------------------------
    @Property(bool, notify=shown)
    def isFound(self) -> bool:
        """False: the department holds nothing of this person; a normal page."""
        return self._answer is not None

    @Property(str, notify=shown)
    def subject(self) -> str:
        """Of what the item is the query, "" when its name does not say so."""
        return subject_of(self._item.name.of(self.lang), self.lang) if self._item else ""

    @Property(str, notify=shown)
    def itemName(self) -> str:
        return self._item.name.of(self.lang) if self._item else ""

    @Property(str, notify=shown)
    def nobody(self) -> str:
        """The item's own sentence for when nothing is held, fit for a heading."""
        return self._nobody[0]

    @Property(str, notify=shown)
    def nobodyMore(self) -> str:
        """What the item says further then, "" when it says no more."""
        return self._nobody[1]

    @property
    def _nobody(self) -> tuple[str, str]:
        return heading_of(self._query.nobody.of(self.lang)) if self._query else ("", "")

    @Property(str, notify=shown)
    def phone(self) -> str:
        """Whom to ask: of the counter that does the item, else of the item's supervision, else of this hall."""
        counter = self._counter
        if counter is not None and counter.phone:
            return counter.phone
        return (self._item.supervision_phone if self._item else "") or self.terminal.site.help_phone

    @Property(str, notify=shown)
    def counter(self) -> str:
        """Where a person does the item, and when; "" where the item names no place."""
        at = self._counter
        return " · ".join(words.of(self.lang) for words in (at.name, at.hours)) if at is not None else ""

    @property
    def _counter(self) -> Elsewhere | None:
        return next(iter(self._item.elsewhere), None) if self._item else None

    @Property(str, notify=shown)
    def asOf(self) -> str:
        """``YYYY-MM-DD HH:mm:ss``, the department's moment."""
        return formats.moment(datetime.fromisoformat(self._answer.as_of)) if self._answer else ""

    @Property(bool, notify=shown)
    def isLoading(self) -> bool:
        return self._page.loading

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(list, notify=shown)
    def choices(self) -> list[Map]:
        """The ways to ask: ``{"value", "label", "isChosen"}``; none where there is nothing to choose."""
        return [
            {"value": one.value, "label": one.label.of(self.lang), "isChosen": one.value == self._page.choice}
            for one in (self._query.choices if self._query else ())
        ]

    # --- the headline -------------------------------------------------------------------------------------------------
    @property
    def _headline(self) -> QueryField | None:
        query = self._query
        return query.field(query.headline) if query is not None and query.headline is not None else None

    @Property(str, notify=shown)
    def headlineTitle(self) -> str:
        """The label of the largest field, "" where none is the largest."""
        return self._headline.label.of(self.lang) if self._headline is not None else ""

    @Property(bool, notify=shown)
    def headlineIsFigure(self) -> bool:
        """Whether it stands on one line: anything but words."""
        return self._headline is not None and self._headline.kind is not FieldKind.TEXT

    @Property(str, notify=shown)
    def headline(self) -> str:
        """The largest field; a name or number of a person masked unless shown."""
        field, answer = self._headline, self._answer
        if field is None or answer is None:
            return ""
        return answer_rows.shown_text(field.kind, answer.values.get(field.key), shown=self._shown)

    @Property(str, notify=shown)
    def brief(self) -> str:
        """A few short facts for under the headline."""
        return answer_rows.brief_line(*self._held, self.lang) if self._held else ""

    @Property(str, notify=shown)
    def person(self) -> str:
        """Whose it is, masked or in clear while shown; the card's name where the department names nobody."""
        line = answer_rows.personal_line(*self._held, shown=self._shown) if self._held else ""
        return line or name_masked(self.session.visit.person)

    @Property(bool, notify=shown)
    def hasMasked(self) -> bool:
        """Whether there is anything to show that is masked."""
        return self._held is not None and answer_rows.has_personal(*self._held)

    @Property(bool, notify=shown)
    def isShown(self) -> bool:
        return self._shown

    # --- what is seen of it -------------------------------------------------------------------------------------------
    @Property(bool, notify=shown)
    def hasRows(self) -> bool:
        """Whether the item has a table, be it empty."""
        return self._has_rows

    @Property(str, notify=shown)
    def rowsTitle(self) -> str:
        return self._query.rows_title.of(self.lang) if self._query and self._query.rows_title else ""

    @Property(str, notify=turned)
    def view(self) -> str:
        """``rows``, ``fields`` or ``row`` (one row with all its columns)."""
        return self._view

    @Property(list, notify=turned)
    def columns(self) -> list[Map]:
        """The columns that fit, see `screens.view_models.leaves.Column`."""
        return self.column_maps()

    @Property(int, notify=turned)
    def rowsPerPage(self) -> int:
        return self._rows_per_page

    @Property(list, notify=turned)
    def rows(self) -> list[dict[str, str]]:
        """The rows of the seen page, all columns by name."""
        if self._held is None:
            return []
        query, answer = self._held
        return [answer_rows.cells(query, answer.rows[index], shown=self._shown) for index in self.seen_rows()]

    @Property(list, notify=turned)
    def fields(self) -> list[Map]:
        """The fields of the whole or of one row on the seen page: ``{"name", "title", "text"}``."""
        return self.seen_fields()

    @Property(int, notify=turned)
    def pageNumber(self) -> int:
        """From 1."""
        return self._at + 1

    @Property(int, notify=turned)
    def pageCount(self) -> int:
        return self.page_total()

    @Property(int, notify=turned)
    def fieldCount(self) -> int:
        """Fields on all pages."""
        return len(self.all_fields())

    @Property(int, notify=turned)
    def rowCount(self) -> int:
        return self.row_count()

    def row_count(self) -> int:
        return len(self._answer.rows) if self._answer else 0

    def all_fields(self) -> list[Map]:
        if self._held is None or self._view == ROWS:
            return []
        query, answer = self._held
        definition, values = (
            (query.columns, answer.rows[self._row]) if self._view == ROW else (query.fields, answer.values)
        )
        found = answer_rows.fields(definition, values, self.lang, shown=self._shown)
        return [{"name": one.name, "title": one.title, "text": one.text} for one in found]

    def columns_for(self, width_em: float) -> tuple[Column, ...]:
        if self._held is None or not self._has_rows:
            return ()
        query, answer = self._held
        if self._longest is None:
            self._longest = answer_rows.widths(query, answer)
        return answer_rows.columns_that_fit(query, self._longest, self.lang, width_em)

    # --- the paper ----------------------------------------------------------------------------------------------------
    @Property(bool, notify=shown)
    def hasPaper(self) -> bool:
        """Whether the item prints anything."""
        return bool(self._documents)

    @Property(str, notify=shown)
    def paper(self) -> str:
        """``certificate``, ``sheet`` or ``slip``: the first that comes out."""
        if self._documents[:1] != (Document.SHEET,):
            return "slip"
        return "certificate" if self._is_certificate else "sheet"

    @Property(str, notify=shown)
    def paperName(self) -> str:
        """The title of the paper, which is in simplified Chinese; "" in other languages."""
        sheet = self._query.sheet if self._query else None
        return sheet.title if sheet is not None and self.lang is Language.ZH_CN else ""

    @Property(bool, notify=shown)
    def lacksCode(self) -> bool:
        """Whether the paper is a certificate that the department gave no verification code for: it is not printed."""
        return self._is_certificate and self._answer is not None and self._answer.verification_code is None

    @Property(bool, notify=shown)
    def printerWorks(self) -> bool:
        """False only while every printer of the item's papers is known not to work."""
        return papers.can_print(self._documents, self.session.availability.devices)

    @property
    def _documents(self) -> tuple[Document, ...]:
        flow = self.session.visit.flow
        return flow.documents if flow is not None else ()

    @property
    def _is_certificate(self) -> bool:
        sheet = self._query.sheet if self._query else None
        return sheet is not None and sheet.is_certificate

    # --- intents ------------------------------------------------------------------------------------------------------
    @Slot(str)
    def choose(self, value: str) -> None:
        """A way to ask; the one that is shown already is not asked for again."""
        if value != self._page.choice and not self._page.loading:
            self.post(Choose(self.serial, value))

    @Slot()
    def printPapers(self) -> None:
        """Asks for the papers of the item, each under a fresh id."""
        self.post(Print(self.serial, tuple(self.terminal.new_id() for _ in self._documents)))
