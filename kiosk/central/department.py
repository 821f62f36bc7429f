"""What a department answers to a plain query: values by field name, rows by column name. Which there are, of which kind and under
which label, says the item's own file (`kiosk.services.query`), so that a further query needs no model of its own.

POST /v1/departments/queries with a bearer token, `DepartmentRequest` of the contract; 404 person-not-found is an outcome like any other.
Money is integer fen, a date ISO 8601, a month ``YYYYMM``; what a department does not hold is null.
"""

from collections.abc import Mapping

from kiosk.base.record import Hidden, Record

Value = str | int | None


class DepartmentAnswer(Record, frozen=True):
    """What is held of the confirmed person at one moment.

    Attributes:
        item_code: of the item that was asked, 31 characters.
        choice: the choice that was asked with, "" for an item without choices.
        as_of: ISO 8601 with offset.
        values: by field of the item.
        rows: by column of the item, in the order of the department, newest first.
        verification_code: by which the department's own site checks the paper, where it gives one. The terminal never makes one up.
    """

    item_code: str
    choice: str
    as_of: str
    values: Hidden[Mapping[str, Value]]
    rows: Hidden[tuple[Mapping[str, Value], ...]] = ()
    verification_code: Hidden[str | None] = None
