"""The result of the provident fund query: balance, account, details page by page, masked until the citizen shows them."""

from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.central.contract import FundStatement, Period
from kiosk.documents import formats
from kiosk.identity import mask_id_number, mask_name
from kiosk.session.events import ChoosePeriod, Print
from kiosk.session.state import Overlay, ResultPage
from screens.view_models import papers, statement_rows
from screens.view_models.consent import name_masked
from screens.view_models.leafing import FIELDS, ROWS, LeafingModel, Map
from screens.view_models.leaves import Column


class ResultModel(LeafingModel):
    """What ResultPage.qml shows. Properties notify by `shown`, what stands on the seen page by `turned`."""

    shown = Signal()
    turned = Signal()
    timers: ClassVar[tuple[str, ...]] = ()

    _page = ResultPage(None)

    def refresh(self) -> None:
        page = self.session.visit.page
        if not isinstance(page, ResultPage):
            self._shown = False
            return
        if self.session.overlay is not Overlay.NONE:
            self._shown = False  # whoever lifts the cover may be somebody else
        before, self._page = self._page, page
        if page.statement is not before.statement:
            self.start_over(ROWS)
        self.turned.emit()

    def say_shown(self) -> None:
        self.shown.emit()

    def say_turned(self) -> None:
        self.turned.emit()

    @property
    def _statement(self) -> FundStatement | None:
        return self._page.statement

    # --- the account --------------------------------------------------------------------------------------------------
    @Property(bool, notify=shown)
    def isFound(self) -> bool:
        """False: the department holds nothing of this person; a normal page."""
        return self._statement is not None

    @Property(bool, notify=shown)
    def canPrint(self) -> bool:
        """False only while every printer of the item's papers is known not to work."""
        flow = self.session.visit.flow
        return flow is not None and papers.can_print(flow.documents, self.session.availability.devices)

    @Property(bool, notify=shown)
    def isLoading(self) -> bool:
        return self._page.loading

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(str, notify=shown)
    def fundKind(self) -> str:
        return self._statement.fund_kind if self._statement else ""

    @Property(str, notify=shown)
    def asOf(self) -> str:
        """``YYYY-MM-DD HH:mm:ss``, the department's moment."""
        return formats.moment(datetime.fromisoformat(self._statement.as_of)) if self._statement else ""

    @Property(str, notify=shown)
    def span(self) -> str:
        """The period of the rows, ``a 至 b``."""
        return formats.span(self._statement.date_from, self._statement.date_to) if self._statement else ""

    @Property(str, notify=shown)
    def balance(self) -> str:
        return formats.yuan(self._statement.account.balance_fen) if self._statement else ""

    @Property(str, notify=shown)
    def monthly(self) -> str:
        return formats.yuan(self._statement.account.monthly_fen) if self._statement else ""

    @Property(str, notify=shown)
    def lastPaidMonth(self) -> str:
        return formats.month(self._statement.account.last_paid_month) if self._statement else ""

    @Property(str, notify=shown)
    def accountState(self) -> str:
        return self._statement.account.state if self._statement else ""

    @Property(str, notify=shown)
    def personName(self) -> str:
        """Masked, or in clear while shown."""
        if self._statement is None:
            return name_masked(self.session.visit.person)
        name = self._statement.account.name
        return name if self._shown else mask_name(name)

    @Property(str, notify=shown)
    def personNumber(self) -> str:
        """Masked, or in clear while shown."""
        if self._statement is None:
            return ""
        number = self._statement.account.id_number
        return number if self._shown else mask_id_number(number)

    @Property(bool, notify=shown)
    def isShown(self) -> bool:
        return self._shown

    # --- what is seen of it -------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def period(self) -> str:
        """A value of `Period`."""
        return self._page.period.value

    @Property(str, notify=turned)
    def view(self) -> str:
        """``rows``, ``fields`` or ``row`` (one entry with all its columns)."""
        return self._view

    @Property(list, notify=turned)
    def columns(self) -> list[Map]:
        """The columns that fit, see `screens.view_models.leaves.Column`; their words are the page's."""
        return self.column_maps()

    @Property(int, notify=turned)
    def rowsPerPage(self) -> int:
        return self._rows_per_page

    @Property(list, notify=turned)
    def rows(self) -> list[dict[str, str]]:
        """The entries of the seen page, all nine columns by name."""
        if self._statement is None:
            return []
        return [statement_rows.cells(self._statement.entries[index]) for index in self.seen_rows()]

    @Property(list, notify=turned)
    def fields(self) -> list[Map]:
        """The account's or the entry's fields on the seen page: ``{"name", "text"}``."""
        return self.seen_fields()

    @Property(int, notify=turned)
    def pageNumber(self) -> int:
        """From 1."""
        return self._at + 1

    @Property(int, notify=turned)
    def pageCount(self) -> int:
        return self.page_total()

    @Property(int, notify=turned)
    def entryCount(self) -> int:
        return self.row_count()

    def row_count(self) -> int:
        return len(self._statement.entries) if self._statement else 0

    def all_fields(self) -> list[Map]:
        if self._statement is None or self._view == ROWS:
            return []
        if self._view == FIELDS:
            fields = statement_rows.account_fields(self._statement.account, shown=self._shown)
            return [{"name": item.name, "text": item.text} for item in fields]
        row = statement_rows.cells(self._statement.entries[self._row])
        return [{"name": name, "text": row[name]} for name in statement_rows.COLUMNS]

    def columns_for(self, width_em: float) -> tuple[Column, ...]:
        return statement_rows.columns_that_fit(width_em)

    # --- intents ------------------------------------------------------------------------------------------------------
    @Slot(str)
    def choosePeriod(self, period: str) -> None:
        """A value of `Period`; the period that is shown already is not asked for again."""
        wanted = Period(period)
        if wanted is not self._page.period and not self._page.loading:
            self.post(ChoosePeriod(self.serial, wanted))

    @Slot()
    def printPapers(self) -> None:
        """Asks for the papers of the item, each under a fresh id."""
        flow = self.session.visit.flow
        if flow is not None:
            self.post(Print(self.serial, tuple(self.terminal.new_id() for _ in flow.documents)))
