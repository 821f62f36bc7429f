"""How old the reference is, and what follows: F11 and X9 of the services, content older than its limit is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Age(str, Enum):
    """What a page must do."""

    FRESH = "fresh"
    OLD = "old"  # shown with the date of the data
    EXPIRED = "expired"  # not shown


@dataclass(frozen=True)
class Freshness:
    """The age with the date to show; `version` for slips and staff."""

    age: Age
    made_at: datetime
    version: int


def age_at(now: datetime, made_at: datetime, fresh_until: datetime, valid_until: datetime) -> Age:
    """The age at `now`. A clock from before the data was made (an empty clock battery) proves nothing: old."""
    if now >= valid_until:
        return Age.EXPIRED
    return Age.FRESH if made_at <= now < fresh_until else Age.OLD
