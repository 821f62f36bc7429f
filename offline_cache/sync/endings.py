"""What ended at the terminal itself is told to the platform: cases of money and cards, dead letters that a person gave up.

The journal keeps a case until the platform has said that it has it; only then its steps go. What the platform refuses stays, and is told
again after the next start: nothing is folded away on this side's own judgement.
"""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID

from offline_cache.journal.journal import CaseEnd
from offline_cache.sync.answers import Act, Answer, decide
from offline_cache.sync.contract import LONGEST_ENDINGS, MOST_STEPS, EndedStep, Ending, EndingsReport
from offline_cache.sync.log_events import log
from offline_cache.sync.parcels import moment_of
from offline_cache.sync.transport import Transport

NEVER = float("inf")


class EndedCases(Protocol):
    """The journal, as the drain reads it; `offline_cache.journal` fulfils it. Raises BudayangError."""

    @property
    def store_id(self) -> str:
        """Of the file that they lie in."""

    def ends(self, most: int, without: Collection[UUID] = ()) -> Sequence[CaseEnd]:
        """Closed cases that the platform has not acknowledged, the oldest first."""

    def acknowledged(self, case_id: UUID) -> None:
        """The platform has it."""


class Endings:
    """One thread, but for `hurry`.

    Args:
        cases: None: there are none, and nothing is ever told.
        again_s: between two looks, and after a platform that did not take them.
    """

    def __init__(self, cases: EndedCases | None, transport: Transport, terminal_id: str, again_s: float) -> None:
        self._cases = cases
        self._transport = transport
        self._terminal_id = terminal_id
        self._again_s = again_s
        self._refused: set[UUID] = set()
        self._most = LONGEST_ENDINGS
        self.next_at = 0.0 if cases is not None else NEVER

    def hurry(self) -> None:
        """A case was closed, or the platform is back. Any thread."""
        if self._cases is not None:
            self.next_at = 0.0

    def tell(self, now: float) -> Answer | None:
        """One call with as many as it may hold; None when there is nothing to tell. Raises BudayangError."""
        if self._cases is None:
            return None
        self.next_at = now + self._again_s
        found = self._cases.ends(self._most, self._refused)
        if not found:
            return None
        heard = self._transport.tell_endings(
            EndingsReport(self._terminal_id, self._cases.store_id, tuple(_ending(one) for one in found))
        )
        if len(heard.answers) != len(found):
            self._refused_whole(found, heard.whole, now)
            return heard.whole
        self._most = LONGEST_ENDINGS
        for one, answer in zip(found, heard.answers, strict=True):
            decision = decide(answer)
            if decision.act is Act.ACKNOWLEDGE:
                self._cases.acknowledged(one.case_id)
            elif decision.act is Act.BURY:
                self._refuse(one.case_id, decision.code)
        if all(decide(answer).act in (Act.ACKNOWLEDGE, Act.BURY) for answer in heard.answers):
            self.next_at = now  # there may be more
        return heard.whole

    def _refused_whole(self, found: Sequence[CaseEnd], whole: Answer, now: float) -> None:
        """One of them may be what the platform stumbles over: none may stop the others."""
        if not whole.code or decide(whole).act is not Act.BURY:
            return
        if len(found) == 1:
            self._refuse(found[0].case_id, whole.code)
        self._most = 1
        self.next_at = now

    def _refuse(self, case_id: UUID, code: str) -> None:
        # told once: a person must look why the platform has it otherwise
        log.event("ending_refused", code=code)
        self._refused.add(case_id)


def _ending(case: CaseEnd) -> Ending:
    steps = tuple(EndedStep(step, outcome) for step, outcome in case.steps[-MOST_STEPS:])
    return Ending(str(case.case_id), case.kind, case.end, moment_of(case.ended_wall_s), case.seq, steps)
