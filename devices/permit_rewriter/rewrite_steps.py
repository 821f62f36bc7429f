"""What comes next in an endorsement: a pure function of the ledger and of what the device sees. No clock, file or device.

The policy, told once. An endorsement is erase, chip write, print, verify, eject. Before each step the card is looked at; what
is seen goes before what the device said. Then:

* A step that is seen done counts as done, whatever was answered: it is never begun again.
* A step that is seen not done is begun once more, never oftener (`redoes`); so also for one that was torn in the middle if
  doing it whole again mends it: erasing, and writing the same bytes to the chip. A torn print cannot be mended.
* Nothing is printed unless the back is seen blank, nothing written unless the chip is the job's, nothing ejected unless the
  card is as it came or whole and verified. What fits none of this is held for staff, with the reason.
* Giving up ejects a card that is as it came; every other card is held.
"""

from dataclasses import dataclass
from enum import Enum

from devices.permit_rewriter.ledger import BLANK, History, Opened, Step, seal_back, seal_chip, token_of
from devices.permit_rewriter.types import Back, CardSeen
from devices.status import Media


class Point(Enum):
    """How far the ledger says the job came: the step begun last."""

    FRESH = "fresh"
    ERASE = "erase"
    CHIP_WRITE = "chipWrite"
    PRINT = "print"
    VERIFY = "verify"
    VERIFIED = "verified"
    EJECT = "eject"


class ChipSeen(Enum):
    """The endorsement file."""

    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"  # neither: torn
    UNKNOWN = "unknown"  # the chip is silent


class BackSeen(Enum):
    """The print."""

    OLD = "old"
    BLANK = "blank"
    NEW = "new"
    OTHER = "other"  # neither: torn, or half erased
    UNKNOWN = "unknown"  # no picture


@dataclass(frozen=True)
class Evidence:
    """What the device sees, in the job's terms. `is_other_card` only when a chip answered."""

    media: Media
    is_other_card: bool
    chip: ChipSeen
    back: BackSeen


NOTHING_SEEN = Evidence(Media.UNKNOWN, False, ChipSeen.UNKNOWN, BackSeen.UNKNOWN)


@dataclass(frozen=True)
class Go:
    """Begin this step."""

    step: Step


@dataclass(frozen=True)
class Hold:
    """Keep the card inside for staff."""

    reason: str


@dataclass(frozen=True)
class EjectUntouched:
    """The card is as it came: give it back, and say why nothing was made."""

    reason: str


@dataclass(frozen=True)
class Finished:
    """The card has left the machine, or lies in the slot; `is_rewritten` if it was verified before."""

    is_rewritten: bool
    is_in_slot: bool


Decision = Go | Hold | EjectUntouched | Finished


@dataclass(frozen=True)
class Again:
    """Begin the step once more; when that was done already, give up with this reason."""

    step: Step
    reason: str


Rule = Go | Again | Hold | EjectUntouched

_CONFLICT = Hold("rewriter.conflict")
_CHIP_SILENT = Hold("rewriter.chip_silent")
_NO_PICTURE = Hold("rewriter.back_not_seen")
_SPOILT = Hold("rewriter.print_spoilt")
_NOT_VERIFIED = Hold("rewriter.not_verified")

_ERASE, _WRITE, _PRINT, _VERIFY, _EJECT = (Go(step) for step in Step)
_ERASE_AGAIN = Again(Step.ERASE, "rewriter.not_erased")
_WRITE_AGAIN = Again(Step.CHIP_WRITE, "rewriter.not_written")
_MEND_CHIP = Again(Step.CHIP_WRITE, "rewriter.half_written")
_PRINT_AGAIN = Again(Step.PRINT, "rewriter.not_printed")
_VERIFY_AGAIN = Again(Step.VERIFY, "rewriter.not_verified")
_EJECT_AGAIN = Again(Step.EJECT, "rewriter.not_ejected")
# nothing was begun: whatever is odd about the card, it is not our doing
_AS_IT_CAME = EjectUntouched("rewriter.card_changed")
_UNREAD = EjectUntouched("rewriter.card_unreadable")

_Row = tuple[Rule, Rule, Rule, Rule, Rule]
_CHIPS = (ChipSeen.BEFORE, ChipSeen.AFTER, ChipSeen.OTHER, ChipSeen.UNKNOWN)
_BACKS = (BackSeen.OLD, BackSeen.BLANK, BackSeen.NEW, BackSeen.OTHER, BackSeen.UNKNOWN)
_ALL_CONFLICT: _Row = (_CONFLICT, _CONFLICT, _CONFLICT, _CONFLICT, _NO_PICTURE)
_ALL_SILENT: _Row = (_CHIP_SILENT, _CHIP_SILENT, _CHIP_SILENT, _CHIP_SILENT, _CHIP_SILENT)

# fmt: off
_GRIDS: dict[Point, tuple[_Row, _Row, _Row, _Row]] = {
    # columns: the back is old, blank, new, other, not seen; rows: the chip is as before, as after, other, silent
    Point.FRESH: (
        (_ERASE, _ERASE, _AS_IT_CAME, _AS_IT_CAME, _UNREAD),
        (_AS_IT_CAME, _AS_IT_CAME, _AS_IT_CAME, _AS_IT_CAME, _UNREAD),
        (_AS_IT_CAME, _AS_IT_CAME, _AS_IT_CAME, _AS_IT_CAME, _UNREAD),
        (_UNREAD, _UNREAD, _UNREAD, _UNREAD, _UNREAD),
    ),
    Point.ERASE: (
        (_ERASE_AGAIN, _WRITE, _CONFLICT, _ERASE_AGAIN, _NO_PICTURE),
        _ALL_CONFLICT,
        _ALL_CONFLICT,
        _ALL_SILENT,
    ),
    Point.CHIP_WRITE: (
        (_CONFLICT, _WRITE_AGAIN, _CONFLICT, _CONFLICT, _NO_PICTURE),
        (_CONFLICT, _PRINT, _CONFLICT, _CONFLICT, _NO_PICTURE),
        (_CONFLICT, _MEND_CHIP, _CONFLICT, _CONFLICT, _NO_PICTURE),
        _ALL_SILENT,
    ),
    Point.PRINT: (
        _ALL_CONFLICT,
        (_CONFLICT, _PRINT_AGAIN, _VERIFY, _SPOILT, _NO_PICTURE),
        _ALL_CONFLICT,
        _ALL_SILENT,
    ),
    Point.VERIFY: (
        (_NOT_VERIFIED, _NOT_VERIFIED, _NOT_VERIFIED, _NOT_VERIFIED, _NO_PICTURE),
        (_NOT_VERIFIED, _NOT_VERIFIED, _VERIFY_AGAIN, _NOT_VERIFIED, _NO_PICTURE),
        (_NOT_VERIFIED, _NOT_VERIFIED, _NOT_VERIFIED, _NOT_VERIFIED, _NO_PICTURE),
        _ALL_SILENT,
    ),
    Point.VERIFIED: (
        _ALL_CONFLICT,
        (_CONFLICT, _CONFLICT, _EJECT, _CONFLICT, _NO_PICTURE),
        _ALL_CONFLICT,
        _ALL_SILENT,
    ),
    Point.EJECT: (
        # as it came, or whole: `judge` asks besides which of the two the job had reached
        (_EJECT_AGAIN, _EJECT_AGAIN, _CONFLICT, _CONFLICT, _NO_PICTURE),
        (_CONFLICT, _CONFLICT, _EJECT_AGAIN, _CONFLICT, _NO_PICTURE),
        _ALL_CONFLICT,
        _ALL_SILENT,
    ),
}
# fmt: on

TABLE: dict[tuple[Point, ChipSeen, BackSeen], Rule] = {
    (point, chip, back): rule
    for point, rows in _GRIDS.items()
    for chip, row in zip(_CHIPS, rows, strict=True)
    for back, rule in zip(_BACKS, row, strict=True)
}
"""Every pair of what the ledger says and what is seen, for the job's own card inside the machine."""

INSIDE = (Media.PRESENT, Media.LATCHED)
OUTSIDE = (Media.NOT_PRESENT, Media.ENTERING)

_NOT_INSIDE: dict[Media, str] = {
    Media.JAMMED: "rewriter.jammed",
    Media.UNKNOWN: "rewriter.not_seen",
    Media.RETRACTED: "rewriter.conflict",
    Media.NOT_PRESENT: "rewriter.card_not_found",
    Media.ENTERING: "rewriter.card_not_found",
}
_WORK = (Step.ERASE, Step.CHIP_WRITE, Step.PRINT)


def point_of(history: History) -> Point:
    """Where the job stands."""
    if history.last is None:
        return Point.FRESH
    if history.last is Step.VERIFY and history.is_verified:
        return Point.VERIFIED
    return Point(history.last.value)


def evidence_of(job: Opened, seen: CardSeen) -> Evidence:
    """What is seen, compared with what the job's record says."""
    is_other = bool(seen.chip_id) and token_of(job.salt, seen.chip_id) != job.card_token
    if not seen.chip_id or seen.chip is None:
        chip = ChipSeen.UNKNOWN
    else:
        sealed = seal_chip(job.salt, seen.chip)
        found = {job.chip_before: ChipSeen.BEFORE, job.chip_after: ChipSeen.AFTER}
        chip = found.get(sealed, ChipSeen.OTHER)
    if seen.back is Back.PRINTED:
        prints = {job.back_before: BackSeen.OLD, job.back_after: BackSeen.NEW}
        back = prints.get(seal_back(job.salt, seen.back_digest), BackSeen.OTHER)
    else:
        words = {Back.BLANK: BackSeen.BLANK, Back.UNREADABLE: BackSeen.OTHER, None: BackSeen.UNKNOWN}
        back = words[seen.back]
    return Evidence(seen.media, is_other, chip, back)


def is_untouched(history: History, evidence: Evidence) -> bool:
    """Whether the card is as it came, by what is seen."""
    is_back_so = evidence.back is BackSeen.OLD or (evidence.back is BackSeen.BLANK and history.job.back_before == BLANK)
    return evidence.chip is ChipSeen.BEFORE and is_back_so


def judge(history: History, evidence: Evidence, *, may_work: bool, redoes: int) -> Decision:
    """What to do next.

    Args:
        may_work: false when the job's data are gone or its end is wished: then nothing is erased, written or printed.
        redoes: how many times a step may be begun beyond the first, over the whole life of the job: 0 or 1.
    """
    if history.end is not None:
        return Finished(history.is_verified, is_in_slot=False)
    if history.held is not None:
        return Hold(history.held)
    point = point_of(history)
    if evidence.media not in INSIDE:
        if evidence.media in OUTSIDE and point in (Point.FRESH, Point.EJECT):
            return Finished(history.is_verified, evidence.media is Media.ENTERING)
        return Hold(_NOT_INSIDE[evidence.media])
    if evidence.is_other_card:
        return Hold("rewriter.other_card")
    rule = TABLE[point, evidence.chip, evidence.back]
    if point is Point.EJECT and isinstance(rule, Again):
        is_whole = (evidence.chip, evidence.back) == (ChipSeen.AFTER, BackSeen.NEW)
        if not (is_whole if history.is_verified else is_untouched(history, evidence)):
            return _CONFLICT  # not what was to be ejected
        return Go(rule.step) if history.begun[rule.step] <= redoes else Hold(rule.reason)
    if isinstance(rule, Hold | EjectUntouched):
        return rule
    if rule.step in _WORK and not may_work:
        return _give_up(history, evidence, "rewriter.interrupted")
    if isinstance(rule, Again):
        if history.begun[rule.step] <= redoes:
            return Go(rule.step)
        return _give_up(history, evidence, rule.reason)
    return rule


def _give_up(history: History, evidence: Evidence, reason: str) -> Decision:
    if point_of(history) is Point.FRESH or is_untouched(history, evidence):
        return EjectUntouched(reason)
    return Hold(reason)
