"""What the staff page shows and lets staff do. Counts, codes and times only: nothing of a citizen comes here."""

from enum import Enum

from kiosk.base.errors import Problem
from kiosk.base.record import Record


class StaffAct(str, Enum):
    """What staff may have done."""

    DRAIN = "drain"  # send what waits, now
    RETRY = "retry"  # send one dead letter once more


class StaffLetter(Record, frozen=True):
    """A dead letter. `key`: its own, 32 hexadecimal digits; `since`: ``YYYY-MM-DD HH:mm``; `reason`: as the outbox has it."""

    key: str
    seq: int
    kind: str
    reason: str
    attempts: int
    since: str


class StaffBoard(Record, frozen=True):
    """The store and the line to the platform at one moment.

    Attributes:
        at: when, ``HH:mm:ss``.
        problem: why the store cannot be asked; everything else but disk and answer is then without meaning.
        queued, dead, bytes: of the outbox.
        days_late: working days that the oldest queued item has been waiting.
        light: green, yellow or red, by the supervision clock.
        missing_year: the calendar has no holidays of this year; "" when it has.
        vault: how strongly the key is kept, a word of `offline_cache.vault`.
        salvaged, lost: items recovered from a damaged file, and rows that were not.
        free_bytes: of the store's disk, None when that cannot be said.
        clock_s: the platform's time less this machine's, None before it was learnt.
        circuit: closed, open or halfOpen; "" when there is no line.
        line_problem: why there is no line.
        refused: the platform's word for not accepting this terminal.
        held_kinds: kinds that wait for a permission or an update.
        answered_s: seconds since the platform has last answered this terminal, None when it has not since the start.
        letters: the first dead letters, in their order.
    """

    at: str
    problem: Problem | None = None
    queued: int = 0
    dead: int = 0
    bytes: int = 0
    days_late: float = 0.0
    light: str = "green"
    missing_year: str = ""
    vault: str = ""
    salvaged: int = 0
    lost: int = 0
    free_bytes: int | None = None
    clock_s: float | None = None
    circuit: str = ""
    line_problem: Problem | None = None
    refused: str | None = None
    held_kinds: tuple[str, ...] = ()
    answered_s: float | None = None
    letters: tuple[StaffLetter, ...] = ()
