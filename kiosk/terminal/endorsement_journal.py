"""The permit rewriter's step ledger in the store's journal: the same records, sealed, beside the queue.

Fits the device layer's port `StepLedger` on one side and the store's client on the other, both by their shapes. A job is a case; when it
has closed, the journal keeps it for the platform, and the ledger tells of no job. A card held for staff is a step that stays
under way until the job closes, so that a restart finds the case under the rule "hold for staff".
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar
from uuid import UUID, uuid5

import msgspec

from devices.permit_rewriter.ledger import (
    Begun,
    Ended,
    HeldBack,
    JobEnd,
    Opened,
    Record,
    Step,
    StepOutcome,
    history_of,
)
from kiosk.base.errors import BudayangError, Problem

KIND = "endorsement"
_JOBS = UUID("7b1c6a52-6e0a-4a57-9d0d-0d1f6a3b9c11")
_OPENED, _HELD = "opened", "held"
_OUTCOMES = {outcome.value: outcome for outcome in StepOutcome}
_DAMAGE = frozenset({"store.cannot_open", "store.key_gone"})
Found = TypeVar("Found")


class StandingCase(Protocol):
    """A case that is not closed."""

    @property
    def case_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...


class CaseEntry(Protocol):
    """One record of a case; `outcome` None: under way."""

    @property
    def position(self) -> int: ...
    @property
    def step(self) -> str: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def details(self) -> bytes: ...


class Cases(Protocol):
    """The journal, as `offline_cache.process.client.StoreClient` gives it; durable when a call returns None."""

    def journal_open_case(self, case_id: UUID, kind: str, details: bytes = b"") -> Problem | None: ...
    def journal_begin(
        self, case_id: UUID, position: int, step: str, details: bytes = b"", *, supersedes: bool = False
    ) -> Problem | None: ...
    def journal_ended(
        self, case_id: UUID, position: int, outcome: str, details: bytes | None = None
    ) -> Problem | None: ...
    def journal_close(self, case_id: UUID, end: str) -> Problem | None: ...
    def journal_open_cases(self) -> Sequence[StandingCase] | Problem: ...
    def journal_entries(self, case_id: UUID) -> Sequence[CaseEntry] | Problem: ...


class JournalLedger:
    """Fulfils `devices.permit_rewriter.ledger.StepLedger`, except that a closed job is told of no more. One thread at a time."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def records(self) -> tuple[Record, ...]:
        """All records of the open job, oldest first; empty when there is none."""
        case_id = self._open_job()
        if case_id is None:
            return ()
        try:
            found = tuple(record for entry in self._entries(case_id) for record in _records(entry))
            history_of(found)
        except ValueError:  # msgspec's errors are ValueErrors too
            raise BudayangError("rewriter.ledger_damaged") from None
        return found

    def open(self, job: Opened) -> None:
        """See `StepLedger`."""
        if self._open_job() is not None:
            raise BudayangError("rewriter.job_open")
        _done(self._cases.journal_open_case(uuid5(_JOBS, job.job_id), KIND, msgspec.json.encode(job)))

    def begin(self, step: Step, card_token: str) -> None:
        """See `StepLedger`. A step that has no end is begun anew only after the card was looked at."""
        self._begin(step.value, Begun(step, card_token))

    def ended(self, step: Step, outcome: StepOutcome) -> None:
        """See `StepLedger`."""
        case_id = self._job()
        last = self._entries(case_id)[-1]
        if last.outcome is not None or last.step != step.value:
            raise BudayangError("rewriter.ledger_failed")
        _done(self._cases.journal_ended(case_id, last.position, outcome.value))

    def held(self, reason: str) -> None:
        """See `StepLedger`."""
        self._begin(_HELD, HeldBack(reason))

    def closed(self, end: JobEnd) -> None:
        """See `StepLedger`."""
        _done(self._cases.journal_close(self._job(), end.value))

    def _begin(self, step: str, record: Record) -> None:
        case_id = self._job()
        position = self._entries(case_id)[-1].position + 1
        _done(self._cases.journal_begin(case_id, position, step, msgspec.json.encode(record), supersedes=True))

    def _open_job(self) -> UUID | None:
        cases = _found(self._cases.journal_open_cases())
        return next((case.case_id for case in reversed(cases) if case.kind == KIND), None)

    def _job(self) -> UUID:
        case_id = self._open_job()
        if case_id is None:
            raise BudayangError("rewriter.ledger_failed")
        return case_id

    def _entries(self, case_id: UUID) -> Sequence[CaseEntry]:
        entries = _found(self._cases.journal_entries(case_id))
        if not entries:
            raise BudayangError("rewriter.ledger_damaged")
        return entries


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


def _found(answer: Found | Problem) -> Found:
    if isinstance(answer, Problem):
        raise BudayangError("rewriter.ledger_damaged" if answer.key in _DAMAGE else "rewriter.ledger_failed")
    return answer


def _done(answer: Problem | None) -> None:
    _found(answer)
