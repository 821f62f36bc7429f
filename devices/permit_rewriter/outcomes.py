"""What the permit rewriter tells the terminal: events within an endorsement, and how each action ended."""

from dataclasses import dataclass

import msgspec

from devices.permit_rewriter.ledger import Step, StepOutcome
from devices.permit_rewriter.types import CardSeen, Raster
from kiosk.base.errors import Problem


class Endorsement(msgspec.Struct, frozen=True):
    """What shall become of one card. Personal: never logged, dropped with the visit.

    Attributes:
        job_id: the caller's own name for it, nothing personal.
        chip_id, chip_before: of the card that was approved, as `CardSeen` told them.
        chip: the whole endorsement file as it shall be.
        raster: the whole back as it shall be.
    """

    job_id: str
    chip_id: bytes
    chip_before: bytes
    chip: bytes
    raster: Raster

    def __repr__(self) -> str:
        return f"Endorsement({self.job_id!r}, ...)"


@dataclass(frozen=True)
class MediaInserted:
    """A card is being drawn in."""


@dataclass(frozen=True)
class StepBegun:
    """The step is recorded and begins now; from `Step.ERASE` on nothing can be cancelled."""

    step: Step


@dataclass(frozen=True)
class StepEnded:
    """What the device said of it; what counts is seen afterwards."""

    step: Step
    outcome: StepOutcome


@dataclass(frozen=True)
class Verified:
    """Chip and back are seen to be as wished. The card is inside, latched: report it, then `eject`."""

    job_id: str


@dataclass(frozen=True)
class Ejected:
    """The card lies in the slot or was taken. `problem` says why nothing was made, when it was not rewritten."""

    is_rewritten: bool
    problem: Problem | None = None


@dataclass(frozen=True)
class Held:
    """The card stays inside for staff: it is neither as it came nor whole, or nobody can tell. Money is to be given back."""

    problem: Problem


@dataclass(frozen=True)
class Retained:
    """The card is in the bin."""


@dataclass(frozen=True)
class Released:
    """The card was given out to staff, as it was."""


@dataclass(frozen=True)
class MediaTaken:
    """No card is in the slot or inside."""


@dataclass(frozen=True)
class NoJob:
    """The ledger has no open job: there is nothing to recover."""


@dataclass(frozen=True)
class Cancelled:
    """Given up on our own wish, before anything was begun; the card is where it was."""


RewriterEvent = MediaInserted | StepBegun | StepEnded
AcceptOutcome = CardSeen | Cancelled | Problem
RewriteOutcome = Verified | Ejected | Held | Cancelled | Problem
RecoverOutcome = Verified | Ejected | Held | NoJob | Cancelled | Problem
MoveOutcome = Ejected | Held | Retained | Released | Problem
RemovalOutcome = MediaTaken | Cancelled | Problem
