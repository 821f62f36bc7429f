"""What the module's status byte SW3 means: for the program, for the device's state and for a person.

Source: known from practice (headers of vendors' SDKs). 01 to 09 are codes of those SDKs and never on the wire. Decide on
SW3 alone: SW1 and SW2 are the card's own status and may be set for 31, 41, 47 and 81.
"""

from dataclasses import dataclass
from enum import Enum

from devices.status import Action, DeviceState


class Outcome(Enum):
    """What a reply says; closed. A status that is not in the table is `UNEXPECTED`."""

    DONE = "done"
    NOT_ON_CARD = "notOnCard"
    FOUND = "found"
    NO_CARD = "noCard"
    FAILED = "failed"  # this try; the next may succeed
    UNKNOWN_CARD = "unknownCard"
    FRAMING = "framing"  # resynchronise and repeat
    REFUSED = "refused"  # our request was wrong: a fault of the program
    OUT_OF_SERVICE = "outOfService"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True)
class Meaning:
    """One row.

    Attributes:
        outcome: what the driver does next.
        state: the device's state after it.
        action: who can mend it, ``None`` when nothing is broken.
        key: message key for a person, ``None`` when there is nothing to say.
    """

    outcome: Outcome
    state: DeviceState = DeviceState.ONLINE
    action: Action | None = None
    key: str | None = None


_FAILED = Meaning(Outcome.FAILED, key="card.read_failed")
_FRAMING = Meaning(Outcome.FRAMING)
_REFUSED = Meaning(Outcome.REFUSED, DeviceState.HARDWARE_ERROR, Action.SOFTWARE_ERROR, "reader.refused")

TABLE: dict[int, Meaning] = {
    0x90: Meaning(Outcome.DONE),
    0x91: Meaning(Outcome.NOT_ON_CARD),
    0x9F: Meaning(Outcome.FOUND),
    0x80: Meaning(Outcome.NO_CARD, key="card.lay"),
    0x10: _FRAMING,
    0x11: _FRAMING,
    0x3F: _FRAMING,
    0x21: _REFUSED,
    0x23: _REFUSED,
    0x24: _REFUSED,
    0x31: _FAILED,
    0x32: _FAILED,
    0x33: _FAILED,
    0x37: _FAILED,
    0x41: _FAILED,
    0x47: _FAILED,
    0x81: _FAILED,
    0x40: Meaning(Outcome.UNKNOWN_CARD, key="card.unknown_type"),
    0x60: Meaning(Outcome.OUT_OF_SERVICE, DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "reader.self_test_failed"),
    0x66: Meaning(Outcome.OUT_OF_SERVICE, DeviceState.HARDWARE_ERROR, Action.CONFIGURATION, "reader.not_authorised"),
}

_UNEXPECTED = Meaning(Outcome.UNEXPECTED, key="card.read_failed")


def meaning(sw3: int) -> Meaning:
    """Returns the row of a status; never raises."""
    return TABLE.get(sw3, _UNEXPECTED)
