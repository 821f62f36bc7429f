"""What the frames carry: written-out bytes, round trips, and any bytes at all."""

from hypothesis import given
from hypothesis import strategies as st

from devices.permit_rewriter import content_codec as content
from devices.permit_rewriter.content_codec import ChipPiece, Greeting, Load, State, Trouble
from devices.permit_rewriter.types import Back
from devices.status import Media

DIGEST = bytes(range(32))


def test_greeting() -> None:
    greeting = Greeting(1, 3, 640, 400, 4096, "PR-1")
    data = bytes.fromhex("01 00000003 0280 0190 1000") + b"PR-1"
    assert content.encode_greeting(greeting) == data
    assert content.decode_greeting(data) == greeting
    assert content.decode_greeting(data[:10]) is None
    unreadable = content.decode_greeting(data[:11] + b"\x01\xff")
    assert unreadable is not None
    assert unreadable.model == ""


def test_state() -> None:
    for state, data in (
        (State(Media.LATCHED, Trouble.ERASER | Trouble.BIN_FULL), b"\x02\x21"),
        (State(Media.ENTERING, Trouble(0)), b"\x01\x00"),
        (State(Media.ENTERING, Trouble(0), is_presented=True), b"\x04\x00"),
    ):
        assert content.encode_state(state) == data
        assert content.decode_state(data) == state
    assert content.decode_state(b"\x09\xff") == State(Media.UNKNOWN, Trouble(0x3F))
    assert content.decode_state(b"\x00") is None


def test_chip() -> None:
    assert content.decode_chip_id(b"\x01\x02\x03\x04") == b"\x01\x02\x03\x04"
    assert content.decode_chip_id(b"\x01\x02\x03") is None
    assert content.encode_chip_wish(512, True) == b"\x02\x00\x01"
    assert content.decode_chip_wish(b"\x02\x00\x01") == (512, True)
    assert content.decode_chip_wish(b"") is None
    assert content.encode_chip_piece(ChipPiece(600, b"ab")) == b"\x02\x58ab"
    assert content.decode_chip_piece(b"\x02\x58ab") == ChipPiece(600, b"ab")
    assert content.decode_chip_piece(b"\x02") is None
    assert "ab" not in repr(ChipPiece(600, b"ab"))


def test_back() -> None:
    assert content.encode_back(Back.BLANK) == b"\x00"
    assert content.encode_back(Back.PRINTED, DIGEST) == b"\x01" + DIGEST
    assert content.decode_back(b"\x01" + DIGEST) == (Back.PRINTED, DIGEST)
    assert content.decode_back(b"\x02") == (Back.UNREADABLE, b"")
    for wrong in (b"", b"\x01", b"\x00x", b"\x07"):
        assert content.decode_back(wrong) is None


def test_orders() -> None:
    assert content.encode_load(Load.RASTER, 1000, b"xy") == b"\x02\x00\x00\x03\xe8xy"
    assert content.decode_load(b"\x02\x00\x00\x03\xe8xy") == (Load.RASTER, 1000, b"xy")
    assert content.decode_load(b"\x02\x00\x00\x03\xe8") is None
    assert content.decode_load(b"\x03\x00\x00\x03\xe8xy") is None
    assert content.decode_write(content.encode_write(34, DIGEST)) == (34, DIGEST)
    assert content.decode_write(b"\x00\x22") is None
    assert content.decode_print(content.encode_print(640, 400, DIGEST)) == (640, 400, DIGEST)
    assert content.decode_print(b"") is None


@given(st.binary(max_size=80))
def test_any_bytes_are_taken(data: bytes) -> None:
    for decode in (
        content.decode_greeting,
        content.decode_state,
        content.decode_chip_id,
        content.decode_chip_wish,
        content.decode_chip_piece,
        content.decode_back,
        content.decode_load,
        content.decode_write,
        content.decode_print,
    ):
        decode(data)  # none of them raises
