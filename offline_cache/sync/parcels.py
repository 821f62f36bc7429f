"""Items on the wire: a claim becomes an intake item, and as many as a request may carry become a batch. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from kiosk.base.clock import HALL_TIME
from offline_cache.outbox.item import Claim
from offline_cache.sync.answers import Answer
from offline_cache.sync.contract import LARGEST_BATCH_BYTES, AttachmentNote, IntakeItem

_ENVELOPE_BYTES = 1024
_LAST_DATE_S = 4_102_444_800.0


@dataclass(frozen=True)
class Parcel:
    """An item with what is told of its attachments, all of which the platform has."""

    claim: Claim
    notes: tuple[AttachmentNote, ...] = ()


@dataclass
class Packed:
    """A batch.

    Attributes:
        items, parcels: what goes, in their order.
        left: what does not fit this time.
        unfit: what never will, with the answer that the platform would give.
    """

    items: list[IntakeItem] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    left: list[Parcel] = field(default_factory=list)
    unfit: list[tuple[Claim, Answer]] = field(default_factory=list)


def packed(chosen: Sequence[Parcel]) -> Packed:
    """As many as a request may carry, from the first on."""
    found = Packed()
    size = _ENVELOPE_BYTES
    for index, parcel in enumerate(chosen):
        item = _item(parcel)
        if item is None:
            found.unfit.append((parcel.claim, Answer(400, "malformed")))
            continue
        weight = len(msgspec.json.encode(item))
        if weight + _ENVELOPE_BYTES > LARGEST_BATCH_BYTES:
            found.unfit.append((parcel.claim, Answer(413, "too_large")))
        elif size + weight > LARGEST_BATCH_BYTES:
            found.left.extend(chosen[index:])
            break
        else:
            found.items.append(item)
            found.parcels.append(parcel)
            size += weight
    return found


def _item(parcel: Parcel) -> IntakeItem | None:
    """None when the body is no text."""
    claim = parcel.claim
    try:
        body = claim.body.decode()
    except UnicodeDecodeError:
        return None
    trusted = None if claim.trusted_created_s is None else moment_of(claim.trusted_created_s)
    return IntakeItem(
        str(claim.idem), claim.seq, claim.order_key, claim.kind, claim.schema_version, claim.slip_number,
        moment_of(claim.created_wall_s), trusted, body, parcel.notes,
    )  # fmt: skip


def moment_of(unix_s: float) -> str:
    """Unix time on the wire; a clock gone wild is told as far as a calendar goes."""
    return datetime.fromtimestamp(min(max(unix_s, 0.0), _LAST_DATE_S), HALL_TIME).isoformat(timespec="seconds")
