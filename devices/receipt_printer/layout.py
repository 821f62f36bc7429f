"""Lines of a receipt set into rows of columns, pure: 48 columns of 12 dots, a Han character takes two.

Rules of line breaking follow GB/T 15834 (punctuation that may not begin or end a line); Latin words and numbers stay whole unless
longer than a row. A printer sets every character outside ASCII in a full Han cell, also `·` and `é`, so width follows that and not
the Unicode tables.
"""

import unicodedata
from dataclasses import dataclass

from devices.receipt_printer.types import Align, Line, Style

COLUMNS = 48
"""Columns of 12 dots on 80 mm paper (576 dots)."""

_MAY_NOT_BEGIN = frozenset("–，。、；：？！）》」』】〉〕”’·…—～％,.;:?!)]}%")
_MAY_NOT_END = frozenset("–（《「『【〈〔“‘￥¥([{$")


@dataclass(frozen=True, repr=False)
class Row:
    """One row of the paper. `indent` counts columns before `text`; `right` ends at the last column.

    Columns are those of the row's own size: a doubled row has half as many.
    """

    text: str
    style: Style
    indent: int = 0
    right: str = ""


def clean(text: str) -> str:
    """The text without anything a printer could take for a command: controls and line ends become blanks."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Zs"} else c for c in composed if c != "\ufeff"
    )


def width(text: str) -> int:
    """Columns of a text as the printer will set it."""
    return sum(1 if c.isascii() else 2 for c in text)


def columns_of(style: Style) -> int:
    """Columns of a row in this style."""
    return COLUMNS // 2 if style is Style.TITLE else COLUMNS


def wrap(text: str, columns: int) -> list[str]:
    """Breaks a clean text into rows of at most `columns` (>= 2), never inside a word that fits a row. At least one row."""
    rows: list[str] = []
    row = ""
    for piece in _pieces(text):
        if width(row) + width(piece.rstrip()) <= columns:
            row += piece
            continue
        if row.strip():
            rows.append(row.rstrip())
        row = piece.lstrip()
        while width(row.rstrip()) > columns:
            head = _fitting(row, columns)
            rows.append(head)
            row = row[len(head) :]
    if row.strip() or not rows:
        rows.append(row.rstrip())
    return rows


def rows_of(line: Line) -> list[Row]:
    """The rows of a line of text; RULE, SPACE and QR are one row each.

    `right` stands on the last row of `text`, or on a row of its own when it does not fit there.
    """
    if line.style in (Style.RULE, Style.SPACE):
        return [Row("", line.style)]
    if line.style is Style.QR:
        return [Row(line.text, line.style)]
    columns = columns_of(line.style)
    right = clean(line.right).strip()
    texts = wrap(clean(line.text), columns)
    tails = wrap(right, columns) if right else []
    rows = [Row(text, line.style, _indent(text, line.align, columns)) for text in texts]
    if not tails:
        return rows
    if len(tails) == 1:
        if not texts[-1]:
            return [*rows[:-1], Row("", line.style, right=right)]
        if width(texts[-1]) + 1 + width(right) <= columns:
            return [*rows[:-1], Row(texts[-1], line.style, right=right)]
    if not any(texts):
        rows = []
    return rows + [Row("", line.style, right=tail) for tail in tails]


def padded(row: Row) -> str:
    """The row as one string of blanks and text, ready for a text-mode printer."""
    if not row.right:
        return " " * row.indent + row.text
    gap = columns_of(row.style) - row.indent - width(row.text) - width(row.right)
    return " " * row.indent + row.text + " " * gap + row.right


def _indent(text: str, align: Align, columns: int) -> int:
    return (columns - width(text)) // 2 if align is Align.CENTRE else 0


def _fitting(text: str, columns: int) -> str:
    """The longest beginning that fits; one character at least."""
    count = 1
    while width(text[: count + 1]) <= columns and count < len(text):
        count += 1
    return text[:count]


def _pieces(text: str) -> list[str]:
    """Splits where a row may break; blanks stay at the end of the piece before them."""
    pieces: list[str] = []
    for character in text:
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _MAY_NOT_BEGIN or before in _MAY_NOT_END:
        return False
    return before == " " or not (before.isascii() and after.isascii())
