"""What ended at terminals themselves: cases of money and cards, dead letters that a person gave up. Kept for ever, each once."""

import json

from sqlalchemy import Connection, Engine, select

from kiosk.base.clock import Clock
from provisioning.platform.database import upsert
from provisioning.platform.intake import tables
from provisioning.platform.intake.receiving import raise_alarm
from provisioning.platform.intake.wire import Ending, EndingsReport, IntakeOutcome


class Endings:
    """Thread-safe: all state is in the database."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def keep(self, report: EndingsReport) -> tuple[IntakeOutcome, ...]:
        """One outcome for each: accepted, replayed, or other_payload (known with another end, which raises an alarm)."""
        now = int(self._clock.now().timestamp() * 1000)
        with self._engine.begin() as connection:
            return tuple(
                IntakeOutcome(ending.case_id, _keep(connection, report, ending, now)) for ending in report.endings
            )


def _keep(connection: Connection, report: EndingsReport, ending: Ending, now: int) -> str:
    table = tables.ending
    kept = connection.execute(
        upsert(connection, table)
        .values(
            terminal_id=report.terminal_id,
            case_id=ending.case_id,
            store_id=report.store_id,
            kind=ending.kind,
            end=ending.end,
            ended_wall=ending.ended_wall,
            seq=ending.seq,
            steps=json.dumps([[step.step, step.outcome] for step in ending.steps]),
            received_at=now,
        )
        .on_conflict_do_nothing()
        .returning(table.c.case_id)
    ).one_or_none()
    if kept is not None:
        return "accepted"
    row = connection.execute(
        select(table.c.kind, table.c.end).where(
            table.c.terminal_id == report.terminal_id, table.c.case_id == ending.case_id
        )
    ).one()
    if (row.kind, row.end) == (ending.kind, ending.end):
        return "replayed"
    raise_alarm(connection, "ended_twice", report.terminal_id, report.store_id, 0, ending.case_id, now)
    return "other_payload"
