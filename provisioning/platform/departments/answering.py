"""What a department answers of one person, and the codes by which its certificates are checked."""

import calendar
import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from kiosk.base.clock import HALL_TIME, Clock
from kiosk.central.contract import DepartmentRequest
from kiosk.central.department import DepartmentAnswer
from provisioning.platform.departments import computed, tables
from provisioning.platform.departments.spans import as_spans, visible
from provisioning.platform.departments.wire import CodeKnown
from provisioning.platform.identity import Randomness
from provisioning.platform.problems import RefusedError

CODE_LIFE = timedelta(days=180)
"""How long a code can be checked; a certificate that is older is asked for anew."""
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, without 0 O 1 I, which are read for each other
_CODE_BYTES = 10


def months_before(today: date, months: int) -> str:
    """The first day of the last `months`, ISO 8601. A day that the month lacks becomes its last one."""
    year, month_index = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = min(today.day, calendar.monthrange(year, month_index + 1)[1])
    return date(year, month_index + 1, day).isoformat()


class Departments:
    """Reads the departments' tables, one model for all items. Thread-safe."""

    def __init__(self, engine: Engine, clock: Clock, randomness: Randomness) -> None:
        self._engine = engine
        self._clock = clock
        self._randomness = randomness

    def keys(self) -> frozenset[str]:
        """The items that are answered, by the names of their files: also the names by which their departments are closed."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(tables.item.c.key)))

    def key_of(self, request: DepartmentRequest) -> str:
        """The item's key.

        Raises:
            RefusedError: invalid-request for an item or a choice that there is not.
        """
        with self._engine.connect() as connection:
            return str(_item(connection, request).key)

    def answer(self, id_number: str, request: DepartmentRequest) -> DepartmentAnswer:
        """What is held of the person, the rows as far as the choice reaches.

        Raises:
            RefusedError: person-not-found when nothing is held, invalid-request for an item or a choice that there is not.
        """
        now = self._clock.now()
        records, rows = tables.record, tables.row
        with self._engine.connect() as connection:
            item = _item(connection, request)
            fields = connection.scalar(
                select(records.c.fields).where(records.c.item_code == item.item_code, records.c.id_number == id_number)
            )
            if fields is None:
                raise RefusedError("person-not-found")
            found = connection.execute(
                select(rows.c.dated, rows.c.cells)
                .where(rows.c.item_code == item.item_code, rows.c.id_number == id_number)
                .order_by(rows.c.number)
            ).all()
        everything = [(one.dated, json.loads(one.cells)) for one in found]
        chosen = _chosen(everything, json.loads(item.choices).get(request.choice) or {}, now.date())
        asked = computed.Asked(
            request.choice,
            chosen,
            [cells for _, cells in everything],
            f"{now:%Y%m%d}",
            f"{self._randomness.randbelow(10**8):08d}",
        )
        shown = [visible(cells) for cells in chosen]
        return DepartmentAnswer(
            item_code=item.item_code,
            choice=request.choice,
            as_of=now.isoformat(timespec="seconds"),
            values=computed.fields_of(json.loads(fields), asked),
            rows=tuple(as_spans(shown, json.loads(item.spans)) if item.spans else shown),
            verification_code=self._issue(item.item_code, now) if item.gives_code else None,
        )

    def check_code(self, code: str) -> CodeKnown:
        """For which item and when the code was made.

        Raises:
            RefusedError: not-found for a code that no department made, or longer ago than `CODE_LIFE`.
        """
        codes = tables.code
        oldest = _to_ms(self._clock.now() - CODE_LIFE)
        with self._engine.connect() as connection:
            found = connection.execute(
                select(codes.c.item_code, codes.c.issued_at).where(
                    codes.c.code_hash == _hash_code(code), codes.c.issued_at > oldest
                )
            ).one_or_none()
        if found is None:
            raise RefusedError("not-found", "body.code")
        issued_at = datetime.fromtimestamp(found.issued_at / 1000, HALL_TIME)
        return CodeKnown(found.item_code, issued_at.isoformat(timespec="seconds"))

    def _issue(self, item_code: str, now: datetime) -> str:
        """A new code for every answer: which of two papers is the later one can be told by it."""
        codes = tables.code
        number = int.from_bytes(self._randomness.token_bytes(_CODE_BYTES), "big")
        characters = [_ALPHABET[number >> shift & 31] for shift in range(0, _CODE_BYTES * 8, 5)]
        code = "-".join("".join(characters[first : first + 4]) for first in range(0, len(characters), 4))
        with self._engine.begin() as connection:
            connection.execute(delete(codes).where(codes.c.issued_at <= _to_ms(now - CODE_LIFE)))
            connection.execute(
                insert(codes).values(code_hash=_hash_code(code), item_code=item_code, issued_at=_to_ms(now))
            )
        return code


def _item(connection: Connection, request: DepartmentRequest) -> Any:
    items = tables.item
    item = connection.execute(select(items).where(items.c.item_code == request.item_code)).one_or_none()
    if item is None:
        raise RefusedError("invalid-request", "body.item_code")
    if request.choice not in (json.loads(item.choices) or {"": None}):
        raise RefusedError("invalid-request", "body.choice")
    return item


def _chosen(rows: list[tuple[str | None, computed.Row]], choice: dict[str, Any], today: date) -> list[computed.Row]:
    """The rows that the choice leaves: of the last months, or with certain values; all where it says nothing."""
    first_day = months_before(today, choice["months"]) if "months" in choice else ""
    wanted = choice.get("where", {})
    return [cells for dated, cells in rows if (dated or "") >= first_day and computed.matches(cells, wanted)]


def _to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _hash_code(code: str) -> str:
    plain = "".join(character for character in code.upper() if character in _ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()
