"""Frames byte by byte as the protocols' texts write them, and whatever else comes over a line."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.described import check_codec
from devices.described.description import Check, Escape, Length, Shape
from devices.described.frame_codec import Damage, Frame, FrameReader, encode_frame

BOARD = Shape(
    ("start", "length", "code", "data", "check"),
    start=b"\xaa\x55",
    length=Length(1, ("code", "data")),
    check=Check("xor", ("length", "code", "data")),
    longest=32,
)
# Modbus RTU: no start, no length; the function code tells the width (Modbus over serial line V1.02, 2.5.1)
MODBUS = Shape(
    ("address", "code", "data", "check"),
    address=b"\x11",
    check=Check("crc16_modbus", ("address", "code", "data"), is_big=False),
)
# Modbus ASCII: colon, hex, LRC, CR LF (V1.02, 2.5.2)
TEXT = Shape(
    ("start", "address", "code", "data", "check", "end"),
    start=b":",
    address=b"01",
    end=b"\r\n",
    code_size=2,
    check=Check("sum8", ("address", "code", "data"), is_hex=True),
)
STX = Shape(
    ("start", "data", "end", "check"), start=b"\x02", end=b"\x03", code_size=0, check=Check("xor", ("data", "end"))
)
STUFFED = Shape(
    ("start", "code", "data", "check", "end"),
    start=b"\x7e",
    end=b"\x7e",
    check=Check("crc16_x25", ("code", "data"), is_big=False),
    escape=Escape(0x7D, frozenset({0x7D, 0x7E}), 0x20),
)
STUFFED_LENGTH = Shape(
    ("start", "length", "code", "data"),
    start=b"\x01",
    length=Length(2, ("length", "code", "data"), is_big=False),
    escape=Escape(0x10, frozenset({0x10, 0x01}), 0),
)
HEX_LENGTH = Shape(
    ("start", "length", "code", "data", "end"),
    start=b"<",
    end=b">",
    length=Length(2, ("code", "data"), is_hex=True),
    longest=300,
)
BINARY_CHECK_BEFORE_END = Shape(
    ("start", "code", "data", "check", "end"), start=b"\x02", end=b"\x03", check=Check("xor", ("code", "data"))
)
SHAPES = [BOARD, MODBUS, TEXT, STX, STUFFED, STUFFED_LENGTH, HEX_LENGTH, BINARY_CHECK_BEFORE_END]
WIDTHS: Mapping[bytes, int] = {b"\x05": 4, b"\x02": 2}

WIRE = [
    (BOARD, b"\x10", b"\x01\x02", "AA 55 03 10 01 02 10"),
    (BOARD, b"\x10", b"", "AA 55 01 10 11"),
    # the example of the Modbus application protocol V1.1b3, 6.5: write coil 173 (00 AC) on; CRC by crc16_modbus's catalogue value
    (MODBUS, b"\x05", b"\x00\xac\xff\x00", "11 05 00 AC FF 00 4E 8B"),
    (TEXT, b"03", b"6B", "3A 30 31 30 33 36 42 33 43 0D 0A"),
    (STX, b"", b"\x41\x42", "02 41 42 03 00"),
    (STUFFED, b"\x7e", b"\x7d", None),
    (STUFFED_LENGTH, b"\x05", b"\x10\x01\x02", "01 06 00 05 10 10 10 01 02"),
    (HEX_LENGTH, b"A", b"BC", "3C 30 33 41 42 43 3E"),
    (BINARY_CHECK_BEFORE_END, b"\x41", b"\x42", "02 41 42 03 03"),
]


@pytest.mark.parametrize(("shape", "code", "data", "wire"), WIRE)
def test_a_frame_is_written_and_read_as_the_protocol_says(
    shape: Shape, code: bytes, data: bytes, wire: str | None
) -> None:
    raw = encode_frame(shape, code, data)
    if wire is not None:
        assert raw.hex(" ").upper() == wire
    assert FrameReader(shape, WIDTHS).feed(raw) == [Frame(code, data)]


def test_stuffing_hides_the_flags() -> None:
    raw = encode_frame(STUFFED, b"\x7e", b"\x7d")
    assert raw.startswith(b"\x7e\x7d\x5e\x7d\x5d")
    assert raw.count(b"\x7e") == 2


@pytest.mark.parametrize(("shape", "code", "data", "wire"), WIRE)
def test_a_frame_is_read_byte_by_byte(shape: Shape, code: bytes, data: bytes, wire: str | None) -> None:
    reader = FrameReader(shape, WIDTHS)
    found = [frame for byte in encode_frame(shape, code, data) for frame in reader.feed(bytes((byte,)))]
    assert found == [Frame(code, data)]
    assert reader.pending_bytes == 0


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("noise", [b"\x00", b"\xaa", b"\x02\x02", b"\xff" * 50, b"\xaa\x55", b"\xaa\x55\xff"])
def test_a_frame_behind_noise_is_found(shape: Shape, noise: bytes) -> None:
    code = b"\x05" if shape.code_size == 1 else b"05"[: shape.code_size]
    reader = FrameReader(shape, WIDTHS)
    whole = encode_frame(shape, code, b"ABCD")
    found = reader.feed(noise + whole) + reader.resynchronise()
    assert Frame(code, b"ABCD") in found or shape in (STX, BINARY_CHECK_BEFORE_END, STUFFED, MODBUS)
    assert Frame(code, b"ABCD") in found + reader.feed(whole) + reader.feed(whole)


def test_a_start_cut_in_two_is_kept() -> None:
    reader = FrameReader(BOARD, {})
    assert reader.feed(b"\x00\xaa") == [Damage(1)]
    assert reader.feed(b"\x55\x01\x10\x11") == [Frame(b"\x10", b"")]


def test_a_wrong_check_is_damage_and_the_next_frame_is_read() -> None:
    reader = FrameReader(BOARD, {})
    found = reader.feed(bytes.fromhex("AA55031001021F AA55011011"))
    assert found[-1] == Frame(b"\x10", b"")
    assert sum(frame.count for frame in found if isinstance(frame, Damage)) == 7


@pytest.mark.parametrize(
    ("shape", "raw"),
    [
        (BOARD, "AA 55 FF 10 00"),  # a length beyond the longest
        (BOARD, "AA 55 00 10 00"),  # a length that leaves no room for the code
        (MODBUS, "12 05 00 AC FF 00 4E 8B"),  # another's address
        (MODBUS, "11 63 00 AC FF 00 4E 8B"),  # a code that nobody described
        (HEX_LENGTH, "3C 30 58 41 42 43 3E"),  # a length that is no number
        (HEX_LENGTH, "3C 30 33 41 42 43 3C"),  # no end where the end must be
        (TEXT, "3A 30 32 30 33 36 42 33 43 0D 0A"),  # another's address
        (TEXT, "3A 30 31 0D 0A"),  # too short for its parts
        (STX, "02 41 42 03 01 00"),  # a wrong check behind the end
        (BINARY_CHECK_BEFORE_END, "02 41 42 04 03 00 00"),
        (BINARY_CHECK_BEFORE_END, "02 41 42 04 03 00 00 03 00"),  # the end bytes further on are another frame's
    ],
)
def test_damage_is_no_frame(shape: Shape, raw: str) -> None:
    reader = FrameReader(shape, WIDTHS)
    found = reader.feed(bytes.fromhex(raw)) + reader.resynchronise()
    assert found
    assert all(isinstance(frame, Damage) for frame in found)


def test_end_bytes_without_check_end_the_frame() -> None:
    plain = Shape(("start", "data", "end"), start=b"$", end=b"\r", code_size=0)
    assert FrameReader(plain, {}).feed(b"$OK\rxx$NO\r") == [Frame(b"", b"OK"), Damage(2), Frame(b"", b"NO")]


def test_an_escape_cut_in_two_waits() -> None:
    reader = FrameReader(STUFFED_LENGTH, {})
    assert reader.feed(bytes.fromhex("01 06 00 05 10 10 10")) == []
    assert reader.feed(bytes.fromhex("01 02")) == [Frame(b"\x05", b"\x10\x01\x02")]


def test_bytes_that_never_end_are_dropped_in_time() -> None:
    reader = FrameReader(STX, {})
    assert not any(isinstance(frame, Frame) for frame in reader.feed(b"\x02" + b"A" * 100_000))
    assert reader.pending_bytes <= reader.longest


def test_what_a_frame_cannot_hold_is_refused() -> None:
    for shape, data in [
        (BOARD, bytes(33)),
        (HEX_LENGTH, bytes(255)),
        (Shape(("length", "data"), length=Length(1, ("data",)), code_size=0, longest=300), bytes(256)),
    ]:
        with pytest.raises(ValueError, match="more data"):
            encode_frame(shape, b"\x01"[: shape.code_size], data)


def test_a_frame_shows_no_data() -> None:
    assert repr(Frame(b"\x10", b"secret")) == "Frame(10, 6 bytes)"


def test_forgetting_leaves_nothing() -> None:
    reader = FrameReader(BOARD, {})
    reader.feed(b"\xaa\x55\x03")
    reader.clear()
    assert reader.pending_bytes == 0


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Any shape that a file may state: those three ways to tell the end, with any check and escape."""
    way = draw(st.sampled_from(["length", "end", "code"]))
    start = draw(st.binary(max_size=3))
    kind = draw(st.sampled_from(sorted(check_codec.KINDS)))
    parts = [*(["start"] if start else []), *(["length"] if way == "length" else []), "code", "data"]
    covered = tuple(part for part in parts if draw(st.booleans()))
    layout = [*parts, "check", *(["end"] if way == "end" else [])]
    escape = draw(st.booleans())
    return Shape(
        tuple(layout),
        start=start,
        end=b"\x03" if way == "end" else b"",
        length=Length(draw(st.integers(2, 3)), ("code", "data"), draw(st.booleans()), False)
        if way == "length"
        else None,
        check=Check(kind, covered, draw(st.booleans()), draw(st.booleans())),
        escape=Escape(0x10, frozenset({0x10, 0x03, *start}), 0x40) if escape else None,
        longest=64,
    )


@given(shapes(), st.binary(max_size=64), st.lists(st.binary(max_size=200), max_size=4))
def test_random_bytes_on_random_shapes_neither_break_nor_fill_the_reader(
    shape: Shape, data: bytes, pieces: list[bytes]
) -> None:
    reader = FrameReader(shape, {b"\x05": len(data)})
    for piece in pieces:
        for frame in reader.feed(piece):
            assert isinstance(frame, Frame | Damage)
        assert reader.pending_bytes <= reader.longest
    reader.resynchronise()
    assert reader.pending_bytes == 0


@given(shapes(), st.binary(max_size=64))
def test_every_random_shape_reads_what_it_writes(shape: Shape, data: bytes) -> None:
    if shape.end and shape.escape is None:
        data = data.replace(b"\x03", b"\x04")
    raw = encode_frame(shape, b"\x05", data)
    reader = FrameReader(shape, {b"\x05": len(data)})
    assert reader.feed(raw) == [Frame(b"\x05", data)]
