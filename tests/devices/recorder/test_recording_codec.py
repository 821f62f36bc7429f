"""The text of a recording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.described.reading import load_description, profile_path
from devices.recorder.recording_codec import (
    DEVICE,
    HEADER,
    HOST,
    Decoder,
    Piece,
    RecordingError,
    line_of,
    parse_recording,
)


def test_a_line_is_readable() -> None:
    assert line_of(Piece(1.25, HOST, b"\xaa\x55"), "inputs") == "+1.250 > AA 55  # inputs\n"
    assert line_of(Piece(0.0, DEVICE, b"\x06")) == "+0.000 < 06\n"


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from("<>"), st.binary(min_size=1, max_size=40))))
def test_what_is_written_is_read(pieces: list[tuple[int, str, bytes]]) -> None:
    wanted = [Piece(at / 1000, sender, data) for at, sender, data in pieces]
    assert parse_recording(HEADER + "\n" + "".join(line_of(piece, "a note") for piece in wanted)) == wanted


@pytest.mark.parametrize("line", ["+1 > AA", "+1.0 = AA", "+1.0 > A", "+1.0 >", "hello", "+1.0 > AA GG"])
def test_another_line_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(RecordingError, match=r"^2$"):
        parse_recording("# head\n" + line)


def test_frames_are_told_by_a_description() -> None:
    decoder = Decoder(load_description(profile_path("io_board")))
    assert decoder.note(Piece(0, HOST, bytes.fromhex("AA55011011"))) == "inputs"
    assert decoder.note(Piece(0, DEVICE, bytes.fromhex("AA55039001"))) == ""
    assert decoder.note(Piece(0, DEVICE, bytes.fromhex("0092"))) == "inputs: inputs=1 fault=0"
    assert decoder.note(Piece(0, DEVICE, bytes.fromhex("00FF"))) == "? 2 bytes"
    assert decoder.note(Piece(0, DEVICE, bytes.fromhex("AA55017778"[:-2] + "76"))) == "? code 77"
    # the code of a known frame whose data does not fit
    assert decoder.note(Piece(0, DEVICE, bytes.fromhex("AA55029000" + "92"))) == "? code 90"


def test_a_piece_shows_no_bytes() -> None:
    assert repr(Piece(1.0, HOST, b"secret")) == "Piece(1.0, '>', 6 bytes)"
