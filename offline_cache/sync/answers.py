"""What the terminal does with the platform's answer to one item. Pure.

The machine-readable code in the body decides first, then the status. A status without a known code may come from a captive
portal or a proxy in between: it is temporary, whatever its number. "It took effect earlier" is success. A new key is never
made: under one key an item takes effect once, for ever.
"""

from dataclasses import dataclass
from enum import Enum

SAME_ANSWERS = 3
"""So many equal answers of an unknown permanent kind make a dead letter."""


class Act(str, Enum):
    """What to do with the item."""

    ACKNOWLEDGE = "acknowledge"
    ASK_STATUS = "askStatus"
    """Do not send the body again before the platform has said what became of the key."""
    RETRY = "retry"
    BURY = "bury"
    HOLD_ALL = "holdAll"
    """The terminal's standing: nothing is sent, no attempt counts, the technician is told."""
    HOLD_KIND = "holdKind"
    """Items of this kind wait for a permission or a new release; no attempt counts."""


@dataclass(frozen=True)
class Answer:
    """One item's answer.

    Attributes:
        status: of HTTP; 0 when there was none (time-out, broken line, name not found, certificate refused).
        code: the machine-readable code of the body, "" when there was none.
        receipt: the platform's number of the case.
        retry_after_s: as the platform asked.
        was_sent: whether the request's body may have reached the platform.
    """

    status: int
    code: str = ""
    receipt: str | None = None
    retry_after_s: float | None = None
    was_sent: bool = True


@dataclass(frozen=True)
class Decision:
    """What to do, with the reason of a dead letter and the code that is kept with an attempt."""

    act: Act
    code: str
    reason: str | None = None


# code of the body -> act, reason of a dead letter
_BY_CODE: dict[str, tuple[Act, str | None]] = {
    "accepted": (Act.ACKNOWLEDGE, None),
    "replayed": (Act.ACKNOWLEDGE, None),
    "already_done": (Act.ACKNOWLEDGE, None),
    "taken": (Act.ASK_STATUS, None),
    "in_progress": (Act.ASK_STATUS, None),
    "unknown": (Act.RETRY, None),
    "other_payload": (Act.BURY, "program_error"),
    "key_missing": (Act.BURY, "program_error"),
    "malformed": (Act.BURY, "program_error"),
    "rejected": (Act.BURY, "rejected"),
    "service_withdrawn": (Act.BURY, "service_withdrawn"),
    "too_large": (Act.BURY, "too_large"),
    "attachment_damaged": (Act.BURY, "attachment_damaged"),
    "sequence_conflict": (Act.BURY, "sequence_conflict"),
    "not_enrolled": (Act.HOLD_ALL, None),
    "certificate_expired": (Act.HOLD_ALL, None),
    "terminal_suspended": (Act.HOLD_ALL, None),
    "kind_not_allowed": (Act.HOLD_KIND, None),
    "schema_unsupported": (Act.HOLD_KIND, None),
    "busy": (Act.RETRY, None),
    "failed": (Act.RETRY, None),
    "maintenance": (Act.RETRY, None),
    "attachments_missing": (Act.RETRY, None),
    "held": (Act.RETRY, None),
}

KNOWN_CODES = frozenset(_BY_CODE)


def decide(answer: Answer, same_answers: int = 0) -> Decision:
    """What to do.

    Args:
        same_answers: how often this item has got this very answer in a row before.
    """
    code = answer.code or (str(answer.status) if answer.status else "no_answer")
    known = _BY_CODE.get(answer.code)
    if known is not None:
        act, reason = known
        return Decision(act, code, reason)
    if answer.status == 0:
        # the platform may have it: ask before the body is sent a second time
        return Decision(Act.ASK_STATUS if answer.was_sent else Act.RETRY, code)
    if answer.code and 400 <= answer.status < 500 and answer.status not in (408, 425, 429):
        # ours, but newer than this program: it may be a passing one
        return Decision(Act.BURY, code, "refused") if same_answers + 1 >= SAME_ANSWERS else Decision(Act.RETRY, code)
    return Decision(Act.RETRY, code)
