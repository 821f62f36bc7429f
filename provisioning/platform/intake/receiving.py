"""Taking in: under one key of one terminal there is one effect, and one outcome that is replayed for ever.

Key row, effect in the department's tables and outcome are one transaction. Only outcomes that hold for ever are stored
(accepted, taken, rejected); a refusal that another day may lift (closed, unknown kind, failed) is answered and forgotten. The
fingerprint is taken over the plaintext, so how a terminal sealed it does not matter. A number of a store under a second key means
that rows were rolled back or copied: it is refused and an alarm is raised.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, and_, select, update
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

import provisioning.platform.log_events  # noqa: F401  # declares the events
from kiosk.base.clock import Clock
from kiosk.base.logs import Log
from provisioning.platform import tables as platform_tables
from provisioning.platform.database import upsert
from provisioning.platform.intake import tables
from provisioning.platform.intake.kinds import Effect, Kind, Kinds, MalformedError, RejectedError, Submission
from provisioning.platform.intake.wire import LARGEST_ATTACHMENT_BYTES, IntakeBatch, IntakeItem, IntakeOutcome

CLOSED_S = 300.0
"""When to come back to a department that is closed."""
PENDING = "in_progress"
_GOOD = frozenset({"accepted", "replayed", "taken"})
_log = Log("platform")


class _AttachmentsMissingError(Exception):
    """Undoes what was begun for the item."""


@dataclass(frozen=True)
class _Standing:
    """A terminal's standing: a code that refuses everything, and kinds that it may not hand in."""

    code: str = ""
    refused_kinds: frozenset[str] = frozenset()


class Intake:
    """Thread-safe: all state is in the database.

    Args:
        kinds: by name.
        is_open: whether a department, by name, is open.
    """

    def __init__(self, engine: Engine, clock: Clock, kinds: Kinds, is_open: Callable[[str], bool]) -> None:
        self.kinds = dict(kinds)
        self._engine = engine
        self._clock = clock
        self._is_open = is_open

    def standing(self, terminal_id: str) -> _Standing:
        """How the terminal stands now."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(tables.standing).where(tables.standing.c.terminal_id == terminal_id)
            ).one_or_none()
        return _Standing(row.code, frozenset(filter(None, row.refused_kinds.split(",")))) if row else _Standing()

    def set_standing(self, terminal_id: str, code: str, refused_kinds: frozenset[str] = frozenset()) -> None:
        """Changes it; code "" means enrolled."""
        values = {"code": code, "refused_kinds": ",".join(sorted(refused_kinds))}
        with self._engine.begin() as connection:
            connection.execute(
                upsert(connection, tables.standing)
                .values(terminal_id=terminal_id, **values)
                .on_conflict_do_update(index_elements=["terminal_id"], set_=values)
            )

    def receive(self, batch: IntakeBatch, refused_kinds: frozenset[str]) -> tuple[IntakeOutcome, ...]:
        """One outcome for each item. Within a lane (`order_key`) nothing is taken after the first that was not."""
        outcomes: list[IntakeOutcome] = []
        stopped: set[str] = set()
        for item in batch.items:
            if item.order_key in stopped:
                outcomes.append(IntakeOutcome(item.key, "held"))
                continue
            outcome = self._receive_one(batch, item, refused_kinds)
            outcomes.append(outcome)
            if outcome.code not in _GOOD:
                stopped.add(item.order_key)
        return tuple(outcomes)

    def status(self, terminal_id: str, key: str) -> IntakeOutcome:
        """What is stored under the key; ``unknown`` when nothing is."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(tables.item.c.code, tables.item.c.receipt).where(_is_key(terminal_id, key))
            ).one_or_none()
        return IntakeOutcome(key, row.code, row.receipt) if row is not None else IntakeOutcome(key, "unknown")

    def finish(self, terminal_id: str, key: str, code: str) -> None:
        """A department ends what it had only taken: code accepted or rejected."""
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.item).where(_is_key(terminal_id, key), tables.item.c.code == "taken").values(code=code)
            )

    def _receive_one(self, batch: IntakeBatch, item: IntakeItem, refused_kinds: frozenset[str]) -> IntakeOutcome:
        try:
            fingerprint = fingerprint_of(item)
            with self._engine.begin() as connection:
                known = _known(connection, batch.terminal_id, item.key, fingerprint)
            if known is not None:
                return known
            kind = self.kinds.get(item.kind)
            refusal = self._refusal(item, kind, refused_kinds)
            if refusal is not None or kind is None:
                return refusal or IntakeOutcome(item.key, "service_withdrawn")
            now = int(self._clock.now().timestamp() * 1000)
            submission = Submission(batch.terminal_id, item, kind.parse(item.body, item.schema_version), now)
            with self._engine.begin() as connection:
                return _take(connection, kind, submission, batch.store_id, fingerprint)
        except (MalformedError, DataError, UnicodeEncodeError):
            return IntakeOutcome(item.key, "malformed")
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                return IntakeOutcome(item.key, PENDING, retry_after_s=2.0)
            raise
        except (InterfaceError, PoolTimeout):
            raise  # the database is away or has too much to do: no fault of this item, and the next would wait as long
        except _AttachmentsMissingError:
            return IntakeOutcome(item.key, "attachments_missing")
        except Exception as error:  # noqa: BLE001  # one item's failure, whatever it is, must not stop other citizens'
            _log.event("intake_failed", error=error)
            return IntakeOutcome(item.key, "failed")

    def _refusal(self, item: IntakeItem, kind: Kind | None, refused_kinds: frozenset[str]) -> IntakeOutcome | None:
        if kind is None:
            return IntakeOutcome(item.key, "service_withdrawn")
        if item.kind in refused_kinds:
            return IntakeOutcome(item.key, "kind_not_allowed")
        if item.schema_version not in kind.schema_versions:
            return IntakeOutcome(item.key, "schema_unsupported")
        if not self._is_open(kind.department):
            return IntakeOutcome(item.key, "maintenance", retry_after_s=CLOSED_S)
        if len(item.attachments) > kind.most_attachments or any(
            note.media_type not in kind.attachment_types for note in item.attachments
        ):
            return IntakeOutcome(item.key, "malformed")
        if any(note.bytes > LARGEST_ATTACHMENT_BYTES for note in item.attachments):
            return IntakeOutcome(item.key, "too_large")
        return None


_LOCK_NOT_AVAILABLE = "55P03"


def fingerprint_of(item: IntakeItem) -> str:
    """SHA-256 over what the citizen handed in, each part with its length."""
    digest = hashlib.sha256()
    parts = [item.kind, str(item.schema_version), item.slip_number or "", item.body]
    parts += [f"{note.media_type} {note.bytes} {note.sha256}" for note in item.attachments]
    for part in parts:
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def _is_key(terminal_id: str, key: str) -> ColumnElement[bool]:
    return and_(tables.item.c.terminal_id == terminal_id, tables.item.c.key == key)


def _known(connection: Connection, terminal_id: str, key: str, fingerprint: str) -> IntakeOutcome | None:
    """The outcome of a key that is there already."""
    row = connection.execute(select(tables.item).where(_is_key(terminal_id, key))).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise_alarm(connection, "other_payload", terminal_id, row.store_id, row.seq, key, row.received_at)
        return IntakeOutcome(key, "other_payload")
    return IntakeOutcome(key, "replayed" if row.code == "accepted" else row.code, row.receipt)


def _take(connection: Connection, kind: Kind, submission: Submission, store_id: str, fingerprint: str) -> IntakeOutcome:
    item, terminal_id = submission.item, submission.terminal_id
    if connection.dialect.name == "postgresql":
        # whoever is at this very key is waited for, but not for ever
        connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
    taken = connection.execute(
        upsert(connection, tables.item)
        .values(
            terminal_id=terminal_id,
            key=item.key,
            store_id=store_id,
            seq=item.seq,
            order_key=item.order_key,
            kind=item.kind,
            slip_number=item.slip_number,
            fingerprint=fingerprint,
            code=PENDING,
            identity="none",
            created_wall=item.created_wall,
            created_trusted=item.created_trusted,
            received_at=submission.received_ms,
        )
        .on_conflict_do_nothing()
        .returning(tables.item.c.key)
    ).one_or_none()
    if taken is None:
        known = _known(connection, terminal_id, item.key, fingerprint)
        if known is not None:
            return known
        raise_alarm(connection, "sequence_conflict", terminal_id, store_id, item.seq, item.key, submission.received_ms)
        return IntakeOutcome(item.key, "sequence_conflict")
    if not _has_attachments(connection, submission):
        raise _AttachmentsMissingError
    try:
        with connection.begin_nested():
            effect = kind.take(connection, submission)
    except RejectedError:
        connection.execute(update(tables.item).where(_is_key(terminal_id, item.key)).values(code="rejected"))
        return IntakeOutcome(item.key, "rejected")
    code = "accepted" if effect.is_finished else "taken"
    connection.execute(
        update(tables.item)
        .where(_is_key(terminal_id, item.key))
        .values(
            code=code,
            receipt=effect.receipt,
            holder=effect.holder,
            identity=_identity(connection, terminal_id, effect),
        )
    )
    return IntakeOutcome(item.key, code, effect.receipt)


def _has_attachments(connection: Connection, submission: Submission) -> bool:
    """Whether all are here, whole; if so they belong to the item from now on."""
    files = tables.attachment
    for note in submission.item.attachments:
        owned = connection.execute(
            update(files)
            .where(
                files.c.terminal_id == submission.terminal_id,
                files.c.attachment_id == note.attachment_id,
                files.c.media_type == note.media_type,  # what the kind allows must be what was sent
                files.c.is_whole == 1,
                files.c.sha256 == note.sha256,
                files.c.bytes == note.bytes,
                files.c.item_key.is_(None),
            )
            .values(item_key=submission.item.key)
        )
        if owned.rowcount != 1:
            return False
    return True


def _identity(connection: Connection, terminal_id: str, effect: Effect) -> str:
    """Whether the platform itself has confirmed the holder in that visit; a terminal's word does not count."""
    if effect.holder is None:
        return "none"
    visits, persons = platform_tables.confirmed_visit, platform_tables.person
    found = connection.scalar(
        select(visits.c.person_id)
        .join(persons)
        .where(
            visits.c.terminal_id == terminal_id,
            visits.c.visit_id == effect.visit_id,
            persons.c.id_number == effect.holder,
        )
    )
    return "confirmed" if found is not None else "unverified"


def raise_alarm(
    connection: Connection, kind: str, terminal_id: str, store_id: str, seq: int, key: str, now: int
) -> None:
    """Once for each kind, number and key ("" for none); the log tells it, too."""
    values = {"kind": kind, "terminal_id": terminal_id, "store_id": store_id, "seq": seq, "key": key}
    raised = connection.execute(
        upsert(connection, tables.alarm)
        .values(**values, raised_at=now)
        .on_conflict_do_nothing()
        .returning(tables.alarm.c.alarm_id)
    ).one_or_none()
    if raised is not None:
        _log.event("intake_alarm", alarm=kind)
