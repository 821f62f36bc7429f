"""How much of a table stands on a screen: columns, whole rows, pages. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_LINE_EM = 1.448  # the natural line of Noto Sans CJK
_LARGER = 1.2
_FIGURE_EM = 0.56
_FIRST_WIDE = 0x2E80  # from here on characters are as wide as the type is high


@dataclass(frozen=True)
class Wanted:
    """A column that a table would like to show.

    Attributes:
        name: of the cell in a row.
        width_em: the least width in em of the table's type.
        title: the words of its head, "" where the page itself has them.
        is_number: it stands flush right, on one line.
        is_firm: in the medium weight.
        is_one_line: shrunk rather than broken.
    """

    name: str
    width_em: float
    title: str = ""
    is_number: bool = False
    is_firm: bool = False
    is_one_line: bool = False


@dataclass(frozen=True)
class Column:
    """A column that is shown, with its width as a share of the table (all shares add up to 1). See `Wanted`."""

    name: str
    share: float
    title: str
    is_number: bool
    is_firm: bool
    is_one_line: bool


def columns_that_fit(by_use: Sequence[Wanted], stay: int, order: Sequence[str], width_em: float) -> tuple[Column, ...]:
    """The columns that a table of `width_em` holds, in `order`.

    The first `stay` of `by_use` always stay; the others follow as long as there is room, and none after one that had none.
    What is left out is told where a row is seen alone.
    """
    shown = list(by_use[:stay])
    used = sum(one.width_em for one in shown)
    for one in by_use[stay:]:
        if used + one.width_em > width_em:
            break
        shown.append(one)
        used += one.width_em
    return tuple(
        Column(one.name, one.width_em / used, one.title, one.is_number, one.is_firm, one.is_one_line)
        for one in sorted(shown, key=lambda one: order.index(one.name))
    )


@dataclass(frozen=True)
class FieldRoom:
    """The room of a list of fields, the words on the left and the value on the right.

    Attributes:
        across: fields side by side.
        down: rows of one line each.
        title_em, value_em: widths of words and value in em of their type.
        pitch_em: height of a row of one line in em.
    """

    across: int
    down: int
    title_em: float
    value_em: float
    pitch_em: float

    def weight(self, title: str, text: str) -> float:
        """How many rows of one line a field takes."""
        lines = max(_lines(title, self.title_em), _lines(text, self.value_em))
        return max(1.0, (_LINE_EM * lines + 0.3) / self.pitch_em)

    def is_short(self, text: str) -> bool:
        """Whether the value has room on its line in the next larger type."""
        return text_em(text) * _LARGER <= self.value_em

    def cut(self, weights: Sequence[float]) -> tuple[int, ...]:
        """Where each page begins, so that none holds more than there is room for; a field that is higher stands alone."""
        starts, used = [0], 0.0
        for index in range(0, len(weights), self.across):
            row = max(weights[index : index + self.across])
            if used and used + row > self.down:
                starts.append(index)
                used = 0.0
            used += row
        return tuple(starts)


def text_em(text: str) -> float:
    """The width of a text in em of its type, rather too wide than too narrow."""
    return sum(1.0 if ord(char) >= _FIRST_WIDE else _FIGURE_EM for char in text)


def _lines(text: str, width_em: float) -> int:
    # a line is seldom full to its end
    width = text_em(text)
    return 1 if width <= width_em else math.ceil(width / max(1.0, width_em - 1.0))


def rows_that_fit(height: float, pitch: float) -> int:
    """Whole rows of `pitch` in `height`, both in one unit; at least one, so that a page is never empty."""
    if pitch <= 0:
        return 1
    return max(1, int((height + 1e-6) // pitch))


def page_count(total: int, per_page: int) -> int:
    """Pages for `total` rows; an empty list has one page."""
    return max(1, -(-total // max(1, per_page)))


def page_of(index: int, per_page: int) -> int:
    """The page (from 0) on which row `index` stands."""
    return index // max(1, per_page)
