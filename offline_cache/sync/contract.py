"""The wire between the store and the platform's intake: one set of models for both sides.

Plain frozen dataclasses, as in the contract of the visit's calls: the platform hands them to FastAPI, the store encodes them with
msgspec. Nothing personal is part of a URL: keys are random numbers, and what a citizen wrote travels in bodies only.

* ``POST /v1/intake`` takes an `IntakeBatch` and answers an `IntakeReply` with one outcome for each item, in the same order. Key,
  effect and stored outcome are one transaction; the first outcome of a key is replayed for ever.
* ``POST /v1/intake/statuses`` takes a `StatusQuestion` and answers the `IntakeOutcome` that is stored, or code ``unknown``.
* ``POST /v1/intake/attachment-states`` takes an `AttachmentQuestion`, answers an `AttachmentState`; ``POST
  /v1/intake/attachments`` appends bytes (application/octet-stream) at the place that its headers tell: ``X-Attachment-Id``,
  ``Content-Type``, ``Content-Range: bytes FIRST-LAST/TOTAL`` (RFC 9110) and ``Repr-Digest: sha-256=:BASE64:`` (RFC 9530) of the whole.
  An attachment is sent before its item; an item whose attachments are not whole is answered ``attachments_missing``.
* ``POST /v1/intake/lookups`` takes a `SlipQuestion`, ``POST /v1/intake/stores`` a `StoreReport`, ``POST /v1/intake/cases`` an
  `OwnCasesQuestion` with the bearer token of a confirmed visit.
* ``POST /v1/intake/endings`` takes an `EndingsReport`: what ended at the terminal itself. It answers an `IntakeReply` whose keys are
  the cases' ids: ``accepted``, ``replayed`` (known, the same), ``other_payload`` (known with another end). Only then the terminal forgets.

A refusal of the whole call is a problem document (RFC 9457) with the member ``code``, one of
`offline_cache.sync.answers.KNOWN_CODES`, and, when it makes sense, ``Retry-After``. All questions travel in bodies and headers,
as everywhere on this platform: no address of it holds anything but the name of the call.

The header ``Idempotency-Key`` (draft-ietf-httpapi-idempotency-key-header-07, a quoted string) carries the batch's own random
number; what makes an effect happen once is the key of each item.
"""

from dataclasses import dataclass, field

LONGEST_BATCH = 50
LARGEST_BATCH_BYTES = 1 << 20
CHUNK_BYTES = 256 << 10
LARGEST_ATTACHMENT_BYTES = 64 << 20
LONGEST_ENDINGS = 20
MOST_STEPS = 100


@dataclass(frozen=True)
class AttachmentNote:
    """An attachment of an item: its id, IANA media type, bytes and SHA-256 (hex) of the plain file."""

    attachment_id: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class IntakeItem:
    """One submission.

    Attributes:
        key: UUID (text), there before the first sending, for ever: random, made when the form was opened; or derived from a visit's
            random id, where the visit can hand in one such thing only (a rating of an item).
        seq: the number of this item in its store, from 1.
        order_key: the case or visit.
        kind: name of the service catalogue.
        schema_version: of the body.
        slip_number: on the citizen's slip, ``None`` for what has none.
        created_wall: ISO 8601 with offset, by the terminal's clock.
        created_trusted: the same moment by the platform's time as far as the terminal knows it, else ``None``.
        body: JSON text of the kind's schema. Who hands in is part of it; whether that is confirmed the platform knows from
            the factors that it has checked itself, not from the terminal.
        attachments: in their order.
    """

    key: str
    seq: int
    order_key: str
    kind: str
    schema_version: int
    slip_number: str | None
    created_wall: str
    created_trusted: str | None
    body: str = field(repr=False)
    attachments: tuple[AttachmentNote, ...] = ()


@dataclass(frozen=True)
class IntakeBatch:
    """POST /v1/intake. At most `LONGEST_BATCH` items; items of one `order_key` stop at the first that fails."""

    terminal_id: str
    store_id: str
    items: tuple[IntakeItem, ...]


@dataclass(frozen=True)
class IntakeOutcome:
    """What became of one item: a code of `offline_cache.sync.answers.KNOWN_CODES`."""

    key: str
    code: str
    receipt: str | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True)
class IntakeReply:
    """One outcome for each item of the batch."""

    outcomes: tuple[IntakeOutcome, ...]


@dataclass(frozen=True)
class StatusQuestion:
    """POST /v1/intake/statuses: what became of this key."""

    key: str


@dataclass(frozen=True)
class AttachmentQuestion:
    """POST /v1/intake/attachment-states."""

    attachment_id: str


@dataclass(frozen=True)
class AttachmentState:
    """How many bytes of an attachment the platform has, and whether they are all and their digest is right."""

    received: int
    is_whole: bool


@dataclass(frozen=True)
class SlipQuestion:
    """POST /v1/intake/lookups: what became of what was handed in, by the slip and the holder's card."""

    slip_number: str
    id_number: str = field(repr=False)


@dataclass(frozen=True)
class SlipAnswer:
    """`state`: ``notHere`` (not at the platform, or not this person's: the same answer), ``received``, ``accepted``,
    ``needsCorrection``, ``answered``.

    `terminal_id`: where it was handed in; `is_unverified`: it carries 待身份核验. A card alone opens nothing personal: the answer
    itself comes with `OwnCases`.
    """

    state: str
    terminal_id: str | None = None
    receipt: str | None = None
    is_unverified: bool = False


@dataclass(frozen=True)
class OwnCasesQuestion:
    """POST /v1/intake/cases, with the visit's bearer token: the visitor's own cases. Asking confirms those that carry 待身份核验."""

    visit_id: str


@dataclass(frozen=True)
class OwnCase:
    """A case; `received_at` ISO 8601, `answer` the department's words, once there are any."""

    receipt: str
    kind: str
    state: str
    received_at: str
    slip_number: str | None = None
    title: str = field(default="", repr=False)
    answer: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class OwnCases:
    """Newest first; `confirmed`: how many carried 待身份核验 until now."""

    cases: tuple[OwnCase, ...]
    confirmed: int = 0


@dataclass(frozen=True)
class StoreReport:
    """POST /v1/intake/stores: part of the heartbeat; by it the platform sees rolled-back or deleted rows.

    Attributes:
        last_seq: the highest number ever given in this store.
        queued, dead: items that have not ended.
        oldest_s: age of the oldest queued one.
        dead_seqs: numbers of dead letters, which close their place in the sequence; the first thousand.
    """

    terminal_id: str
    store_id: str
    last_seq: int
    queued: int
    dead: int
    oldest_s: float
    dead_seqs: tuple[int, ...] = ()


@dataclass(frozen=True)
class StoreReceipt:
    """How many numbers up to `last_seq` the platform has neither received nor been told of: as many as are queued or cancelled."""

    missing: int


@dataclass(frozen=True)
class EndedStep:
    """A step of a case, and its outcome in the terminal's words; what was noted with it stays at the terminal and goes."""

    step: str
    outcome: str | None


@dataclass(frozen=True)
class Ending:
    """How a case ended at the terminal itself.

    Attributes:
        case_id: of a payment or endorsement; for a dead letter that a person gave up, the item's key.
        kind: ``payment``, ``endorsement``, …; ``letter.KIND`` for a dead letter.
        end: in a word; for a dead letter the person's reason.
        ended_wall: ISO 8601 with offset, by the terminal's clock.
        seq: number of the dead letter, whose place in the sequence it closes; else ``None``.
        steps: in their order, the last `MOST_STEPS`.
    """

    case_id: str
    kind: str
    end: str
    ended_wall: str
    seq: int | None
    steps: tuple[EndedStep, ...]


@dataclass(frozen=True)
class EndingsReport:
    """POST /v1/intake/endings. At most `LONGEST_ENDINGS`."""

    terminal_id: str
    store_id: str
    endings: tuple[Ending, ...]
