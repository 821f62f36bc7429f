"""What must be done after a restart, by the step that a case had reached. A table, no code.

What may be under way is never simply done again: money could be taken twice, a card spoilt. `under_way` holds when the step was
begun and nobody knows how it ended; `between` when it ended and the next was not begun.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class OnRestart(str, Enum):
    """Who is asked first."""

    ASK_PLATFORM = "askPlatform"
    """The platform knows whether it took place; nothing is asked of the citizen before it has said so."""
    VERIFY_CARD = "verifyCard"
    """The card in the machine is read before anything else happens to it."""
    REFUND = "refund"
    """Paid for and not handed over as far as anybody knows: the money goes back."""
    HOLD_FOR_STAFF = "holdForStaff"
    """Only a person can look: what is inside stays inside."""


@dataclass(frozen=True)
class StepRule:
    """See the module. `kind`: of the case that such a step belongs to."""

    kind: str
    under_way: OnRestart
    between: OnRestart


_PAYMENT, _CARD = "payment", "card"
RULES: Mapping[str, StepRule] = MappingProxyType(
    {
        "order": StepRule(_PAYMENT, OnRestart.ASK_PLATFORM, OnRestart.ASK_PLATFORM),
        "pay": StepRule(_PAYMENT, OnRestart.ASK_PLATFORM, OnRestart.REFUND),
        "deliver": StepRule(_PAYMENT, OnRestart.REFUND, OnRestart.ASK_PLATFORM),
        "refund": StepRule(_PAYMENT, OnRestart.ASK_PLATFORM, OnRestart.ASK_PLATFORM),
        "erase": StepRule(_CARD, OnRestart.VERIFY_CARD, OnRestart.VERIFY_CARD),
        "chipWrite": StepRule(_CARD, OnRestart.VERIFY_CARD, OnRestart.VERIFY_CARD),
        "print": StepRule(_CARD, OnRestart.VERIFY_CARD, OnRestart.VERIFY_CARD),
        "verify": StepRule(_CARD, OnRestart.VERIFY_CARD, OnRestart.VERIFY_CARD),
        "eject": StepRule(_CARD, OnRestart.VERIFY_CARD, OnRestart.VERIFY_CARD),
        "dispense": StepRule(_CARD, OnRestart.HOLD_FOR_STAFF, OnRestart.ASK_PLATFORM),
        "held": StepRule(_CARD, OnRestart.HOLD_FOR_STAFF, OnRestart.HOLD_FOR_STAFF),
        "retain": StepRule(_CARD, OnRestart.HOLD_FOR_STAFF, OnRestart.HOLD_FOR_STAFF),
    }
)
"""By step: of money (an order, its payment, what was paid for, its refund) and of cards (the steps of an endorsement in the words
of the device layer, a card given out, held for staff, or kept)."""

UNKNOWN_STEP = StepRule("unknown", OnRestart.HOLD_FOR_STAFF, OnRestart.HOLD_FOR_STAFF)
"""Of a case before its first step, or whose step this program does not know (an older release after a newer one)."""
NOTHING_BEGUN = StepRule("unknown", OnRestart.ASK_PLATFORM, OnRestart.ASK_PLATFORM)
