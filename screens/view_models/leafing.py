"""The base of pages that show much of a person: rows page by page, fields page by page, one row alone, and what is masked until shown.

Only what stands on the seen page crosses to the screen; 5,000 rows cost as much as ten.
"""

import bisect
from typing import cast

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.terminal.port import TerminalPort
from screens.theme.theme import Theme
from screens.view_models import leaves
from screens.view_models.leaves import Column, FieldRoom
from screens.view_models.page_model import PageModel

SHOWN_FOR_S = 10
"""How long one touch shows what is masked (elder size); otherwise it is shown while it is held."""

ROWS, FIELDS, ROW = "rows", "fields", "row"
"""What is seen: the table, the fields of the whole, or one row with all its columns."""

Map = dict[str, object]


class LeafingModel(PageModel):
    """Base of `ResultModel` and `AnswerModel`.

    A subclass declares the signals ``shown`` (all its properties) and ``turned`` (those of the seen page) and the properties
    themselves, since a property may not have an inherited notify signal; it emits through `say_turned` and `say_shown`.
    """

    _view = ROWS
    _at = 0
    _first = 0  # the row or field that stood first when a person last turned the page
    _row = 0
    _shown = False
    _rows_per_page = 0
    _field_room: FieldRoom | None = None
    _width_em = 0.0
    _columns: tuple[Column, ...] = ()
    _hiding: QTimer | None = None

    def __init__(self, terminal: TerminalPort, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(terminal, theme, parent)
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.setInterval(SHOWN_FOR_S * 1000)
        self._hiding.timeout.connect(self._hide)

    # --- to be overridden ---------------------------------------------------------------------------------------------
    def say_shown(self) -> None:
        """Emits ``shown``."""
        raise NotImplementedError

    def say_turned(self) -> None:
        """Emits ``turned``."""
        raise NotImplementedError

    def row_count(self) -> int:
        """How many rows there are on all pages."""
        raise NotImplementedError

    def all_fields(self) -> list[Map]:
        """The fields of the whole or of the opened row; empty while the table is seen."""
        raise NotImplementedError

    def columns_for(self, width_em: float) -> tuple[Column, ...]:
        """The columns that a table of `width_em` (em of its type) holds."""
        raise NotImplementedError

    # --- for subclasses -----------------------------------------------------------------------------------------------
    def start_over(self, view: str) -> None:
        """Something else is shown: from its beginning."""
        self._view, self._at, self._first, self._row = view, 0, 0, 0

    def seen_rows(self) -> range:
        """The indices of the rows on the seen page."""
        if self._view != ROWS or not self._rows_per_page:
            return range(0)
        first = self._at * self._rows_per_page
        return range(first, min(first + self._rows_per_page, self.row_count()))

    def seen_fields(self) -> list[Map]:
        """The fields on the seen page, each with its ``weight`` and whether it ``isShort``, see `FieldRoom`."""
        fields, starts = self._weighed(), self._field_starts()
        if self._field_room is None or self._at >= len(starts):
            return []
        return fields[slice(*(*starts, len(fields))[self._at : self._at + 2])]

    def _weighed(self) -> list[Map]:
        room = self._field_room
        if room is None:
            return []
        return [
            {
                **one,
                "weight": room.weight(str(one.get("title", "")), str(one["text"])),
                "isShort": room.is_short(str(one["text"])),
            }
            for one in self.all_fields()
        ]

    def _field_starts(self) -> tuple[int, ...]:
        room = self._field_room
        if room is None:
            return (0,)
        return room.cut([cast(float, one["weight"]) for one in self._weighed()])

    def _page_of_field(self, index: int) -> int:
        return bisect.bisect_right(self._field_starts(), index) - 1

    def column_maps(self) -> list[Map]:
        """The columns that fit, for QML."""
        return [
            {"name": c.name, "title": c.title, "share": c.share, "isNumber": c.is_number, "isFirm": c.is_firm,
             "isOneLine": c.is_one_line}
            for c in self._columns
        ]  # fmt: skip

    def page_total(self) -> int:
        """Pages of what is seen; at least one."""
        if self._view == ROWS:
            return leaves.page_count(self.row_count(), self._rows_per_page) if self._rows_per_page else 1
        return len(self._field_starts())

    # --- intents ------------------------------------------------------------------------------------------------------
    @Slot(float, float, float)
    def fitRows(self, width_em: float, height_em: float, row_em: float) -> None:
        """Tells the room of the table: its size and the pitch of a row in em of its type.

        The page stays on the row that stood first, so that a change of size or language loses nobody's place.
        """
        self._width_em = width_em
        rows, columns = leaves.rows_that_fit(height_em, row_em), self.columns_for(width_em)
        if (rows, columns) == (self._rows_per_page, self._columns):
            return
        self._rows_per_page, self._columns = rows, columns
        if self._view == ROWS:
            self._at = min(leaves.page_of(self._first, rows), self.page_total() - 1)
        self.say_turned()

    @Slot(int, int, float, float, float)
    def fitFields(self, across: int, down: int, title_em: float, value_em: float, pitch_em: float) -> None:
        """Tells the room of the list of fields, see `FieldRoom`; the first one seen stays in sight."""
        room = FieldRoom(max(1, across), max(1, down), title_em, value_em, pitch_em)
        if room == self._field_room:
            return
        self._field_room = room
        if self._view != ROWS:
            self._at = self._page_of_field(self._first)
        self.say_turned()

    @Slot()
    def nextPage(self) -> None:
        self._turn_to(self._at + 1)

    @Slot()
    def previousPage(self) -> None:
        self._turn_to(self._at - 1)

    def _turn_to(self, page: int) -> None:
        if 0 <= page < self.page_total():
            self._at = page
            self._first = page * self._rows_per_page if self._view == ROWS else self._field_starts()[page]
            self.say_turned()

    @Slot(str)
    def look(self, view: str) -> None:
        """Turns to ``rows`` (at the row that was looked at) or ``fields``."""
        if view == self._view or view not in (ROWS, FIELDS):
            return
        was_row = self._view == ROW
        self._view = view
        self._first = self._row if was_row and view == ROWS else 0
        self._at = leaves.page_of(self._first, self._rows_per_page) if view == ROWS else 0
        self.say_turned()

    @Slot(int)
    def openRow(self, index: int) -> None:
        """Opens the row on line `index` (from 0) of the seen page with all its columns."""
        seen = self.seen_rows()
        if not 0 <= index < len(seen):
            return
        self._row, self._view, self._at, self._first = seen[index], ROW, 0, 0
        self.say_turned()

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
            self.say_shown()
            self.say_turned()
