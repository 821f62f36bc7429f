"""Reads what the departments hold of the demo's citizens: one YAML file per item, read when the database is filled.

A file has the `item_code`; `choices`, each with what it narrows the rows to (``{months: 12}``, ``{where: {column: value}}``, ``{}``); `dated_by`, the
date or month column by which months are counted and rows are ordered; `gives_code` for a certificate; and `people`: by
id number the `fields` of the record and its `rows`. A row may be repeated: ``{repeat: 72, every: 1, ending: 0, rows: [...]}`` makes
72 months of it, every month, the last one 0 months before the last full one. Values are plain or described (`pattern`), a field
may wait until it is asked (`computed`); a column _so is the department's own and not answered. ``spans: {of: month, start: start_month, end: end_month,
count: months}`` tells equal months that follow each other as one row (`spans`). Who is not among the `people` is not known to the department.
"""

import calendar
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kiosk.base.errors import BudayangError
from provisioning.platform.departments import computed, spans
from provisioning.platform.departments.pattern import Month, PatternError, Place, make_row, shifted

FOLDER = Path(__file__).parent
_KEYS = {"item_code", "choices", "dated_by", "spans", "gives_code", "people"}
_SPAN_KEYS = {"of", "start", "end", "count"}
_CHOICE_KEYS = {"months", "where"}


@dataclass
class DepartmentRows:
    """Rows for the tables, in the order of their columns."""

    items: list[tuple[str, str, str, str | None, int]] = field(default_factory=list)
    records: list[tuple[str, str, str]] = field(default_factory=list, repr=False)
    rows: list[tuple[str, str, int, str | None, str]] = field(default_factory=list, repr=False)


def digest_of(folder: Path, end: Month) -> str:
    """Changes with the files and with the month until which they are told."""
    digest = hashlib.sha256(repr(end).encode())
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_departments(folder: Path, end: Month, names: Mapping[str, str]) -> DepartmentRows:
    """All departments of a folder.

    Args:
        folder: of ``<item key>.yaml``.
        end: the last full month.
        names: of the demo's fixed citizens, by id number; a file may speak of them only.

    Raises:
        BudayangError: ``platform.department_file`` with the file and the place in it.
    """
    made = DepartmentRows()
    codes: set[str] = set()
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # a safe loader
        except (yaml.YAMLError, UnicodeDecodeError):
            raise _refused(path, "YAML") from None
        item_code = _add_item(made, path, document)
        if item_code in codes:
            raise _refused(path, "item_code")
        codes.add(item_code)
        for id_number, person in (document.get("people") or {}).items():
            if id_number not in names or not isinstance(person, dict) or not person.keys() <= {"fields", "rows"}:
                raise _refused(path, f"people.{list(document['people']).index(id_number) + 1}")
            holder = {"id_number": id_number, "name": names[id_number]}
            _add_person(made, path, document, holder, end)
    return made


def _add_item(made: DepartmentRows, path: Path, document: Any) -> str:
    if not isinstance(document, dict) or not document.keys() <= _KEYS:
        raise _refused(path, "/")
    item_code = document.get("item_code")
    if not isinstance(item_code, str) or len(item_code) != 31:
        raise _refused(path, "item_code")
    choices = document.get("choices") or {}
    if not isinstance(choices, dict) or not all(
        isinstance(value, str) and isinstance(narrows, dict) and narrows.keys() <= _CHOICE_KEYS
        for value, narrows in choices.items()
    ):
        raise _refused(path, "choices")
    names = document.get("spans")
    if names is not None and (not isinstance(names, dict) or names.keys() != _SPAN_KEYS):
        raise _refused(path, "spans")
    told = None if names is None else json.dumps(names)
    gives_code = int(bool(document.get("gives_code", False)))
    made.items.append((item_code, path.stem, json.dumps(choices, ensure_ascii=False), told, gives_code))
    return item_code


def _add_person(
    made: DepartmentRows, path: Path, document: Mapping[str, Any], holder: Mapping[str, str], end: Month
) -> None:
    item_code, dated_by, id_number = document["item_code"], document.get("dated_by"), holder["id_number"]
    person = document["people"][id_number]
    where = f"people.{list(document['people']).index(id_number) + 1}"
    try:
        rows = [row for described in person.get("rows") or () for row in _rows_of(described, holder, end)]
        dated = [(_last_day(row[dated_by]) if dated_by else None, row) for row in rows]
        dated.sort(key=lambda one: one[0] or "", reverse=True)  # stable: rows of one day stay in the order of the file
        ordered = [row for _, row in dated]
        fields = _fields_of(person["fields"], Place(holder, end))
        _try(document, fields, ordered)
    except (PatternError, KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise _refused(path, where) from None
    if len({tuple(row) for row in rows}) > 1:
        raise _refused(path, f"{where}.rows")
    made.records.append((item_code, id_number, json.dumps(fields, ensure_ascii=False)))
    made.rows.extend(
        (item_code, id_number, number, day, json.dumps(row, ensure_ascii=False))
        for number, (day, row) in enumerate(dated, start=1)
    )


def _rows_of(described: Mapping[str, Any], holder: Mapping[str, str], end: Month) -> Iterator[computed.Row]:
    if "repeat" not in described:
        yield make_row(described, Place(holder, end))
        return
    if not described.keys() <= {"repeat", "every", "ending", "rows"}:
        raise PatternError("repeat")
    count, every, ending = int(described["repeat"]), int(described.get("every", 1)), int(described.get("ending", 0))
    for index in range(count):
        month = shifted(end, -ending - (count - 1 - index) * every)
        for row in described["rows"]:
            yield make_row(row, Place(holder, month, index))


def _fields_of(described: Mapping[str, Any], place: Place) -> dict[str, Any]:
    waiting = {key: value for key, value in described.items() if computed.is_computed(value)}
    plain = make_row({key: value for key, value in described.items() if key not in waiting}, place)
    return {key: waiting[key] if key in waiting else plain[key] for key in described}


def _try(document: Mapping[str, Any], fields: Mapping[str, Any], rows: list[computed.Row]) -> None:
    """Makes an answer for every choice, so that nothing can fail when a citizen asks."""
    for value, narrows in (document.get("choices") or {"": {}}).items():
        chosen = [row for row in rows if computed.matches(row, narrows.get("where", {}))]
        computed.fields_of(fields, computed.Asked(value, chosen, rows, "20261122", "0"))
        if document.get("spans"):
            spans.as_spans(chosen, document["spans"])


def _last_day(value: computed.Value) -> str | None:
    """The day itself, or the month's last one: a month counts as long as one of its days does."""
    if not isinstance(value, str) or len(value) != len("202611"):
        return None if value is None else date.fromisoformat(str(value)).isoformat()
    year, month = int(value[:4]), int(value[4:])
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _refused(path: Path, where: str) -> BudayangError:
    return BudayangError("platform.department_file", file=path.name, where=where)
