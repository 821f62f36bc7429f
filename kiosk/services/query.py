"""The plain query of an item: what one may choose, which fields and rows a department answers with, and the paper of it. Pure.

A service of this kind is its file alone: the screen, the sheet and the check of what came are made from this definition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kiosk.base.errors import Problem
from kiosk.central.department import DepartmentAnswer, Value
from kiosk.services.words import Words

UNEXPECTED = Problem("central.unexpected_answer")
MOST_ROWS = 5_000
LONGEST_TEXT = 1_000
_MONTH = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{5,39}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MOST = 2**53


class FieldKind(str, Enum):
    """What a value is, and so how it is written and whether it is masked on the screen."""

    TEXT = "text"
    NAME = "name"  # a person's: masked on the screen until shown
    ID_NUMBER = "id_number"  # masked likewise; also account and card numbers
    NUMBER = "number"
    MONEY = "money"  # fen
    DATE = "date"  # ISO 8601
    MONTH = "month"  # YYYYMM


@dataclass(frozen=True)
class QueryField:
    """One field of an answer, or one column of its rows."""

    key: str
    kind: FieldKind
    label: Words


@dataclass(frozen=True)
class Choice:
    """One of the ways in which the item can be asked, e.g. the last 12 months."""

    value: str
    label: Words


@dataclass(frozen=True)
class Sheet:
    """The paper, in the language of the department: simplified Chinese.

    Attributes:
        title: e.g. 社会保险参保证明.
        note: what it may be used for.
        is_certificate: it is printed only with a verification code; without one there is no paper.
    """

    title: str
    note: str
    is_certificate: bool


@dataclass(frozen=True)
class Query:
    """Attributes:
    nobody: the sentence when the department holds nothing of the person; that is a normal page.
    choices: in their order, the first is asked first; empty: there is nothing to choose.
    headline: key of the field that stands largest on the page; None: none does.
    fields: of the answer, in the order of the paper.
    rows_title: over the rows, None where there are none.
    columns: of the rows; the first ones stay where the screen is narrow.
    sheet: the paper, None where the item prints none.
    """

    nobody: Words
    choices: tuple[Choice, ...]
    headline: str | None
    fields: tuple[QueryField, ...]
    rows_title: Words | None
    columns: tuple[QueryField, ...]
    sheet: Sheet | None

    def field(self, key: str) -> QueryField | None:
        """The field of this name."""
        return next((one for one in self.fields if one.key == key), None)


def check_answer(query: Query, item_code: str, choice: str, answer: DepartmentAnswer) -> Problem | None:
    """``central.unexpected_answer`` when `answer` is not what the item's file says or not to what was asked; nothing of it is then shown."""
    if (answer.item_code, answer.choice) != (item_code, choice) or len(answer.rows) > MOST_ROWS:
        return UNEXPECTED
    if not _is_moment(answer.as_of) or (answer.rows and not query.columns):
        return UNEXPECTED
    if answer.verification_code is not None and not _CODE.fullmatch(answer.verification_code):
        return UNEXPECTED
    if not _fits(query.fields, answer.values) or not all(_fits(query.columns, row) for row in answer.rows):
        return UNEXPECTED
    return None


def _fits(fields: tuple[QueryField, ...], values: Mapping[str, Value]) -> bool:
    return len(values) == len(fields) and all(
        field.key in values and _is_of_kind(field.kind, values[field.key]) for field in fields
    )


def _is_of_kind(kind: FieldKind, value: Value) -> bool:
    if value is None:
        return True
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or _CONTROL.search(value):
        return False
    if kind is FieldKind.DATE:
        return _is_day(value)
    return kind is not FieldKind.MONTH or _MONTH.fullmatch(value) is not None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
