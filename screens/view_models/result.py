"""The result of the provident fund query: balance, account, details page by page, masked until the citizen shows them.

Only the rows of the page that is seen cross to the screen; a statement of 360 rows costs as much as one of ten.
"""

from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.central.contract import FundStatement, Period
from kiosk.documents import formats
from kiosk.identity import mask_id_number, mask_name
from kiosk.session.events import ChoosePeriod, Print
from kiosk.session.state import Overlay, ResultPage
from kiosk.terminal.port import TerminalPort
from screens.theme.theme import Theme
from screens.view_models import papers, statement_rows
from screens.view_models.consent import name_masked
from screens.view_models.page_model import PageModel

SHOWN_FOR_S = 10
"""How long one touch shows what is masked (elder size); otherwise it is shown while it is held."""

ENTRIES, ACCOUNT, ROW = "entries", "account", "row"

Map = dict[str, object]


class ResultModel(PageModel):
    """What ResultPage.qml shows. Properties notify by `shown`, what stands on the seen page by `turned`."""

    shown = Signal()
    turned = Signal()
    timers: ClassVar[tuple[str, ...]] = ()

    _page = ResultPage(None)
    _view = ENTRIES
    _at = 0
    _first = 0  # the row or field that stood first when a person last turned the page
    _row = 0
    _shown = False
    _rows_per_page = 0
    _fields_per_page = 0
    _columns: tuple[statement_rows.Column, ...] = ()
    _hiding: QTimer | None = None

    def __init__(self, terminal: TerminalPort, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(terminal, theme, parent)
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(SHOWN_FOR_S * 1000)
        self._hiding.timeout.connect(self._hide)

    def refresh(self) -> None:
        page = self.session.visit.page
        if not isinstance(page, ResultPage):
            self._shown = False
            return
        if self.session.overlay is not Overlay.NONE:
            self._shown = False  # whoever lifts the cover may be somebody else
        before, self._page = self._page, page
        if page.statement is not before.statement:
            self._view, self._at, self._first, self._row = ENTRIES, 0, 0, 0
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
        """``entries``, ``account`` or ``row`` (one entry with all its columns)."""
        return self._view

    @Property(list, notify=turned)
    def columns(self) -> list[Map]:
        """The columns that fit: ``{"name", "share", "isNumber"}``."""
        return [{"name": c.name, "share": c.share, "isNumber": c.is_number} for c in self._columns]

    @Property(int, notify=turned)
    def rowsPerPage(self) -> int:
        return self._rows_per_page

    @Property(list, notify=turned)
    def rows(self) -> list[dict[str, str]]:
        """The entries of the seen page, all nine columns by name."""
        if self._statement is None or self._view != ENTRIES or not self._rows_per_page:
            return []
        entries = statement_rows.page_entries(self._statement, self._at, self._rows_per_page)
        return [statement_rows.cells(entry) for entry in entries]

    @Property(list, notify=turned)
    def fields(self) -> list[Map]:
        """The account's or the entry's fields on the seen page: ``{"name", "text"}``."""
        first = self._at * self._fields_per_page
        return self._all_fields()[first : first + self._fields_per_page]

    @Property(int, notify=turned)
    def pageNumber(self) -> int:
        """From 1."""
        return self._at + 1

    @Property(int, notify=turned)
    def pageCount(self) -> int:
        return self._pages()

    @Property(int, notify=turned)
    def entryCount(self) -> int:
        return len(self._statement.entries) if self._statement else 0

    def _all_fields(self) -> list[Map]:
        if self._statement is None or self._view == ENTRIES:
            return []
        if self._view == ACCOUNT:
            fields = statement_rows.account_fields(self._statement.account, shown=self._shown)
            return [{"name": item.name, "text": item.text} for item in fields]
        row = statement_rows.cells(self._statement.entries[self._row])
        return [{"name": name, "text": row[name]} for name in statement_rows.COLUMNS]

    def _pages(self) -> int:
        if self._view == ENTRIES:
            total, per_page = len(self._statement.entries) if self._statement else 0, self._rows_per_page
        else:
            total, per_page = len(self._all_fields()), self._fields_per_page
        return statement_rows.page_count(total, per_page) if per_page else 1

    # --- intents ------------------------------------------------------------------------------------------------------
    @Slot(float, float, float)
    def fitRows(self, width_em: float, height_em: float, row_em: float) -> None:
        """Tells the room of the table: its size and the pitch of a row in em of its type.

        The page stays on the row that stood first, so that a change of size or language loses nobody's place.
        """
        rows = statement_rows.rows_that_fit(height_em, row_em)
        columns = statement_rows.columns_that_fit(width_em)
        if (rows, columns) == (self._rows_per_page, self._columns):
            return
        self._rows_per_page, self._columns = rows, columns
        if self._view == ENTRIES:
            self._at = min(statement_rows.page_of(self._first, rows), self._pages() - 1)
        self.turned.emit()

    @Slot(int)
    def fitFields(self, fields: int) -> None:
        """Tells how many fields of the account or of an entry have room; the first one seen stays in sight."""
        fields = max(1, fields)
        if fields == self._fields_per_page:
            return
        self._fields_per_page = fields
        if self._view != ENTRIES:
            self._at = min(statement_rows.page_of(self._first, fields), self._pages() - 1)
        self.turned.emit()

    @Slot()
    def nextPage(self) -> None:
        self._turn_to(self._at + 1)

    @Slot()
    def previousPage(self) -> None:
        self._turn_to(self._at - 1)

    def _turn_to(self, page: int) -> None:
        if 0 <= page < self._pages():
            self._at = page
            self._first = page * (self._rows_per_page if self._view == ENTRIES else self._fields_per_page)
            self.turned.emit()

    @Slot(str)
    def look(self, view: str) -> None:
        """Turns to ``entries`` (at the row that was looked at) or ``account``."""
        if view == self._view or view not in (ENTRIES, ACCOUNT):
            return
        was_row = self._view == ROW
        self._view = view
        self._first = self._row if was_row and view == ENTRIES else 0
        self._at = statement_rows.page_of(self._first, self._rows_per_page)
        self.turned.emit()

    @Slot(int)
    def openRow(self, index: int) -> None:
        """Opens the entry on line `index` (from 0) of the seen page with all its columns."""
        row = self._at * self._rows_per_page + index
        if self._view != ENTRIES or self._statement is None or not 0 <= row < len(self._statement.entries):
            return
        self._row, self._view, self._at, self._first = row, ROW, 0, 0
        self.turned.emit()

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

    # --- masks --------------------------------------------------------------------------------------------------------
    @Slot(bool)
    def hold(self, is_held: bool) -> None:
        """Shows what is masked while it is held down (standard size)."""
        self._set_shown(is_held)

    @Slot()
    def showAWhile(self) -> None:
        """Shows what is masked for `SHOWN_FOR_S` (elder size); a second touch hides it."""
        if self._shown:
            self._hide()
            return
        self._set_shown(True)
        if self._hiding is not None:
            self._hiding.start()

    @Slot()
    def _hide(self) -> None:
        if self._hiding is not None:
            self._hiding.stop()
        self._set_shown(False)

    def _set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self.shown.emit()
            if self._view == ACCOUNT:
                self.turned.emit()
