"""How much of a table stands on a screen: columns, whole rows, pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


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
