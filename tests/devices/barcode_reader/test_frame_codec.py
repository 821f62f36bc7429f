"""The frames of serial scanners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.barcode_reader.frame_codec import Damage, Ending, FrameReader, parse_code
from devices.barcode_reader.types import BarcodeRead, Symbology


def read_all(reader: FrameReader, *pieces: bytes, at: float = 1.0) -> list[BarcodeRead | Damage]:
    return [found for piece in pieces for found in reader.feed(piece, at)]


def texts(found: list[BarcodeRead | Damage]) -> list[str | Damage]:
    return [one.text if isinstance(one, BarcodeRead) else one for one in found]


@pytest.mark.parametrize(
    ("ending", "stream", "expected"),
    [
        (Ending.CR, b"a\rb\nc\r", ["a", "b\nc"]),
        (Ending.LF, b"a\nb\rc\n", ["a", "b\rc"]),
        (Ending.CRLF, b"a\r\nb\nc\rd\r\n\r\n", ["a", "b\nc\rd"]),
        (Ending.EITHER, b"\r\na\r\nb\nc\r\r", ["a", "b", "c"]),
    ],
)
def test_each_ending_cuts_where_it_should(ending: Ending, stream: bytes, expected: list[str]) -> None:
    assert texts(read_all(FrameReader(ending), stream)) == expected
    assert texts(read_all(FrameReader(ending), *[bytes((byte,)) for byte in stream])) == expected


def test_what_stands_between_framed_codes_is_passed_over() -> None:
    reader = FrameReader(is_framed=True)
    found = read_all(reader, b"noise\x02one\ntwo\x03\r\nnoise\x02half\x02whole\x03", b"\x02\x03")
    assert texts(found) == ["one\ntwo", Damage.CUT_SHORT, "whole"]
    assert reader.pending_bytes == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"]Q1\xe4\xbd\xa0", BarcodeRead(Symbology.QR_CODE, "你")),
        ("]C0你".encode("gb18030"), BarcodeRead(Symbology.CODE_128, "你")),
        (b"]X0abc", BarcodeRead(Symbology.UNKNOWN, "abc")),
        (b"]Q1\x1d01\x1d", BarcodeRead(Symbology.QR_CODE, "\x1d01\x1d")),
        (b"]Q", Damage.NO_IDENTIFIER),
        (b"Q1abc", Damage.NO_IDENTIFIER),
        (b"]\xff1abc", Damage.NO_IDENTIFIER),
        (b"]Q1", Damage.NOT_TEXT),
        (b"]Q1a\x00b", Damage.NOT_TEXT),
        (b"]Q1\xff\xff", Damage.NOT_TEXT),
    ],
)
def test_identifiers_and_charsets(data: bytes, expected: BarcodeRead | Damage) -> None:
    assert parse_code(data, has_identifier=True) == expected


def test_without_identifiers_every_text_is_a_code() -> None:
    assert parse_code(b"]Q1x", has_identifier=False) == BarcodeRead(Symbology.UNKNOWN, "]Q1x")


@pytest.mark.parametrize("ending", list(Ending))
def test_too_long_a_code_is_told_once_and_passed_over_to_its_end(ending: Ending) -> None:
    reader = FrameReader(ending, longest=8)
    end = {Ending.CR: b"\r", Ending.LF: b"\n"}.get(ending, b"\r\n")
    assert texts(read_all(reader, b"12345678" + end)) == ["12345678"]
    assert texts(read_all(reader, b"x" * 1000 + end, b"ok" + end)) == [Damage.TOO_LONG, "ok"]
    assert reader.pending_bytes == 0


def test_a_code_that_stops_is_torn() -> None:
    reader = FrameReader(gap_s=0.2)
    assert reader.feed(b"half", 1.0) == []
    assert reader.expire(1.1) == []
    assert reader.expire(1.3) == [Damage.CUT_SHORT]
    assert reader.expire(9.0) == []
    assert reader.feed(b"half", 10.0) == []
    assert texts(reader.feed(b"whole\r", 11.0)) == [Damage.CUT_SHORT, "whole"]


def test_a_torn_code_that_was_too_long_is_told_once() -> None:
    reader = FrameReader(longest=2, gap_s=0.2)
    assert reader.feed(b"12345", 1.0) == [Damage.TOO_LONG]
    assert reader.expire(2.0) == []
    assert texts(reader.feed(b"ok\n", 2.1)) == ["ok"]


@given(
    st.lists(st.binary(max_size=40), max_size=12),
    st.sampled_from(list(Ending)),
    st.booleans(),
    st.booleans(),
    st.integers(1, 30),
)
def test_no_bytes_make_it_raise_or_hold_more_than_a_code(
    pieces: list[bytes], ending: Ending, is_framed: bool, has_identifier: bool, longest: int
) -> None:
    reader = FrameReader(ending, is_framed=is_framed, has_identifier=has_identifier, longest=longest)
    for piece in pieces:
        for found in reader.feed(piece, 1.0):
            if isinstance(found, BarcodeRead):
                assert 0 < len(found.text.encode()) <= 4 * longest
        assert reader.pending_bytes <= longest + 1


@given(st.lists(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1), max_size=5), st.data())
def test_codes_come_out_as_they_went_in_however_they_are_cut(codes: list[str], data: st.DataObject) -> None:
    stream = b"".join(b"]Q1" + code.encode() + b"\r\n" for code in codes)
    at = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    pieces = [stream[a:b] for a, b in zip([0, *at], [*at, len(stream)], strict=True)]
    reader = FrameReader(Ending.CRLF, has_identifier=True)
    assert texts(read_all(reader, *pieces)) == codes
