"""The reader's frames as pure bytes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from devices.id_card_reader.codec import (
    HEADER_BYTES,
    LONGEST_LENGTH,
    PREAMBLE,
    Damage,
    Reply,
    ReplyReader,
    Request,
    checksum,
    encode_request,
    module_id,
    text_block,
)
from tests.devices.id_card_reader.frames import HEAD, REPLIES, REQUESTS, framed

LONGEST_FRAME = HEADER_BYTES + LONGEST_LENGTH


def replies(found: list[Reply | Damage]) -> list[tuple[int, bytes]]:
    return [(frame.sw3, bytes(frame.data)) for frame in found if isinstance(frame, Reply)]


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_is_the_frame_of_the_protocol(name: str) -> None:
    assert encode_request(Request[name]).hex(" ").upper() == REQUESTS[name]


def test_a_request_carries_data() -> None:
    assert checksum(bytes.fromhex("00 04 61 FF 50")) == 0xCA
    assert encode_request(Request.RESET, b"\x50") == bytes.fromhex(HEAD + "00 04 10 FF 50 BB")


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_is_understood(name: str) -> None:
    text, sw3, length = REPLIES[name]
    (reply,) = ReplyReader().feed(bytes.fromhex(text))
    assert isinstance(reply, Reply)
    assert (reply.sw1, reply.sw2, reply.sw3, len(reply.data)) == (0, 0, sw3, length)


def test_a_reply_may_come_byte_by_byte() -> None:
    reader = ReplyReader()
    found: list[Reply | Damage] = []
    for byte in framed(0x90, bytes(1288)):
        found += reader.feed(bytes((byte,)))
        assert reader.pending_bytes <= LONGEST_FRAME
    assert replies(found) == [(0x90, bytes(1288))]
    assert reader.pending_bytes == 0


def test_two_replies_in_one_piece_come_out_in_order() -> None:
    assert replies(ReplyReader().feed(framed(0x9F, bytes(4)) + framed(0x80))) == [(0x9F, bytes(4)), (0x80, b"")]


def test_the_missing_bytes_are_known_once_the_length_is() -> None:
    reader = ReplyReader()
    assert reader.missing_bytes == 0
    whole = framed(0x90, bytes(100))
    reader.feed(whole[:3])
    assert reader.missing_bytes == 8
    reader.feed(whole[3:20])
    assert reader.missing_bytes == len(whole) - 20


def test_a_wrong_checksum_is_told_and_the_next_frame_is_found() -> None:
    spoilt = framed(0x90)[:-1] + b"\x00"
    found = ReplyReader().feed(spoilt + framed(0x80))
    assert found[0] is Damage.CHECKSUM
    assert replies(found) == [(0x80, b"")]


@pytest.mark.parametrize("length", [0, 3, LONGEST_LENGTH + 1, 0xFFFF])
def test_a_length_out_of_range_is_told_and_the_next_frame_is_found(length: int) -> None:
    found = ReplyReader().feed(PREAMBLE + length.to_bytes(2, "big") + framed(0x80))
    assert found[0] is Damage.LENGTH
    assert replies(found) == [(0x80, b"")]


def test_a_false_head_that_waits_for_bytes_is_given_up_at_the_deadline() -> None:
    reader = ReplyReader()
    assert reader.feed(PREAMBLE + b"\x05\x08" + framed(0x9F, bytes(4))) == []
    assert replies(reader.resynchronise()) == [(0x9F, bytes(4))]
    assert reader.resynchronise() == []


def test_an_additional_preamble_byte_does_not_hide_the_frame() -> None:
    assert replies(ReplyReader().feed(b"\xaa" + framed(0x80))) == [(0x80, b"")]


@given(st.lists(st.binary(max_size=300), max_size=12))
def test_any_bytes_neither_crash_nor_grow_the_buffer(pieces: list[bytes]) -> None:
    reader = ReplyReader()
    for piece in pieces:
        reader.feed(piece)
        assert reader.pending_bytes <= LONGEST_FRAME
        assert reader.missing_bytes >= 0
    while reader.pending_bytes:
        before = reader.pending_bytes
        reader.resynchronise()
        assert reader.pending_bytes < before


garbage = st.lists(
    st.one_of(
        st.binary(max_size=40),
        st.sampled_from([PREAMBLE, PREAMBLE[:3], PREAMBLE + b"\x00", PREAMBLE + b"\x05\x08", PREAMBLE + b"\xff\xff"]),
    ),
    max_size=8,
).map(b"".join)


@given(garbage, st.binary(max_size=300), st.integers(0, 255))
def test_a_valid_frame_after_any_garbage_is_found(noise: bytes, data: bytes, sw3: int) -> None:
    reader = ReplyReader()
    found = replies(reader.feed(noise + framed(sw3, data)))
    while reader.pending_bytes:
        found += replies(reader.resynchronise())
    # by a chance of 1 in 256 a false head and the true frame make a valid frame together
    assume(found)
    assume((sw3, data) in found or PREAMBLE not in noise)
    assert (sw3, data) in found


def test_forgetting_overwrites_what_was_received() -> None:
    reader = ReplyReader()
    reader.feed(framed(0x90, b"440308199901101512" * 10)[:100])
    held = reader._buffer
    reader.clear()
    assert reader.pending_bytes == 0
    assert b"440308" not in held


def test_a_reply_shows_no_content_and_can_be_erased() -> None:
    (reply,) = ReplyReader().feed(framed(0x90, b"440308199901101512"))
    assert isinstance(reply, Reply)
    assert "4403" not in repr(reply)
    assert "18 bytes" in repr(reply)
    reply.erase()
    assert not reply.data


TEXT = bytearray(range(256))
PHOTO = bytes(1024)


def test_the_text_is_found_in_a_reply_of_1295_bytes() -> None:
    assert text_block(b"\x01\x00\x04\x00" + TEXT + PHOTO) == TEXT


def test_the_text_is_found_in_a_reply_of_1297_bytes() -> None:
    assert text_block(b"\x01\x00\x04\x00\x00\x00" + TEXT + PHOTO) == TEXT


@pytest.mark.parametrize("fingerprint", [512, 1024])
def test_the_text_is_found_before_a_fingerprint(fingerprint: int) -> None:
    data = b"\x01\x00\x04\x00" + fingerprint.to_bytes(2, "big") + TEXT + PHOTO + bytes(fingerprint)
    assert text_block(data) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01\x00\x04",
        b"\x01\x00\x04\x00" + TEXT,
        b"\x00\xff\x04\x00" + TEXT + PHOTO,
        b"\x01\x00\x04\x00\x00" + TEXT + PHOTO,
        b"\x01\x00\x04\x00\x00\x07" + TEXT + PHOTO,
    ],
)
def test_length_words_that_do_not_fit_are_refused(data: bytes) -> None:
    assert text_block(data) is None


@given(st.binary(max_size=2400))
def test_any_data_has_a_text_of_256_bytes_or_none(data: bytes) -> None:
    block = text_block(data)
    assert block is None or len(block) == 256


def test_the_modules_id_is_written_as_on_its_label() -> None:
    raw = bytes.fromhex("0500 0100 659f3301 39300000 4e61bc00".replace(" ", ""))
    assert module_id(raw) == "05.01-20160357-000012345-012345678"
    assert module_id(raw[:15]) is None
