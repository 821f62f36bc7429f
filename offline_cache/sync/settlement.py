"""What the platform's answer to one item does to the outbox, by `offline_cache.sync.answers`.

The outbox is told durably; what it cannot keep (a fault of the disk) is given back and sent again under its key, to which the
platform will answer the same.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import Claim
from offline_cache.outbox.outbox import Outbox
from offline_cache.sync.answers import Act, Answer, Decision, decide
from offline_cache.sync.log_events import log

AFTER_DISK_FAULT_S = 5.0
UNCOUNTED = frozenset({"held"})
MOST_REMEMBERED = 50_000
"""More than wait at a time."""


@dataclass
class Settled:
    """What is left to do by the drain: items to ask about, standing and kinds to hold, how many ended, files of nobody."""

    to_ask: list[tuple[Claim, float | None]] = field(default_factory=list)
    standing: str | None = None
    kinds: dict[str, str] = field(default_factory=dict)
    ended: int = 0
    files: list[uuid.UUID] = field(default_factory=list)


class Settlement:
    """One thread."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._same: dict[uuid.UUID, tuple[str, int]] = {}

    def settle(self, answered: Sequence[tuple[Claim, Answer]]) -> Settled:
        """Takes in the answers to items, each for itself; acknowledgements in one commit."""
        settled = Settled()
        done: list[tuple[Claim, Answer]] = []
        for claim, answer in answered:
            decision = self._decide(claim, answer)
            if decision.act is Act.ACKNOWLEDGE:
                done.append((claim, answer))
            elif decision.act is Act.ASK_STATUS:
                settled.to_ask.append((claim, answer.retry_after_s))
            elif decision.act in (Act.HOLD_ALL, Act.HOLD_KIND):
                if decision.act is Act.HOLD_ALL:
                    settled.standing = decision.code
                else:
                    settled.kinds[claim.kind] = decision.code
                self._outbox.give_back(claim.idem)
            elif decision.act is Act.BURY:
                settled.ended += self._bury(claim, decision)
            elif decision.code in UNCOUNTED:
                self._outbox.give_back(claim.idem, AFTER_DISK_FAULT_S)
            else:
                self._kept([claim], self._postponed(claim, decision.code, answer.retry_after_s))
        if done:
            receipts = [(claim.idem, answer.receipt) for claim, answer in done]
            if self._kept([claim for claim, _ in done], lambda: self._outbox.acknowledge_many(receipts)):
                settled.ended += len(done)
                for claim, _ in done:
                    self._same.pop(claim.idem, None)
                    settled.files += [one.attachment_id for one in claim.attachments]
        return settled

    def _decide(self, claim: Claim, answer: Answer) -> Decision:
        if len(self._same) > MOST_REMEMBERED:
            self._same.clear()  # of items that a person, or their time, ended meanwhile; the counts of others begin anew
        told = answer.code or str(answer.status)
        before, count = self._same.get(claim.idem, ("", 0))
        count = count if before == told else 0
        self._same[claim.idem] = (told, count + 1)
        return decide(answer, count)

    def _bury(self, claim: Claim, decision: Decision) -> bool:
        self._same.pop(claim.idem, None)
        log.event("item_buried", code=decision.code)
        reason = decision.reason or "refused"
        return self._kept([claim], lambda: self._outbox.bury(claim.idem, reason, decision.code))

    def _postponed(self, claim: Claim, code: str, retry_after_s: float | None) -> Callable[[], object]:
        return lambda: self._outbox.postpone(claim.idem, code, retry_after_s)

    def _kept(self, claims: Sequence[Claim], keep: Callable[[], object]) -> bool:
        try:
            keep()
        except BudayangError:
            log.event("sync_disk")
            for claim in claims:
                self._outbox.give_back(claim.idem, AFTER_DISK_FAULT_S)
            return False
        return True
