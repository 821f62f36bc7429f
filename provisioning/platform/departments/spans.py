"""Monthly rows told as spans: 36 payments on one base are one line from month to month. Pure."""

from collections.abc import Mapping, Sequence

from provisioning.platform.departments.computed import Row, Value


def visible(row: Row) -> dict[str, Value]:
    """The columns that are answered: those whose names begin with _ are the department's own."""
    return {column: value for column, value in row.items() if not column.startswith("_")}


def as_spans(rows: Sequence[Row], names: Mapping[str, str]) -> list[dict[str, Value]]:
    """Rows that follow each other by a month and are equal otherwise, as one.

    Args:
        rows: newest first.
        names: of the columns: `of` (the month ``YYYYMM``), and the made `start`, `end` and `count`.
    """
    of, start, end, count = names["of"], names["start"], names["end"], names["count"]
    spans: list[dict[str, Value]] = []
    running: dict[tuple[tuple[str, Value], ...], dict[str, Value]] = {}
    for row in rows:
        rest = tuple((column, value) for column, value in row.items() if column != of)
        month, span = row[of], running.get(rest)
        if span is not None and span[start] == month_after(str(month)):
            span[start] = month
            span[count] = int(span[count] or 0) + 1
            continue
        running[rest] = {**dict(rest), start: month, end: month, count: 1}
        spans.append(running[rest])
    return spans


def month_after(month: str) -> str:
    """The next month, ``YYYYMM``."""
    year, index = divmod(int(month[:4]) * 12 + int(month[4:]), 12)
    return f"{year:04d}{index + 1:02d}"
