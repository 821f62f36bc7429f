"""The one table of times: names of the session's timers, how long each runs, and the floor under which none may go.

Each is a setting of the terminal; the floors bind the technician too. In elder size the times that wait for a person
are doubled; those that wait for our own machine are not.
"""

from dataclasses import dataclass, fields

from kiosk.base.errors import BudayangError
from kiosk.session.state import TextSize

IDLE = "idle"
"""Nobody touches: warned, or on home and guide ended. Screens count down its last `Timeouts.countdown_s`."""
WARNING = "warning"
"""您还在办理吗？ runs out."""
COVER = "cover"
"""A personal page is covered."""
VISIT_WARNING = "visitWarning"
"""The whole visit's limit is near."""
VISIT = "visit"
"""The whole visit's limit."""
RESULT = "result"
"""After printing, and on the rating page: goes on by itself."""
SLOW = "slow"
"""The platform is slow; the way out is offered in words."""
WORK = "work"
"""A device or the platform has not answered at all and is given up."""
CURTAIN = "curtain"
"""The neutral frame was not confirmed; the wipe must not wait for a dead picture."""
WIPE = "wipe"
"""Somebody has not confirmed to have forgotten."""
CARD_CALL = "cardCall"
"""The call is repeated."""
CARD_OVERDUE = "cardOverdue"
"""The card was left: hall and back office are told."""
CARD_UNKNOWN = "cardUnknown"
"""The reader cannot say whether a card lies there; the call ends by itself."""
REFRESH = "refresh"
"""What the staff page shows is asked for again; a camera that was lost is tried again."""
PAPERS = "papers"
"""The least time to read 请取走您的单据."""


@dataclass(frozen=True)
class Timeouts:
    """Seconds.

    Raises:
        BudayangError: ``session.timeout_floor`` for a value under its floor.
    """

    idle_anonymous_s: float = 60.0
    idle_identified_s: float = 120.0
    idle_reading_s: float = 180.0  # a notice is being read
    countdown_s: float = 20.0
    warning_s: float = 30.0
    cover_s: float = 20.0
    cover_elder_s: float = 30.0  # privacy allows 20 to 30 s, so this one is not doubled
    visit_s: float = 900.0
    visit_warning_s: float = 120.0  # ahead of the limit
    result_s: float = 30.0
    thanks_s: float = 5.0
    slow_s: float = 10.0
    work_platform_s: float = 90.0
    work_store_s: float = 30.0
    work_card_s: float = 30.0
    work_print_s: float = 240.0  # a statement of 30 years has a dozen pages
    curtain_s: float = 2.0
    wipe_s: float = 5.0
    card_call_s: float = 3.0
    card_overdue_s: float = 60.0
    card_unknown_s: float = 20.0
    papers_s: float = 5.0
    staff_idle_s: float = 300.0
    refresh_s: float = 2.0

    def __post_init__(self) -> None:
        for one in fields(self):
            floor = FLOORS[one.name]
            value: float = getattr(self, one.name)
            if value < floor:
                raise BudayangError("session.timeout_floor", name=one.name, value=f"{value:g}", floor=f"{floor:g}")

    def for_person(self, seconds: float, size: TextSize) -> float:
        """A time that waits for a person: doubled in elder size."""
        return seconds * 2 if size is TextSize.ELDER else seconds


FLOORS = {
    "idle_anonymous_s": 40.0,
    "idle_identified_s": 120.0,
    "idle_reading_s": 120.0,
    "countdown_s": 20.0,
    "warning_s": 20.0,
    "cover_s": 20.0,
    "cover_elder_s": 20.0,
    "visit_s": 600.0,
    "visit_warning_s": 60.0,
    "result_s": 20.0,
    "thanks_s": 3.0,
    "slow_s": 5.0,
    "work_platform_s": 30.0,
    "work_store_s": 10.0,
    "work_card_s": 10.0,
    "work_print_s": 60.0,
    "curtain_s": 0.5,
    "wipe_s": 1.0,
    "card_call_s": 1.0,
    "card_overdue_s": 30.0,
    "card_unknown_s": 10.0,
    "papers_s": 5.0,
    "staff_idle_s": 60.0,
    "refresh_s": 1.0,
}
