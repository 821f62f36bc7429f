"""What of an answer follows from its rows: a field that is a count, a sum or the newest of them. Pure.

In a record such a field is an object instead of a value: ``{sum: paid_fen, where: {state: 已缴费}}``. So a total can never say other than the
rows below it, whatever was chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Value = str | int | None
Row = Mapping[str, Value]


def _numbers(rows: Sequence[Row], column: str) -> list[int]:
    return [value for row in rows if isinstance(value := row[column], int)]


SUMS: dict[str, Callable[[Sequence[Row], str], Value]] = {
    "count": lambda rows, column: len({row[column] for row in rows if row[column] is not None}),
    "number": lambda rows, column: sum(row[column] is not None for row in rows),
    "sum": lambda rows, column: sum(_numbers(rows, column)),
    "newest": lambda rows, column: rows[0][column] if rows else None,
    "oldest": lambda rows, column: rows[-1][column] if rows else None,
    "most": lambda rows, column: max(_numbers(rows, column), default=None),
}
"""By name, of a column of the rows, newest first: how many different, how many, their sum, the newest, the oldest, the largest."""


def field_value(field: Any, chosen: Sequence[Row], everything: Sequence[Row]) -> Value:
    """The value of one field of a record.

    Args:
        field: as kept: a plain value, or the object of a sum.
        chosen: the rows of the answer.
        everything: all rows, for a sum that says ``of_all: true``.
    """
    if not isinstance(field, dict):
        return field  # type: ignore[no-any-return]  # JSON of our own
    (name,) = field.keys() & SUMS.keys()
    wanted = field.get("where", {})
    rows = [row for row in (everything if field.get("of_all") else chosen) if matches(row, wanted)]
    return SUMS[name](rows, field[name])


def matches(row: Row, wanted: Mapping[str, Value]) -> bool:
    """Whether a row has all the values of `wanted`."""
    return all(row[column] == value for column, value in wanted.items())
