"""Papers: slip and sheet, laid out in a child that exits, signed by the terminal, checked offline.

Cheap to import: the layout, signing and reading libraries load only in the child or in the command that checks a sheet.
"""

from kiosk.documents.answer_slip import answer_slip
from kiosk.documents.renderer import DEFAULT_DEADLINE_S, Breaker, render, render_to_fd
from kiosk.documents.sheet import account_fields, entry_cells
from kiosk.documents.slip import (
    PaperOutcome,
    SlipAlign,
    SlipData,
    SlipLine,
    SlipPaper,
    SlipStyle,
    slip_lines,
    statement_slip,
)
from kiosk.documents.submission_slip import submission_slip
from kiosk.documents.terminal_number import TerminalNumber, format_terminal_number, parse_terminal_number
from kiosk.documents.wire import (
    AnswerSheetRequest,
    RenderedDocument,
    RenderRequest,
    SheetRequest,
    SigningKey,
    SlipCodeRequest,
    SlipRequest,
)

__all__ = [
    "Breaker",
    "AnswerSheetRequest",
    "DEFAULT_DEADLINE_S",
    "PaperOutcome",
    "RenderRequest",
    "RenderedDocument",
    "SheetRequest",
    "SigningKey",
    "SlipAlign",
    "SlipCodeRequest",
    "SlipData",
    "SlipLine",
    "SlipPaper",
    "SlipRequest",
    "SlipStyle",
    "TerminalNumber",
    "account_fields",
    "answer_slip",
    "entry_cells",
    "format_terminal_number",
    "parse_terminal_number",
    "render",
    "render_to_fd",
    "slip_lines",
    "statement_slip",
    "submission_slip",
]
