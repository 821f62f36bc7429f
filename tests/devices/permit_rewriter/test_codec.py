"""Frames of the serial protocol, by bytes written out from docs/permit-rewriter-port.md, and any bytes at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.permit_rewriter.codec import MOST_DATA, Damage, Frame, FrameReader, Kind, encode

HELLO = bytes.fromhex("aa55 0002 00 01 fa81")
STATUS_ANSWER = bytes.fromhex("aa55 0005 07 82 00 02 10 9118")

frames = st.builds(
    Frame, st.integers(0, 255), st.sampled_from([int(kind) for kind in Kind]), st.binary(max_size=MOST_DATA)
)


def test_frames_are_those_of_the_document() -> None:
    assert encode(Frame(0, Kind.HELLO)) == HELLO
    assert encode(Frame(7, Kind.STATUS | 0x80, b"\x00\x02\x10")) == STATUS_ANSWER
    assert FrameReader().feed(STATUS_ANSWER) == [Frame(7, 0x82, b"\x00\x02\x10")]


def test_too_much_data_is_refused() -> None:
    with pytest.raises(ValueError, match="too much"):
        encode(Frame(1, Kind.LOAD, bytes(MOST_DATA + 1)))


def test_a_wrong_check_or_length_is_damage_and_the_next_frame_is_found() -> None:
    reader = FrameReader()
    wrong = HELLO[:-1] + bytes((HELLO[-1] ^ 1,))
    found = reader.feed(wrong + b"\xaa\x55\x00\x01\x00" + b"\xaa\x55\xff\xff" + HELLO)
    assert [item for item in found if isinstance(item, Frame)] == [Frame(0, Kind.HELLO)]
    assert sum(item.count for item in found if isinstance(item, Damage)) == len(wrong) + 5 + 4
    assert reader.pending_bytes == 0


def test_a_frame_that_stops_is_given_up_and_one_inside_it_is_found() -> None:
    reader = FrameReader()
    assert reader.feed(b"\xaa\x55\x01\x00" + HELLO) == []
    found = reader.resynchronise()
    assert found[-1] == Frame(0, Kind.HELLO)
    assert reader.resynchronise() == []


def test_half_a_start_is_kept_and_clear_forgets() -> None:
    reader = FrameReader()
    assert reader.feed(b"\x00\xaa") == [Damage(1)]
    assert reader.feed(HELLO[1:]) == [Frame(0, Kind.HELLO)]
    reader.feed(HELLO[:5])
    reader.clear()
    assert reader.pending_bytes == 0


def test_a_frame_does_not_show_its_data() -> None:
    assert "6 bytes" in repr(Frame(1, Kind.LOAD, b"secret"))
    assert "secret" not in repr(Frame(1, Kind.LOAD, b"secret"))


@given(st.lists(frames, max_size=4), st.integers(1, 50))
def test_frames_come_back_however_they_are_cut(sent: list[Frame], piece: int) -> None:
    stream = b"".join(encode(frame) for frame in sent)
    reader = FrameReader()
    found = [item for at in range(0, len(stream), piece) for item in reader.feed(stream[at : at + piece])]
    assert found == sent


@given(st.binary(max_size=600), frames)
def test_any_noise_is_bounded_and_a_frame_after_it_is_found(noise: bytes, sent: Frame) -> None:
    reader = FrameReader()
    found = reader.feed(noise)
    assert reader.pending_bytes <= MOST_DATA + 8
    while rest := reader.resynchronise():
        found += rest
    assert reader.feed(encode(sent))[-1:] == [sent]
