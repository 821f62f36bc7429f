"""What became of it: by slip and card, by a confirmed visit, by a terminal's store."""

from sqlalchemy import Connection, Engine, exists, func, select, update

from kiosk.base.clock import Clock
from provisioning.platform.database import upsert
from provisioning.platform.intake import tables
from provisioning.platform.intake.kinds import CaseView, Kinds
from provisioning.platform.intake.receiving import raise_alarm
from provisioning.platform.intake.times import iso_of
from provisioning.platform.intake.wire import OwnCase, OwnCases, SlipAnswer, SlipQuestion, StoreReceipt, StoreReport

NOT_HERE = SlipAnswer("notHere")
MOST_CASES = 50
_STATES = {"accepted": "accepted", "taken": "received", "in_progress": "received", "rejected": "needsCorrection"}


class Lookups:
    """Thread-safe: all state is in the database."""

    def __init__(self, engine: Engine, clock: Clock, kinds: Kinds) -> None:
        self._engine = engine
        self._clock = clock
        self._kinds = kinds

    def by_slip(self, question: SlipQuestion) -> SlipAnswer:
        """State of what was handed in under this slip by this person; the same constant answer for all others."""
        items = tables.item.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(tables.item).where(items.slip_number == question.slip_number).order_by(items.received_at)
            )
            for row in rows.all():
                if row.holder in (None, question.id_number):
                    kind = self._kinds.get(row.kind)
                    view = kind.view(connection, row.terminal_id, row.key) if kind else None
                    is_unverified = row.identity == "unverified"
                    state = _state(row.code, view, is_unverified=is_unverified)
                    return SlipAnswer(state, row.terminal_id, row.receipt, is_unverified)
        return NOT_HERE

    def own_cases(self, id_number: str) -> OwnCases:
        """Cases of a person whose second factor was checked in this visit: those that carry 待身份核验 are confirmed by it."""
        items = tables.item.c
        with self._engine.begin() as connection:
            confirmed = connection.execute(
                update(tables.item)
                .where(items.holder == id_number, items.identity == "unverified")
                .values(identity="confirmed")
            ).rowcount
            rows = connection.execute(
                select(tables.item)
                .where(items.holder == id_number)
                .order_by(items.received_at.desc(), items.seq.desc())
                .limit(MOST_CASES)
            )
            cases = []
            for row in rows.all():
                kind = self._kinds.get(row.kind)
                view = kind.view(connection, row.terminal_id, row.key) if kind else None
                cases.append(
                    OwnCase(
                        row.receipt or "",
                        row.kind,
                        _state(row.code, view),
                        iso_of(row.received_at),
                        row.slip_number,
                        view.title if view else "",
                        view.answer if view else None,
                    )
                )
        return OwnCases(tuple(cases), confirmed)

    def report(self, report: StoreReport) -> StoreReceipt:
        """Keeps what a terminal says of its store and compares it with what came from it.

        A store whose highest number is below one that came from it was rolled back: an alarm. Numbers that are missing are
        counted; as many as are queued are no matter, nor are those that citizens took back.
        """
        items, now = tables.item.c, int(self._clock.now().timestamp() * 1000)
        own = (items.terminal_id == report.terminal_id) & (items.store_id == report.store_id)
        with self._engine.begin() as connection:
            highest = connection.scalar(select(func.max(items.seq)).where(own)) or 0
            came = connection.scalar(select(func.count()).where(own, items.seq <= report.last_seq)) or 0
            dead = set(report.dead_seqs)
            if dead:
                known = connection.scalars(select(items.seq).where(own, items.seq.in_(dead)))
                dead -= set(known)
            if highest > report.last_seq:
                raise_alarm(connection, "rolled_back", report.terminal_id, report.store_id, highest, "", now)
            missing = max(0, report.last_seq - came - len(dead) - _given_up(connection, report))
            values = {
                "last_seq": report.last_seq,
                "queued": report.queued,
                "dead": report.dead,
                "oldest_s": int(report.oldest_s),
                "missing": missing,
                "reported_at": now,
            }
            connection.execute(
                upsert(connection, tables.store)
                .values(terminal_id=report.terminal_id, store_id=report.store_id, **values)
                .on_conflict_do_update(index_elements=["terminal_id", "store_id"], set_=values)
            )
        return StoreReceipt(missing)


def _given_up(connection: Connection, report: StoreReport) -> int:
    """How many numbers are closed by dead letters that a person gave up, and that never came."""
    endings, items = tables.ending.c, tables.item.c
    came = exists().where(
        items.terminal_id == endings.terminal_id, items.store_id == endings.store_id, items.seq == endings.seq
    )
    counted = select(func.count(endings.seq.distinct())).where(
        endings.terminal_id == report.terminal_id,
        endings.store_id == report.store_id,
        endings.seq <= report.last_seq,
        ~came,
    )
    return connection.scalar(counted) or 0


def _state(code: str, view: CaseView | None, *, is_unverified: bool = False) -> str:
    if view is not None and view.answer is not None:
        return "answered"
    state = _STATES[code]
    # accepted only after the holder has confirmed who they are
    return "received" if state == "accepted" and is_unverified else state
