"""Values that a data file describes instead of listing them: months that count back from the platform's own, amounts that grow.

So a file of twenty lines holds six years of payments, and what was last year when it was written is last year still. In place
of a value stands an object:

- ``{month: -2}``: ``YYYYMM``, counted from the row's own month (from the last full one in a record's fields);
- ``{day: 12}``, ``{day: 12, month: -2}``: ISO 8601, the last day where the month is shorter;
- ``{from: 600000, by: 25000, each: 12}``: grows with every 12th repetition, oldest first;
- ``{cycle: [a, b]}``: one after the other with the repetitions;
- ``{permille: 80, of: base_fen}``: of another column of the same row, rounded half up;
- ``{text: "HC{month}{number:03}"}``: with the row's month and the repetition's number;
- ``{person: name}``, ``{person: id_number}``: of whose record it is.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from provisioning.platform.departments.computed import Value

Month = tuple[int, int]
"""Year and index of the month from 0."""


class PatternError(ValueError):
    """A described value that nobody understands; its text is the description's keys."""


@dataclass(frozen=True)
class Place:
    """Where a value stands: whose it is, in which month, and which repetition it belongs to (0 is the oldest)."""

    person: Mapping[str, str] = field(repr=False)
    month: Month
    index: int = 0


def shifted(month: Month, months: int) -> Month:
    """The month so many later."""
    return divmod(month[0] * 12 + month[1] + months, 12)


def make_row(described: Mapping[str, Any], place: Place) -> dict[str, Value]:
    """A row or a record's fields with every described value made; of a record those that are not computed when asked.

    Raises:
        PatternError: for an object that is neither a description nor refers to a column.
    """
    made: dict[str, Value] = {}
    shares = []
    for key, value in described.items():
        if isinstance(value, dict) and "permille" in value:
            shares.append(key)
            made[key] = None  # the order of the columns stays
        else:
            made[key] = make_value(value, place)
    for key in shares:
        whole = made.get(described[key].get("of", ""))
        if not isinstance(whole, int) or described[key].keys() != {"permille", "of"}:
            raise PatternError(key)
        made[key] = (whole * int(described[key]["permille"]) + 500) // 1000
    return made


def make_value(described: Any, place: Place) -> Value:
    """One value; see the module. Raises PatternError."""
    if described is None or (isinstance(described, str | int) and not isinstance(described, bool)):
        return described
    if not isinstance(described, dict):
        raise PatternError(type(described).__name__)
    match described:
        case {"month": int(), "day": int()} | {"day": int()} if described.keys() <= {"month", "day"}:
            year, index = shifted(place.month, described.get("month", 0))
            return date(year, index + 1, min(described["day"], calendar.monthrange(year, index + 1)[1])).isoformat()
        case {"month": int(months)} if len(described) == 1:
            year, index = shifted(place.month, months)
            return f"{year:04d}{index + 1:02d}"
        case {"from": int(first), "by": int(step), "each": int(each)} if each > 0:
            return first + place.index // each * step
        case {"cycle": list(values)} if values:
            return make_value(values[place.index % len(values)], place)
        case {"text": str(text)}:
            year, index = place.month
            return text.format(month=f"{year:04d}{index + 1:02d}", number=place.index + 1)
        case {"person": str(what)} if what in place.person:
            return place.person[what]
    raise PatternError(", ".join(map(str, described)))
