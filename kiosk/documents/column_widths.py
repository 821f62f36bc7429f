"""How wide the columns of a table stand, from the widths of their texts in the sheet's font, and where long runs may break. Pure.

Only an estimate for a pleasing table: what stands on the paper is read back afterwards. Widths are in em.
"""

import unicodedata
from collections.abc import Sequence

# Advance widths of U+0020 to U+007E in thousandths of an em: Noto Sans CJK SC, Regular.
_ASCII = (
    224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392, 555, 555, 555, 555, 555, 555, 555, 555,
    555, 555, 278, 278, 555, 555, 555, 474, 946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
    633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559, 606, 563, 618, 510, 620, 554, 325, 564,
    607, 275, 275, 552, 284, 926, 610, 606, 620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
)  # fmt: skip
_FIRST, _LAST = 0x20, 0x7E
_WIDEST_TEXT = 16.0
_WIDEST_HEAD = 8.0
_NARROWEST_TEXT = 4.0
_SLACK = 0.15
"""For kerning and rounding."""


def width_of(text: str) -> float:
    """The width of `text` on one line; a character outside ASCII counts one em."""
    return sum(_ASCII[ord(one) - _FIRST] / 1000 if _FIRST <= ord(one) <= _LAST else 1.0 for one in text)


def column_widths(
    columns: Sequence[str], is_number: Sequence[bool], rows: Sequence[Sequence[str]], total: float
) -> tuple[float, ...]:
    """The width of each column without its insets; they add up to `total`.

    A number or a short text stands on one line as long as there is room for all of them; the rest is shared by the others.
    """
    wanted, least = [], []
    for place, label in enumerate(columns):
        widest = max((width_of(text) for text in {row[place] for row in rows}), default=0.0) + _SLACK
        head = width_of(label) + _SLACK
        wish = max(_folded(widest, _WIDEST_TEXT), _folded(head, _WIDEST_HEAD))
        wanted.append(wish)
        least.append(
            wish if is_number[place] else max(_folded(widest, _NARROWEST_TEXT, 24), _folded(head, _NARROWEST_TEXT, 12))
        )
    if sum(wanted) <= total:
        return tuple(width * total / sum(wanted) for width in wanted)
    if sum(least) <= total:
        share = (total - sum(least)) / (sum(wanted) - sum(least))
        return tuple(low + (wish - low) * share for low, wish in zip(least, wanted, strict=True))
    return tuple(width * total / sum(least) for width in least)


def _folded(width: float, most: float, lines: int = 8) -> float:
    """The width of a text that may go over several lines where it is wider than `most`, but hardly over more than `lines`."""
    return min(width, max(most, width / lines))


def fragments(text: str, width: float) -> str | tuple[str, ...]:
    """`text`, in pieces between which a line may end where a run without a natural break is wider than `width`.

    Natural breaks are spaces and the places between two ideographs. A piece never begins with a mark that belongs to the
    character before it.
    """
    if width_of(text) <= width:
        return text
    pieces: list[str] = []
    start = 0
    run = 0.0
    for place, one in enumerate(text):
        if one == " " or (place and _is_ideograph(one) and _is_ideograph(text[place - 1])):
            run = 0.0
        run += width_of(one)
        if run > width and place > start and _may_begin(one):
            pieces.append(text[start:place])
            start, run = place, width_of(one)
    return (*pieces, text[start:]) if pieces else text


def _is_ideograph(one: str) -> bool:
    return unicodedata.category(one) == "Lo" and unicodedata.east_asian_width(one) == "W"


def _may_begin(one: str) -> bool:
    """Whether a line may begin with the character; not with marks, joiners and jamo that complete a syllable."""
    return unicodedata.category(one)[0] != "M" and unicodedata.category(one) != "Cf" and not "\u1160" <= one <= "\u11ff"
