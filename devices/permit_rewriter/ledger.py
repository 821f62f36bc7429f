"""The step ledger: what was begun and what ended, each told durably before the next thing happens.

No digest in it can be matched with a card or a print without the job's random salt, and the salt is gone with the job.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import msgspec

from devices.permit_rewriter.types import Back, CardSeen

SALT_BYTES = 16
BLANK = "blank"
"""Stands in place of a back's digest where there is no print."""


class Step(str, Enum):
    """What is recorded before it is begun, in the order of an endorsement."""

    ERASE = "erase"
    CHIP_WRITE = "chipWrite"
    PRINT = "print"
    VERIFY = "verify"
    EJECT = "eject"


class StepOutcome(str, Enum):
    """What the device said of a step; nobody believes it before the card was looked at."""

    DONE = "done"
    FAILED = "failed"  # it says that it did not, or not well
    UNKNOWN = "unknown"  # it said nothing


class JobEnd(str, Enum):
    """How a job left the machine."""

    EJECTED = "ejected"
    RETAINED = "retained"
    RELEASED = "released"  # to staff, as it was
    TAKEN = "taken"  # by hand, while the machine was off


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """A job begins. All but `job_id` are `seal`ed: hexadecimal, 32 characters.

    Attributes:
        card_token: of the chip's identity.
        chip_before, chip_after: of the endorsement file as it was read and as it shall be.
        back_before, back_after: of the print; `BLANK` for a back without any.
    """

    job_id: str
    salt: str
    card_token: str
    chip_before: str
    chip_after: str
    back_before: str
    back_after: str


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """A step is about to begin on this card."""

    step: Step
    card_token: str


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The device said this of the step."""

    step: Step
    outcome: StepOutcome


class HeldBack(msgspec.Struct, frozen=True, tag="held"):
    """The card stays inside for staff; no step begins any more."""

    reason: str


class Closed(msgspec.Struct, frozen=True, tag="closed"):
    """The card has left; the job is over."""

    end: JobEnd


Record = Opened | Begun | Ended | HeldBack | Closed


class StepLedger(Protocol):
    """Where an endorsement is written down. Each method returns when the record will outlive a power cut.

    Called on the rewriter's own thread; may block for a second. Raises `BudayangError` ``rewriter.ledger_failed`` when
    nothing can be recorded, ``rewriter.ledger_damaged`` when what is there makes no sense.
    """

    def records(self) -> tuple[Record, ...]:
        """All records of the last job, oldest first; empty when there never was one."""

    def open(self, job: Opened) -> None:
        """Begins a job. Raises ``rewriter.job_open`` while the last one is not closed."""

    def begin(self, step: Step, card_token: str) -> None:
        """The step is about to begin."""

    def ended(self, step: Step, outcome: StepOutcome) -> None:
        """The step has ended, as far as the device says."""

    def held(self, reason: str) -> None:
        """The card is held for staff, with the message key of why."""

    def closed(self, end: JobEnd) -> None:
        """The card has left."""


@dataclass(frozen=True)
class History:
    """A job as its records tell it.

    Attributes:
        last: the step begun last.
        is_told: whether the device said anything of it.
        begun: how many times each step was begun.
    """

    job: Opened
    last: Step | None
    outcome: StepOutcome | None
    begun: dict[Step, int]
    is_verified: bool
    held: str | None
    end: JobEnd | None

    @property
    def came_blank(self) -> bool:
        """Whether the back bore nothing when the card came."""
        return self.job.back_before == BLANK


def history_of(records: tuple[Record, ...]) -> History | None:
    """What the records of a job say; ``None`` when there is none.

    Raises:
        ValueError: they cannot be a job's records.
    """
    if not records:
        return None
    job = records[0]
    if not isinstance(job, Opened):
        raise ValueError("the first record opens no job")  # noqa: TRY004 - a matter of order, not of types
    last: Step | None = None
    outcome: StepOutcome | None = None
    begun = dict.fromkeys(Step, 0)
    is_verified = False
    held: str | None = None
    end: JobEnd | None = None
    for record in records[1:]:
        if end is not None or isinstance(record, Opened):
            raise ValueError("a record after the end, or a second opening")
        if isinstance(record, Begun):
            if record.card_token != job.card_token:
                raise ValueError("a step on another card")
            last, outcome = record.step, None
            begun[last] += 1
        elif isinstance(record, Ended):
            if record.step is not last:
                raise ValueError("a step ended that had not begun")
            outcome = record.outcome
            is_verified |= record.step is Step.VERIFY and record.outcome is StepOutcome.DONE
        elif isinstance(record, HeldBack):
            held = record.reason
        else:
            end = record.end
    return History(job, last, outcome, begun, is_verified, held, end)


def seal(salt: str, content: bytes) -> str:
    """A digest that only the holder of the salt can make again: 32 hexadecimal characters."""
    return hmac.new(bytes.fromhex(salt), content, hashlib.sha256).hexdigest()[:32]


def seal_chip(salt: str, content: bytes) -> str:
    """Of an endorsement file."""
    return seal(salt, b"chip" + hashlib.sha256(content).digest())


def seal_back(salt: str, digest: bytes) -> str:
    """Of a back, by `Raster.digest`."""
    return seal(salt, b"back" + digest)


def token_of(salt: str, chip_id: bytes) -> str:
    """Of a chip's identity."""
    return seal(salt, b"card" + chip_id)


def opened(job_id: str, salt: str, seen: CardSeen, chip: bytes, back_digest: bytes) -> Opened:
    """The job's first record: `seen` is the card as it came, read whole."""
    before = seal_back(salt, seen.back_digest) if seen.back is Back.PRINTED else BLANK
    return Opened(
        job_id,
        salt,
        token_of(salt, seen.chip_id),
        seal_chip(salt, seen.chip or b""),
        seal_chip(salt, chip),
        before,
        seal_back(salt, back_digest),
    )
