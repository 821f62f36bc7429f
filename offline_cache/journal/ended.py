"""Closed cases in the store's file. Each function runs within a transaction, or a reading, of `GroupCommit`."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from offline_cache.store.connection import Connection, Row, Value

KEPT_CASES_S = 90 * 86_400.0
MOST_CASES = 10_000
NOTED = "noted"
"""Outcome of a case's first record, which is no step."""


@dataclass(frozen=True)
class CaseEnd:
    """How a case ended; for the platform, and what stays afterwards.

    Attributes:
        steps: each with its outcome, in their order; none once the platform has acknowledged the end.
        seq: of a dead letter that a person gave up (`case_id` is its key), in this very store; None where that is not known.
    """

    case_id: UUID
    kind: str
    end: str
    ended_wall_s: float
    is_acknowledged: bool
    steps: tuple[tuple[str, str | None], ...] = ()
    seq: int | None = None


_ENDS = "SELECT case_id, kind, end_state, ended_wall_s, is_acknowledged FROM cases WHERE end_state IS NOT NULL"


def unacknowledged(connection: Connection, most: int, without: Collection[UUID]) -> list[CaseEnd]:
    """The oldest first."""
    rows = connection.execute(f"{_ENDS} AND NOT is_acknowledged ORDER BY number LIMIT ?", (most + len(without),))
    found = [one for one in map(_end, list(rows)) if one.case_id not in without][:most]
    return [replace(one, steps=_steps(connection, one.case_id)) for one in found]


def end_of(connection: Connection, case_id: UUID) -> CaseEnd | None:
    """None for an open or unknown one."""
    row = next(iter(connection.execute(f"{_ENDS} AND case_id=?", (case_id.bytes,))), None)
    return None if row is None else replace(_end(row), steps=_steps(connection, case_id))


def write_closed(connection: Connection, case_id: UUID, kind: str, end: str, ended_wall_s: float, record: Row) -> None:
    """A case of one record that is over as it is written; again changes nothing. `record`: step, outcome, key, sealed body."""
    connection.execute(
        "INSERT INTO cases (case_id, number, kind, end_state, ended_wall_s)"
        " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM cases WHERE true ON CONFLICT (case_id) DO NOTHING",
        (case_id.bytes, kind, end, ended_wall_s),
    )
    connection.execute(
        "INSERT INTO journal (case_id, position, step, outcome, key_id, sealed_body) VALUES (?,1,?,?,?,?)"
        " ON CONFLICT (case_id, position) DO NOTHING",
        (case_id.bytes, *record),
    )


def acknowledge(connection: Connection, case_id: UUID) -> bool:
    """Its steps go; returns whether there is such a closed case."""
    rows = list(
        connection.execute(
            "UPDATE cases SET is_acknowledged=1 WHERE case_id=? AND end_state IS NOT NULL RETURNING 1", (case_id.bytes,)
        )
    )
    if rows:
        connection.execute("DELETE FROM journal WHERE case_id=?", (case_id.bytes,))
    return bool(rows)


def forget(connection: Connection, before_s: float) -> None:
    """Acknowledged ends from before this moment go, and beyond the newest `MOST_CASES` all that are acknowledged."""
    connection.execute(
        "DELETE FROM cases WHERE is_acknowledged AND (ended_wall_s < ? OR number <= (SELECT max(number) FROM cases) - ?)",
        (before_s, MOST_CASES),
    )


def _end(row: Row) -> CaseEnd:
    case_id, kind, end, ended, is_acknowledged = row
    assert isinstance(ended, int | float)
    return CaseEnd(_uuid(case_id), str(kind), str(end), float(ended), bool(is_acknowledged))


def _steps(connection: Connection, case_id: UUID) -> tuple[tuple[str, str | None], ...]:
    found = connection.execute(
        "SELECT step, outcome FROM journal WHERE case_id=? AND coalesce(outcome, '')<>? ORDER BY position",
        (case_id.bytes, NOTED),
    )
    return tuple((str(step), None if outcome is None else str(outcome)) for step, outcome in found)


def _uuid(value: Value) -> UUID:
    assert isinstance(value, bytes)
    return UUID(bytes=value)
