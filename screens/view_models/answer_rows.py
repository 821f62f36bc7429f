"""The answer of a plain query as a screen shows it: fields, cells and columns by the item's own definition. Pure; texts are ready made."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.central.department import DepartmentAnswer, Value
from kiosk.documents.field_text import field_text
from kiosk.identity import mask_id_number, mask_name
from kiosk.services.query import FieldKind, Query, QueryField
from kiosk.session.state import Language
from screens.view_models import leaves
from screens.view_models.leaves import Column, Wanted, text_em

PERSONAL = frozenset({FieldKind.NAME, FieldKind.ID_NUMBER})
"""Masked until shown."""

STAY = 2
"""So many of the first columns stay on the narrowest table."""

_NUMBERS = frozenset({FieldKind.MONEY, FieldKind.NUMBER})
_BRIEF = _NUMBERS | {FieldKind.DATE, FieldKind.MONTH}
_BRIEF_MOST = 3
_SPACE_EM = 0.7
_LEAST_EM, _MOST_EM = 2.5, 11.0
_LONGEST_TITLE_EM = 8.0


@dataclass(frozen=True)
class FieldShown:
    """One field with its words."""

    name: str
    title: str
    text: str = field(repr=False)


def shown_text(kind: FieldKind, value: Value, *, shown: bool) -> str:
    """The value as it is written; a name or a number of a person masked unless `shown`."""
    text = field_text(kind, value)
    if shown or kind not in PERSONAL or not value:
        return text
    return mask_name(text) if kind is FieldKind.NAME else mask_id_number(text)


def fields(
    definition: tuple[QueryField, ...], values: Mapping[str, Value], language: Language, *, shown: bool
) -> tuple[FieldShown, ...]:
    """All fields, or all columns of one row, in the order of the item's file."""
    return tuple(
        FieldShown(one.key, one.label.of(language), shown_text(one.kind, values.get(one.key), shown=shown))
        for one in definition
    )


def cells(query: Query, row: Mapping[str, Value], *, shown: bool) -> dict[str, str]:
    """All columns of one row as text, by column name."""
    return {one.key: shown_text(one.kind, row.get(one.key), shown=shown) for one in query.columns}


def personal_line(query: Query, answer: DepartmentAnswer, *, shown: bool) -> str:
    """Whose it is: the first name and the first number among the fields, "" when there is neither."""
    parts = []
    for kind in (FieldKind.NAME, FieldKind.ID_NUMBER):
        found = next((one for one in query.fields if one.kind is kind and answer.values.get(one.key)), None)
        if found is not None:
            parts.append(shown_text(kind, answer.values[found.key], shown=shown))
    return "   ".join(parts)


def brief_line(query: Query, answer: DepartmentAnswer, language: Language) -> str:
    """A few short facts for under the headline: figures and days that are held, in the order of the file."""
    held = [
        one
        for one in query.fields
        if one.kind in _BRIEF and one.key != query.headline and answer.values.get(one.key) is not None
    ]
    return " · ".join(
        f"{one.label.of(language)} {field_text(one.kind, answer.values[one.key])}" for one in held[:_BRIEF_MOST]
    )


def has_personal(query: Query, answer: DepartmentAnswer) -> bool:
    """Whether anything is masked."""
    return any(one.kind in PERSONAL and answer.values.get(one.key) for one in query.fields) or (
        bool(answer.rows) and any(one.kind in PERSONAL for one in query.columns)
    )


def widths(query: Query, answer: DepartmentAnswer) -> dict[str, float]:
    """By column, the width of its longest cell in em; words may stand on two lines. Reckoned once for an answer: it reads all rows."""
    found = {}
    for one in query.columns:
        longest = max((text_em(field_text(one.kind, row.get(one.key))) for row in answer.rows), default=0.0)
        if one.kind is FieldKind.TEXT and longest > _LONGEST_TITLE_EM:
            longest = longest / 2 + 1.0  # a line is seldom broken in its middle
        found[one.key] = longest
    return found


def columns_that_fit(
    query: Query, longest: Mapping[str, float], language: Language, width_em: float
) -> tuple[Column, ...]:
    """The columns that a table of `width_em` holds, in the order of the file, of which the first stay."""
    wanted = tuple(_wanted(one, longest[one.key], one.label.of(language)) for one in query.columns)
    return leaves.columns_that_fit(wanted, STAY, [one.name for one in wanted], width_em)


def _wanted(column: QueryField, longest: float, title: str) -> Wanted:
    width = max(_LEAST_EM, longest, min(_LONGEST_TITLE_EM, text_em(title)))
    return Wanted(
        column.key,
        math.ceil(10 * (min(_MOST_EM, width) + _SPACE_EM)) / 10,
        title,
        is_number=column.kind in _NUMBERS,
        is_firm=column.kind is FieldKind.MONEY,
        is_one_line=column.kind is not FieldKind.TEXT,
    )
