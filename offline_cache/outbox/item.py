"""What goes into the outbox and what it tells about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from kiosk.base.record import Record


class State(str, Enum):
    """Where an item stands that has not ended: waiting to be sent, or a dead letter."""

    QUEUED = "queued"
    DEAD = "dead"


class End(str, Enum):
    """How an item ended."""

    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NewItem:
    """One submission.

    Attributes:
        idem: its own key for ever, there before it is first put: random (version 4), made when the form was opened; or version 5 under
            a visit's random id, where the visit can hand in one such thing only (a rating of an item).
        order_key: the case or visit; items of one are sent in their order.
        kind: what it is, a name of the service catalogue.
        schema_version: of the body.
        body: the plaintext; sealed before it touches the disk.
        slip_number: what is printed on the citizen's slip, ``None`` for what has none (a rating).
        expires_after_s: from the trusted time of its creation; ``None``: never.
        attachments: ids of sealed files that belong to it, in their order.
    """

    idem: UUID
    order_key: str
    kind: str
    schema_version: int
    body: bytes = field(repr=False)
    slip_number: str | None = None
    expires_after_s: float | None = None
    attachments: tuple[UUID, ...] = ()


class Stored(Record, frozen=True):
    """Where an item lies. `is_repeat`: it, or its end, was there already."""

    store_id: str
    seq: int
    is_repeat: bool = False


class Waiting(NamedTuple):
    """A queued item as the lanes know it, without its body."""

    seq: int
    idem: UUID
    order_key: str
    kind: str
    attempts: int = 0


@dataclass(frozen=True)
class AttachmentRef:
    """A sealed file of an item: its id and IANA media type."""

    attachment_id: UUID
    media_type: str


@dataclass(frozen=True)
class Claim:
    """An item that is being sent; leased in memory, so that a restart frees it.

    `created_wall_s` is Unix time by this machine, `trusted_created_s` the same moment by the platform's time, when known.
    """

    store_id: str
    seq: int
    idem: UUID
    order_key: str
    kind: str
    schema_version: int
    attempts: int
    slip_number: str | None
    body: bytes = field(repr=False)
    created_wall_s: float = 0.0
    trusted_created_s: float | None = None
    attachments: tuple[AttachmentRef, ...] = ()


@dataclass(frozen=True)
class DeadLetter:
    """An item that will not be sent again by itself. Codes only, nothing of its body."""

    seq: int
    idem: UUID
    order_key: str
    kind: str
    reason: str
    attempts: int
    last_code: str | None
    created_wall_s: float


@dataclass(frozen=True)
class ItemState:
    """What may be told about one item: `state` queued, dead or an end; its slip number; the platform's receipt."""

    state: State | End
    slip_number: str | None = None
    receipt: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class OutboxStatus:
    """For staff, the heartbeat and the command line.

    Attributes:
        store_id: of the file.
        last_seq: the highest number ever given.
        queued, dead: counts of items that have not ended.
        bytes: of their bodies and attachments.
        oldest_s: age of the oldest queued item by the monotonic clock or, after a restart, by what is known; 0 for none.
        by_kind: queued items by kind.
        dead_by_reason: dead letters by reason.
    """

    store_id: str
    last_seq: int
    queued: int
    dead: int
    bytes: int
    oldest_s: float
    by_kind: Mapping[str, int]
    dead_by_reason: Mapping[str, int]
