"""Frames in HID reports, whole and stripped of their head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.emulators.cards import CARDS, PHOTO
from devices.id_card_reader.codec import Damage, Reply, ReplyReader, Request, encode_request
from devices.id_card_reader.hid_codec import Framing, StrippedReplies, reports
from tests.devices.id_card_reader.frames import framed

CONTENT = b"\x01\x00\x04\x00" + CARDS["resident"].text + PHOTO
LONG = b"\x01\x00\x04\x00\x00\x00" + CARDS["resident"].text + PHOTO


def through(replies: StrippedReplies, frame: bytes, report_bytes: int = 64) -> bytes:
    """A frame as an adapter sends it: without its head, cut into padded reports."""
    body = frame[7:]
    got = b""
    for at in range(0, len(body), report_bytes):
        got += replies.feed(body[at : at + report_bytes].ljust(report_bytes, b"\x00"))
    return got


def test_a_request_fills_one_report_behind_its_id() -> None:
    frame = encode_request(Request.FIND)
    assert reports(frame, Framing.WHOLE, 64) == [b"\x00" + frame.ljust(64, b"\x00")]
    assert reports(frame, Framing.STRIPPED, 64, 5) == [b"\x05" + b"\x20\x01\x22".ljust(64, b"\x00")]
    assert [len(report) for report in reports(bytes(20), Framing.WHOLE, 16)] == [17, 17]


@pytest.mark.parametrize(
    ("request_", "frame"),
    [
        (Request.STATUS, framed(0x90)),
        (Request.STATUS, framed(0x60)),
        (Request.MODULE_ID, framed(0x90, bytes(16))),
        (Request.FIND, framed(0x9F, bytes(4))),
        (Request.FIND, framed(0x80)),
        (Request.SELECT, framed(0x90, bytes(8))),
        (Request.READ, framed(0x90, CONTENT)),
        (Request.READ, framed(0x90, LONG)),
        (Request.READ, framed(0x41)),
        (None, framed(0x90)),
    ],
)
def test_a_stripped_reply_becomes_the_frame_it_was(request_: Request | None, frame: bytes) -> None:
    replies = StrippedReplies()
    replies.expect(request_)
    assert through(replies, frame) == frame
    assert through(replies, frame, 1024) == frame  # padding of the last reply is not the next one's beginning


def test_a_damaged_reply_stays_damaged() -> None:
    replies = StrippedReplies()
    replies.expect(Request.MODULE_ID)
    frame = bytearray(framed(0x90, bytes(16)))
    frame[12] ^= 1
    assert ReplyReader().feed(through(replies, bytes(frame))) == [Damage.CHECKSUM]


def test_a_read_of_another_size_is_damage_at_once() -> None:
    replies = StrippedReplies()
    replies.expect(Request.READ)
    assert ReplyReader().feed(replies.feed(b"\x00\x00\x90\x02\x00\x04\x00" + bytes(57))) == [Damage.CHECKSUM]


def test_a_cut_reply_is_waited_for_and_forgotten_by_the_next_request() -> None:
    replies = StrippedReplies()
    replies.expect(Request.READ)
    assert replies.feed(b"\x00\x00") == b""
    assert replies.feed(b"\x90\x01") == b""
    replies.expect(Request.STATUS)
    assert through(replies, framed(0x90)) == framed(0x90)


@given(st.lists(st.binary(min_size=1, max_size=64), max_size=60), st.sampled_from([*Request, None]))
def test_any_reports_are_bounded(chunks: list[bytes], request_: Request | None) -> None:
    replies = StrippedReplies()
    replies.expect(request_)
    reader = ReplyReader()
    for chunk in chunks:
        for found in reader.feed(replies.feed(chunk)):
            assert isinstance(found, Reply | Damage)
        assert len(replies._buffer) <= 2400
