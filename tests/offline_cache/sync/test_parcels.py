"""What fits a request: order kept, the rest left for the next one, and what never fits told apart. No socket, no disk."""

import json
from uuid import UUID

import msgspec
import pytest

from offline_cache.outbox.item import Claim
from offline_cache.sync.contract import LARGEST_BATCH_BYTES, AttachmentNote
from offline_cache.sync.parcels import Parcel, moment_of, packed


def parcel(number: int, body: bytes = b"{}", *, trusted_s: float | None = None, notes: int = 0) -> Parcel:
    claim = Claim(
        "store-1", number, UUID(int=number), "lane", "consultation", 1, 0, f"XH-01-{number:04d}", body, 1.8e9, trusted_s
    )
    return Parcel(claim, tuple(AttachmentNote(f"a-{one}", "application/pdf", 9, "00") for one in range(notes)))


def test_an_item_is_told_as_it_was_put_with_its_notes() -> None:
    found = packed([parcel(1, '{"title": "李明"}'.encode(), trusted_s=1.8e9 + 60, notes=2)])
    [item] = found.items
    assert (item.key, item.seq, item.slip_number) == (str(UUID(int=1)), 1, "XH-01-0001")
    assert json.loads(item.body) == {"title": "李明"}
    assert item.created_wall == "2027-01-15T16:00:00+08:00"
    assert item.created_trusted == "2027-01-15T16:01:00+08:00"
    assert len(item.attachments) == 2
    assert packed([parcel(2)]).items[0].created_trusted is None
    assert packed([]).items == []


def test_what_does_not_fit_any_more_is_left_in_its_order() -> None:
    body = b'"' + b"x" * 300_000 + b'"'
    parcels = [parcel(number, body) for number in range(1, 8)]
    found = packed(parcels)
    assert len(found.items) == 3
    assert found.parcels == parcels[:3]
    assert found.left == parcels[3:]
    assert found.unfit == []
    assert len(msgspec.json.encode(found.items)) <= LARGEST_BATCH_BYTES


def test_what_never_fits_is_answered_here_and_keeps_nobody_waiting() -> None:
    large, no_text, good = parcel(1, b"x" * LARGEST_BATCH_BYTES), parcel(2, b"\xff\xfe"), parcel(3)
    found = packed([large, no_text, good])
    assert [(claim.seq, answer.status, answer.code) for claim, answer in found.unfit] == [
        (1, 413, "too_large"),
        (2, 400, "malformed"),
    ]
    assert found.parcels == [good]


@pytest.mark.parametrize(
    ("unix_s", "text"),
    [(-1e12, "1970-01-01T08:00:00+08:00"), (0.0, "1970-01-01T08:00:00+08:00"), (1e18, "2100-01-01T08:00:00+08:00")],
)
def test_a_clock_gone_wild_is_told_as_far_as_a_calendar_goes(unix_s: float, text: str) -> None:
    assert moment_of(unix_s) == text
