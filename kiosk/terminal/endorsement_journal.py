"""The permit rewriter's step ledger in the store's journal: the same records, sealed, beside the queue.

Fits the device layer's port `StepLedger` by its shape alone on one side, and on the other whatever keeps cases: the store's `Journal`, or
a client of the store process with the same methods.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar
from uuid import UUID, uuid5

import msgspec

from devices.permit_rewriter.ledger import (
    Begun,
    Closed,
    Ended,
    HeldBack,
    JobEnd,
    Opened,
    Record,
    Step,
    StepOutcome,
    history_of,
)
from kiosk.base.errors import BudayangError

KIND = "endorsement"
_JOBS = UUID("7b1c6a52-6e0a-4a57-9d0d-0d1f6a3b9c11")
_OPENED, _HELD = "opened", "held"
_OUTCOMES = {outcome.value: outcome for outcome in StepOutcome}
_NO_JOB = "journal.no_such_case"
Found = TypeVar("Found")


class CaseEntry(Protocol):
    """One record of a case, see `offline_cache.journal.journal.Entry`."""

    @property
    def position(self) -> int: ...
    @property
    def step(self) -> str: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def details(self) -> bytes: ...


class CaseEnding(Protocol):
    """How a case ended."""

    @property
    def end(self) -> str: ...


class Cases(Protocol):
    """See `offline_cache.journal.journal.Journal`; each method raises BudayangError."""

    def open_case(self, case_id: UUID, kind: str, details: bytes = b"") -> None: ...
    def begin(
        self, case_id: UUID, step: str, details: bytes = b"", *, position: int | None = None, supersedes: bool = False
    ) -> int: ...
    def note(self, case_id: UUID, word: str, details: bytes = b"") -> int: ...
    def ended(self, case_id: UUID, position: int, outcome: str, details: bytes | None = None) -> None: ...
    def close(self, case_id: UUID, end: str) -> None: ...
    def entries(self, case_id: UUID) -> Sequence[CaseEntry]: ...
    def last_case(self, kind: str) -> tuple[UUID, CaseEnding | None] | None: ...


class JournalLedger:
    """Fulfils `devices.permit_rewriter.ledger.StepLedger`. One thread at a time."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def records(self) -> tuple[Record, ...]:
        """See `StepLedger`."""
        last = self._asked(lambda: self._cases.last_case(KIND))
        if last is None:
            return ()
        case_id, ending = last
        try:
            found = [
                record for entry in self._asked(lambda: self._cases.entries(case_id)) for record in _records(entry)
            ]
            if ending is not None:
                found.append(Closed(JobEnd(ending.end)))
            history_of(tuple(found))
        except ValueError:  # msgspec's errors are ValueErrors too
            raise BudayangError("rewriter.ledger_damaged") from None
        return tuple(found)

    def open(self, job: Opened) -> None:
        """See `StepLedger`."""
        history = history_of(self.records())
        if history is not None and history.end is None:
            raise BudayangError("rewriter.job_open")
        self._asked(lambda: self._cases.open_case(uuid5(_JOBS, job.job_id), KIND, msgspec.json.encode(job)))

    def begin(self, step: Step, card_token: str) -> None:
        """See `StepLedger`. A step that has no end is begun anew only after the card was looked at."""
        record = msgspec.json.encode(Begun(step, card_token))
        self._asked(lambda: self._cases.begin(self._job(), step.value, record, supersedes=True))

    def ended(self, step: Step, outcome: StepOutcome) -> None:
        """See `StepLedger`."""

        def end() -> None:
            case_id = self._job()
            under_way = [entry for entry in self._cases.entries(case_id) if entry.outcome is None]
            if not under_way or under_way[-1].step != step.value:
                raise BudayangError(_NO_JOB)
            self._cases.ended(case_id, under_way[-1].position, outcome.value)

        self._asked(end)

    def held(self, reason: str) -> None:
        """See `StepLedger`."""
        self._asked(lambda: self._cases.note(self._job(), _HELD, msgspec.json.encode(HeldBack(reason))))

    def closed(self, end: JobEnd) -> None:
        """See `StepLedger`."""
        self._asked(lambda: self._cases.close(self._job(), end.value))

    def _job(self) -> UUID:
        last = self._cases.last_case(KIND)
        if last is None or last[1] is not None:
            raise BudayangError(_NO_JOB)
        return last[0]

    @staticmethod
    def _asked(ask: Callable[[], Found]) -> Found:
        try:
            return ask()
        except BudayangError as error:
            is_damage = error.problem.key in {"store.cannot_open", "store.key_gone"}
            raise BudayangError("rewriter.ledger_damaged" if is_damage else "rewriter.ledger_failed") from None


def _records(entry: CaseEntry) -> Iterator[Record]:
    """What the journal's record tells in the ledger's words. Raises ValueError."""
    if entry.step == _OPENED:
        yield msgspec.json.decode(entry.details, type=Opened)
    elif entry.step == _HELD:
        yield msgspec.json.decode(entry.details, type=HeldBack)
    else:
        yield msgspec.json.decode(entry.details, type=Begun)
        # no outcome, or one of the journal's own words (begun anew, left open): the device said nothing of it
        if entry.outcome in _OUTCOMES:
            yield Ended(Step(entry.step), _OUTCOMES[entry.outcome])
