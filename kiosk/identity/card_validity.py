"""Whether a card is valid on a day: from and to as the chip holds them, ``YYYYMMDD`` or the word 长期.

The last day counts as valid (known from practice). Judged only with a trusted day: a terminal whose clock is
wrong must not send a citizen away.
"""

from datetime import date
from enum import Enum

LONG_TERM = "长期"


class CardValidity(Enum):
    """The judgement. `UNKNOWN`: no trusted day. `UNREADABLE`: the chip's dates are no dates."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET_VALID = "notYetValid"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


def judge_card_validity(valid_from: str, valid_to: str, today: date | None) -> CardValidity:
    """Judges the chip's two dates (8 digits or 长期, spaces around them allowed) on `today`; None = not trusted."""
    first = _day(valid_from)
    is_long_term = valid_to.strip() == LONG_TERM
    last = date.max if is_long_term else _day(valid_to)
    if first is None or last is None or last < first:
        return CardValidity.UNREADABLE
    if today is None:
        return CardValidity.UNKNOWN
    if today < first:
        return CardValidity.NOT_YET_VALID
    if today > last:
        return CardValidity.EXPIRED
    return CardValidity.VALID


def _day(text: str) -> date | None:
    text = text.strip()
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
