"""What the intake takes and answers, with the bounds that it enforces; a test holds it to `offline_cache.sync.contract`.

The terminal's program is not imported here: the platform shares nothing with it but the wire.
"""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

LONGEST_BATCH = 50
LARGEST_BATCH_BYTES = 1 << 20
CHUNK_BYTES = 256 << 10
LARGEST_ATTACHMENT_BYTES = 64 << 20
LONGEST_ENDINGS = 20
MOST_STEPS = 100

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Kind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Slip = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]{1,60}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9._-]{0,39}$")]
Moment = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]{8,29}$")]
Written = Annotated[str, Field(pattern=r"^[^\x00]{1,40}$")]  # PostgreSQL takes no NUL
Seq = Annotated[int, Field(ge=1, lt=1 << 62)]
Count = Annotated[int, Field(ge=0, lt=1 << 31)]


@dataclass(frozen=True)
class AttachmentNote:
    """An attachment of an item."""

    attachment_id: Uuid
    media_type: MediaType
    bytes: Annotated[int, Field(ge=0, lt=1 << 62)]
    sha256: Sha256


@dataclass(frozen=True)
class IntakeItem:
    """One submission."""

    key: Uuid
    seq: Seq
    order_key: Name
    kind: Kind
    schema_version: Annotated[int, Field(ge=1, le=9999)]
    slip_number: Slip | None
    created_wall: Moment
    created_trusted: Moment | None
    body: str = field(repr=False)
    attachments: Annotated[tuple[AttachmentNote, ...], Field(max_length=40)] = ()


@dataclass(frozen=True)
class IntakeBatch:
    """POST /v1/intake."""

    terminal_id: Name
    store_id: Name
    items: Annotated[tuple[IntakeItem, ...], Field(min_length=1, max_length=LONGEST_BATCH)]


@dataclass(frozen=True)
class IntakeOutcome:
    """What became of one item."""

    key: str
    code: str
    receipt: str | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True)
class IntakeReply:
    """One outcome for each item, in the order of the batch."""

    outcomes: tuple[IntakeOutcome, ...]


@dataclass(frozen=True)
class StatusQuestion:
    """POST /v1/intake/statuses."""

    key: Uuid


@dataclass(frozen=True)
class AttachmentQuestion:
    """POST /v1/intake/attachment-states."""

    attachment_id: Uuid


@dataclass(frozen=True)
class AttachmentState:
    """How much of it is here; whole means that its digest was right, too."""

    received: int
    is_whole: bool


@dataclass(frozen=True)
class SlipQuestion:
    """POST /v1/intake/lookups."""

    slip_number: Written
    id_number: Annotated[str, Field(pattern=r"^[^\x00]{1,18}$")] = field(repr=False)


@dataclass(frozen=True)
class SlipAnswer:
    """``notHere`` also for a slip of somebody else."""

    state: str
    terminal_id: str | None = None
    receipt: str | None = None
    is_unverified: bool = False


@dataclass(frozen=True)
class OwnCasesQuestion:
    """POST /v1/intake/cases."""

    visit_id: Name


@dataclass(frozen=True)
class OwnCase:
    """A case of the visitor."""

    receipt: str
    kind: str
    state: str
    received_at: str
    slip_number: str | None = None
    title: str = field(default="", repr=False)
    answer: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class OwnCases:
    """Newest first; how many were confirmed by asking."""

    cases: tuple[OwnCase, ...]
    confirmed: int = 0


@dataclass(frozen=True)
class StoreReport:
    """POST /v1/intake/stores."""

    terminal_id: Name
    store_id: Name
    last_seq: Annotated[int, Field(ge=0, lt=1 << 62)]
    queued: Count
    dead: Count
    oldest_s: Annotated[float, Field(ge=0, lt=1e12)]
    dead_seqs: Annotated[tuple[Seq, ...], Field(max_length=1000)] = ()


@dataclass(frozen=True)
class StoreReceipt:
    """Numbers up to `last_seq` that neither came nor are dead letters."""

    missing: int


@dataclass(frozen=True)
class EndedStep:
    """A step and its outcome."""

    step: Word
    outcome: Written | None


@dataclass(frozen=True)
class Ending:
    """How a case ended at the terminal itself."""

    case_id: Uuid
    kind: Annotated[str, Field(pattern=r"^[a-z][A-Za-z0-9._]{0,59}$")]
    end: Word
    ended_wall: Moment
    seq: Seq | None
    steps: Annotated[tuple[EndedStep, ...], Field(max_length=MOST_STEPS)]


@dataclass(frozen=True)
class EndingsReport:
    """POST /v1/intake/endings."""

    terminal_id: Name
    store_id: Name
    endings: Annotated[tuple[Ending, ...], Field(min_length=1, max_length=LONGEST_ENDINGS)]
