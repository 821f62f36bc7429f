"""Fields that a department computes when it is asked: sums of the rows, what the choice was, the number of this answer. Pure.

In a record such a field is an object in place of a value, so that a total can never say other than the rows below it:

- ``{count: column}``, ``number``, ``sum``, ``newest``, ``oldest``, ``most`` (`SUMS`) over the rows of the answer; with ``where: {column: value}``
  over those alone, with ``of_all: true`` whatever was chosen;
- ``{less: [approved, paid]}``: one field less another;
- ``{by_choice: {work: 求职}}``: a value for each choice;
- ``{some: text, none: text}``: whether the answer has rows;
- ``{stamp: "GX{day}{random}"}``: a number of its own for every answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
_SUM_KEYS = {*SUMS, "where", "of_all"}
_NAMES = {*SUMS, "less", "by_choice", "some", "stamp"}


@dataclass(frozen=True)
class Asked:
    """What is known when it is asked.

    Attributes:
        choice: with which.
        chosen: the rows of the answer, newest first.
        everything: all rows of the person.
        day: ``YYYYMMDD``.
        random: digits for this answer alone.
    """

    choice: str
    chosen: Sequence[Row] = field(repr=False)
    everything: Sequence[Row] = field(repr=False)
    day: str
    random: str


def is_computed(value: Any) -> bool:
    """Whether the value of a field waits until it is asked."""
    return isinstance(value, dict) and bool(value.keys() & _NAMES)


def fields_of(record: Mapping[str, Any], asked: Asked) -> dict[str, Value]:
    """All fields of a record, in its order.

    Raises:
        KeyError, ValueError, TypeError: a computed field speaks of what there is not; tried when the record is filled in.
    """
    made: dict[str, Value] = {}
    for key, value in record.items():
        made[key] = _computed(value, asked) if is_computed(value) and "less" not in value else value
    for key, value in record.items():
        if is_computed(value) and "less" in value:
            whole, part = (made[name] for name in value["less"])
            if not isinstance(whole, int) or not isinstance(part, int):
                raise TypeError(key)
            made[key] = whole - part
    return made


def matches(row: Row, wanted: Mapping[str, Value]) -> bool:
    """Whether a row has all the values of `wanted`."""
    return all(row[column] == value for column, value in wanted.items())


def _computed(described: Mapping[str, Any], asked: Asked) -> Value:
    match described:
        case {"by_choice": dict(values)}:
            return values[asked.choice]  # type: ignore[no-any-return]  # JSON of our own
        case {"some": str(some), "none": str(none)}:
            return some if asked.chosen else none
        case {"stamp": str(text)}:
            return text.format(day=asked.day, random=asked.random)
    (name,) = described.keys() & SUMS.keys()
    if not described.keys() <= _SUM_KEYS:
        raise ValueError(name)
    of = asked.everything if described.get("of_all") else asked.chosen
    wanted = described.get("where", {})
    return SUMS[name]([row for row in of if matches(row, wanted)], described[name])
