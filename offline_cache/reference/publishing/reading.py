"""Reads what an operator publishes: a folder with a file of JSON lines for each kind of row.

``items.jsonl`` must be there; ``guides.jsonl``, ``policies.jsonl``, ``places.jsonl`` and ``synonyms.jsonl`` may be. The fields are those of
`offline_cache.reference.rows`. Every mistake is told with its file and line; a folder with one is refused as a whole.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.base.errors import Problem
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.rows import GuideRow, ItemRow, PlaceRow, PolicyRow, Synonym
from offline_cache.reference.units import NAME, UNIT, normalise

_Row = TypeVar("_Row", ItemRow, GuideRow, PolicyRow, PlaceRow, Synonym)
_MOST_TOLD = 20


@dataclass(frozen=True)
class Complaint:
    """One mistake. `line` counts from 1."""

    file: str
    line: int
    problem: Problem


def read_content(folder: Path) -> Content | tuple[Complaint, ...]:
    """The content of a folder, or the first twenty mistakes.

    Problems: ``reference.row_unreadable`` (reason), ``reference.row_twice`` (code), ``reference.row_nameless``,
    ``reference.row_code``, ``reference.no_items``.
    """
    complaints: list[Complaint] = []
    content = Content(
        items=_rows(folder / "items.jsonl", ItemRow, complaints),
        guides=_rows(folder / "guides.jsonl", GuideRow, complaints),
        policies=_rows(folder / "policies.jsonl", PolicyRow, complaints),
        places=_rows(folder / "places.jsonl", PlaceRow, complaints),
        synonyms=_rows(folder / "synonyms.jsonl", Synonym, complaints),
    )
    if not content.items and not complaints:
        complaints.append(Complaint("items.jsonl", 1, Problem("reference.no_items")))
    return tuple(complaints[:_MOST_TOLD]) if complaints else content


def _rows(path: Path, kind: type[_Row], complaints: list[Complaint]) -> tuple[_Row, ...]:
    if not path.exists():
        return ()
    decoder = msgspec.json.Decoder(kind)
    rows: dict[str, _Row] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                complaints.append(
                    Complaint(path.name, number, Problem("reference.row_unreadable", {"reason": str(error)}))
                )
                continue
            key, problem = _judge(row)
            if problem is None and key in rows:
                problem = Problem("reference.row_twice", {"code": key})
            if problem is not None:
                complaints.append(Complaint(path.name, number, problem))
            rows[key] = row
    return tuple(rows.values())


def _judge(row: ItemRow | GuideRow | PolicyRow | PlaceRow | Synonym) -> tuple[str, Problem | None]:
    match row:
        case ItemRow():
            fits = len(row.item_code) == 31 and len(row.basic_code) == 12 and len(row.business_item_code) in (0, 33)
            if not fits or not (1 <= row.level <= 6 and 0 <= row.hot <= 3):
                return row.item_code, Problem("reference.row_code")
            return row.item_code, _nameless(row.name)
        case GuideRow():
            return row.key, None
        case PolicyRow():
            return row.code, _nameless(row.title)
        case PlaceRow():
            return row.code, _nameless(row.name)
        case Synonym():
            return row.word + "\n" + row.other, _nameless(row.word) or _nameless(row.other)


def _nameless(name: str) -> Problem | None:
    known = normalise(name)
    return None if known and UNIT not in known and NAME not in known else Problem("reference.row_nameless")
