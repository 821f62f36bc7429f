"""The journal itself: write-ahead steps, sealed, in the store's own file. Any thread; what writes waits for a flush of the disk.

A case (a payment, an endorsement) has steps in their order, one under way at most. `begin` returns when the step would survive a loss
of power, so it is called before the step is done. Nothing is deleted silently: a case is closed with how it ended, the platform is
told, and only when it has acknowledged that the steps go and a row with the end stays for a while.

Every method raises BudayangError ``offline.disk_full`` or ``offline.disk`` (then nobody knows whether it took effect; it may be asked
again), and what it says.
"""

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

import msgspec

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.journal import ended
from offline_cache.journal.ended import KEPT_CASES_S, NOTED, CaseEnd
from offline_cache.journal.rules import NOTHING_BEGUN, RULES, UNKNOWN_STEP, OnRestart
from offline_cache.sealing.epochs import EpochKeys, key_id_of
from offline_cache.sealing.record_codec import Binding
from offline_cache.store.connection import Connection, DatabaseError, Fault, Row, Value
from offline_cache.store.database import Database

__all__ = ["CaseEnd", "Entry", "Journal", "OpenCase"]

OPENED, SUPERSEDED, LEFT_OPEN = "opened", "superseded", "leftOpen"
"""Words of the journal's own: a case's first record, which is no step; of a step that was begun anew without an end of its own; of
one that was under way when its case was closed."""
LETTER = "letter."
"""Begins the kind of a case that is a dead letter which a person gave up; its item's kind follows."""


@dataclass(frozen=True)
class Entry:
    """One record of a case; `outcome` None: under way. `details` and `end_details` are the caller's own bytes."""

    position: int
    step: str
    outcome: str | None
    details: bytes = field(repr=False)
    end_details: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class OpenCase:
    """A case that has not been closed.

    Attributes:
        position, step: of the last step begun; 0 and ``opened`` before the first.
        is_under_way: whether that step has no end.
        rule: what must be done first after a restart.
        details: of that step.
    """

    case_id: UUID
    kind: str
    position: int
    step: str
    is_under_way: bool
    rule: OnRestart
    details: bytes = field(repr=False)


_DAMAGED = frozenset({"store.cannot_open", "store.key_gone"})
"""Only a person can look at a case of such records."""


class _OpenStepError(Exception):
    """Another step is under way, or lies at this position."""


class _NoCaseError(Exception):
    """There is no such case, or it is closed."""


class Journal:
    """See the module.

    Args:
        terminal_id: part of what each record is bound to.
        clock: wall time, only noted.

    Attributes:
        store_id: of the file.
    """

    def __init__(self, database: Database, keys: EpochKeys, terminal_id: str, clock: Clock) -> None:
        self.store_id = database.store_id
        self._commits = database.commits
        self._keys = keys
        self._terminal_id = terminal_id
        self._clock = clock

    # -- writing ahead -------------------------------------------------------------------------------------------

    def open_case(self, case_id: UUID, kind: str, details: bytes = b"") -> None:
        """A new case; the same again changes nothing. Raises ``journal.no_such_case`` when it is closed."""
        self._insert(case_id, 0, OPENED, details, kind=kind, outcome=NOTED, supersedes=False)

    def begin(
        self, case_id: UUID, step: str, details: bytes = b"", *, position: int | None = None, supersedes: bool = False
    ) -> int:
        """A step is about to be done; returns its position, durably. A case that is not there is opened.

        Args:
            case_id: random, of the payment or endorsement.
            step: a word of `RULES`.
            details: what is needed to find out how it ended; sealed.
            position: from 1, when the caller counts; the same step at the same position again changes nothing.
            supersedes: a step under way gets no end any more (it is begun anew, or another is, after somebody has looked).

        Raises:
            BudayangError: ``journal.step_open``, ``journal.no_such_case`` (it is closed).
            ValueError: a step without a rule.
        """
        if step not in RULES:
            raise ValueError(f"no rule for what is to be done after a restart in step {step!r}")
        place = position if position is not None else self._next(case_id)
        self._insert(case_id, place, step, details, kind=RULES[step].kind, outcome=None, supersedes=supersedes)
        return place

    def ended(self, case_id: UUID, position: int, outcome: str, details: bytes | None = None) -> None:
        """How the step ended; the same again changes nothing.

        Raises:
            BudayangError: ``journal.no_such_case``: no such step, or it ended otherwise.
        """
        found = next((entry for entry in self.entries(case_id) if entry.position == position), None)
        if found is None or (found.outcome is not None and found.outcome != outcome):
            raise BudayangError("journal.no_such_case")
        if found.outcome == outcome:
            return
        sealed = self._seal(case_id, position, found.step, found.details, details)

        def end(connection: Connection) -> None:
            connection.execute(
                "UPDATE journal SET outcome=?, key_id=?, sealed_body=? WHERE case_id=? AND position=? AND outcome IS NULL",
                (outcome, key_id_of(sealed), sealed, case_id.bytes, position),
            )

        try:
            with _told():
                self._commits.write(end, frees=True)
        finally:
            self._keys.release([key_id_of(sealed)])

    def close(self, case_id: UUID, end: str) -> None:
        """The case is over, in a word; a step under way stays without an end. The same again changes nothing.

        Raises:
            BudayangError: ``journal.no_such_case``: there is none, or it ended otherwise.
        """
        now = self._clock.now().timestamp()

        def close(connection: Connection) -> bool:
            row = _one(connection, "SELECT end_state FROM cases WHERE case_id=?", case_id.bytes)
            if row is None or row[0] not in {None, end}:
                return False
            connection.execute(
                "UPDATE journal SET outcome=? WHERE case_id=? AND outcome IS NULL", (LEFT_OPEN, case_id.bytes)
            )
            connection.execute(
                "UPDATE cases SET end_state=?, ended_wall_s=? WHERE case_id=? AND end_state IS NULL",
                (end, now, case_id.bytes),
            )
            return True

        with _told():
            if not self._commits.write(close, frees=True):
                raise BudayangError("journal.no_such_case")

    @contextlib.contextmanager
    def closed_letter(
        self, case_id: UUID, kind: str, end: str, seq: int, died_of: tuple[str, str]
    ) -> Iterator[Callable[[Connection], None]]:
        """The end of a dead letter of this number; the block gets what writes it, within a transaction of its own choice.

        Args:
            died_of: its reason and the last answer's code.
        """
        step, code = died_of
        body = msgspec.msgpack.encode((self.store_id, seq))
        sealed = self._seal(case_id, 1, step, body, None)
        now, key_id = self._clock.now().timestamp(), key_id_of(sealed)
        try:
            yield lambda connection: ended.write_closed(
                connection, case_id, LETTER + kind, end, now, (step, code, key_id, sealed)
            )
        finally:
            self._keys.release([key_id])

    # -- reading -------------------------------------------------------------------------------------------------

    def entries(self, case_id: UUID) -> list[Entry]:
        """All records of a case, in their order; empty when there is none, or its steps have gone.

        Raises BudayangError ``store.cannot_open``, ``store.key_gone``, ``store.vault_closed``.
        """
        with _told():
            rows = self._commits.read(
                lambda connection: list(
                    connection.execute(
                        "SELECT position, step, outcome, sealed_body FROM journal WHERE case_id=? ORDER BY position",
                        (case_id.bytes,),
                    )
                )
            )
        return [self._entry(case_id, row) for row in rows]

    def open_cases(self) -> list[OpenCase]:
        """Every case that is not closed, the oldest first: after a restart each wants what its rule says.

        A case that could be read in part only is among them, to be held for staff.
        """
        with _told():
            found = self._commits.read(
                lambda connection: list(
                    connection.execute(
                        "SELECT case_id, kind, number FROM cases WHERE end_state IS NULL UNION ALL"
                        # of a damaged store: the steps were saved, the case was not
                        " SELECT case_id, 'unknown', 0 FROM journal WHERE case_id NOT IN (SELECT case_id FROM cases)"
                        " GROUP BY case_id ORDER BY 3"
                    )
                )
            )
        return [self._standing(_uuid(case_id), str(kind)) for case_id, kind, _ in found]

    def ends(self, most: int = 1000, without: Collection[UUID] = ()) -> list[CaseEnd]:
        """Closed cases that the platform has not acknowledged, the oldest first, with their steps."""
        with _told():
            found = self._commits.read(lambda connection: ended.unacknowledged(connection, most, without))
        return [replace(one, seq=self._seq_of(one)) if one.kind.startswith(LETTER) else one for one in found]

    def end_of(self, case_id: UUID) -> CaseEnd | None:
        """How a case ended, also for a while after its steps have gone."""
        with _told():
            return self._commits.read(lambda connection: ended.end_of(connection, case_id))

    # -- afterwards ----------------------------------------------------------------------------------------------

    def acknowledged(self, case_id: UUID) -> None:
        """The platform knows how a closed case ended: its steps go. Raises ``journal.no_such_case`` when it is not closed."""
        with _told():
            if not self._commits.write(lambda connection: ended.acknowledge(connection, case_id), frees=True):
                raise BudayangError("journal.no_such_case")

    def forget_old(self, platform_less_wall_s: float | None) -> None:
        """Ends that were acknowledged go when they are older than `ended.KEPT_CASES_S`, and beyond `ended.MOST_CASES` anyway.

        Args:
            platform_less_wall_s: the platform's time less this machine's; None while unknown: then nothing is old. The clock by which
                an end was noted may have been wrong; that is why the count bounds them, too.
        """
        before = float("-inf")
        if platform_less_wall_s is not None:
            before = self._clock.now().timestamp() + platform_less_wall_s - KEPT_CASES_S
        with _told():
            self._commits.write(lambda connection: ended.forget(connection, before), frees=True)

    # -- inside --------------------------------------------------------------------------------------------------

    def _insert(
        self,
        case_id: UUID,
        position: int,
        step: str,
        details: bytes,
        *,
        kind: str,
        outcome: str | None,
        supersedes: bool,
    ) -> None:
        sealed = self._seal(case_id, position, step, details, None)

        def insert(connection: Connection) -> None:
            case = _one(connection, "SELECT end_state FROM cases WHERE case_id=?", case_id.bytes)
            if case is not None and case[0] is not None:
                raise _NoCaseError
            if case is None:
                connection.execute(
                    "INSERT INTO cases (case_id, number, kind) SELECT ?, coalesce(max(number), 0) + 1, ? FROM cases",
                    (case_id.bytes, kind),
                )
            there = _one(
                connection, "SELECT step, outcome FROM journal WHERE case_id=? AND position=?", case_id.bytes, position
            )
            if there is not None:
                # done twice after a fault of the disk, or asked again by a caller that was not answered
                if there != (step, outcome):
                    raise _OpenStepError
                return
            if supersedes:
                connection.execute(
                    "UPDATE journal SET outcome=? WHERE case_id=? AND outcome IS NULL", (SUPERSEDED, case_id.bytes)
                )
            elif outcome is None and _one(
                connection, "SELECT 1 FROM journal WHERE case_id=? AND outcome IS NULL", case_id.bytes
            ):
                raise _OpenStepError
            connection.execute(
                "INSERT INTO journal (case_id, position, step, outcome, key_id, sealed_body) VALUES (?,?,?,?,?,?)",
                (case_id.bytes, position, step, outcome, key_id_of(sealed), sealed),
            )

        try:
            with _told():
                self._commits.write(insert)
        except _OpenStepError:
            raise BudayangError("journal.step_open") from None
        except _NoCaseError:
            raise BudayangError("journal.no_such_case") from None
        finally:
            self._keys.release([key_id_of(sealed)])

    def _next(self, case_id: UUID) -> int:
        with _told():
            row = self._commits.read(
                lambda connection: _one(connection, "SELECT max(position) FROM journal WHERE case_id=?", case_id.bytes)
            )
        last = row[0] if row is not None else None
        return last + 1 if isinstance(last, int) else 1

    def _standing(self, case_id: UUID, kind: str) -> OpenCase:
        try:
            entries = self.entries(case_id)
        except BudayangError as error:
            if error.problem.key not in _DAMAGED:
                raise  # the disk or the vault: it can be read the next time
            return OpenCase(case_id, kind, 0, OPENED, True, OnRestart.HOLD_FOR_STAFF, b"")
        steps = [entry for entry in entries if entry.outcome != NOTED]
        if not steps:
            first = entries[0].details if entries else b""
            rule = UNKNOWN_STEP if kind == "unknown" else NOTHING_BEGUN
            return OpenCase(case_id, kind, 0, OPENED, False, rule.between, first)
        last = steps[-1]
        rule = UNKNOWN_STEP if kind == "unknown" else RULES.get(last.step, UNKNOWN_STEP)
        is_under_way = last.outcome is None
        return OpenCase(
            case_id, kind, last.position, last.step, is_under_way, rule.under_way if is_under_way else rule.between, last.details
        )  # fmt: skip

    def _seq_of(self, letter: CaseEnd) -> int | None:
        """None for one of a store that was salvaged: its numbers are another sequence."""
        try:
            store_id, seq = msgspec.msgpack.decode(self.entries(letter.case_id)[0].details, type=tuple[str, int])
        except (BudayangError, IndexError, msgspec.DecodeError):
            return None
        return seq if store_id == self.store_id else None

    def _binding(self, case_id: UUID, position: int, step: str) -> Binding:
        return Binding(self._terminal_id, case_id, str(position), step, 1)

    def _seal(self, case_id: UUID, position: int, step: str, details: bytes, end_details: bytes | None) -> bytes:
        return self._keys.seal(msgspec.msgpack.encode((details, end_details)), self._binding(case_id, position, step))

    def _entry(self, case_id: UUID, row: Row) -> Entry:
        position, step, outcome, sealed = row
        assert isinstance(position, int)
        assert isinstance(sealed, bytes)
        body = self._keys.open(sealed, self._binding(case_id, position, str(step)))
        details, end_details = msgspec.msgpack.decode(body, type=tuple[bytes, bytes | None])
        return Entry(position, str(step), None if outcome is None else str(outcome), details, end_details)


def _one(connection: Connection, statement: str, *values: Value) -> Row | None:
    return next(iter(connection.execute(statement, values)), None)


def _uuid(value: Value) -> UUID:
    assert isinstance(value, bytes)
    return UUID(bytes=value)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A fault of the disk becomes a sentence's key."""
    try:
        yield
    except DatabaseError as error:
        raise BudayangError("offline.disk_full" if error.fault is Fault.FULL else "offline.disk") from None
