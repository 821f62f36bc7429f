"""EF01 packets. The frames are worked out by hand after the module's manual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.fingerprint_reader.packet_codec import (
    Confirmation,
    Damage,
    Kind,
    Packet,
    PacketReader,
    Parameters,
    encode_data,
    encode_packet,
    parse_answer,
    parse_parameters,
)

ALL = b"\xff\xff\xff\xff"
GET_IMAGE = bytes.fromhex("ef01ffffffff010003010005")
DONE = bytes.fromhex("ef01ffffffff07000300000a")


def read(*pieces: bytes) -> list[Packet | Damage]:
    reader = PacketReader(ALL)
    return [packet for piece in pieces for packet in reader.feed(piece)]


def test_the_manual_s_frames() -> None:
    assert encode_packet(ALL, Kind.COMMAND, b"\x01") == GET_IMAGE
    assert encode_packet(ALL, Kind.COMMAND, b"\x13\0\0\0\0") == bytes.fromhex("ef01ffffffff01000713000000 00001b")
    assert read(DONE) == [Packet(Kind.ACKNOWLEDGE, b"\x00")]


@pytest.mark.parametrize(("address", "content"), [(b"\xff", b"x"), (ALL, b""), (ALL, bytes(257))])
def test_what_does_not_fit_is_refused(address: bytes, content: bytes) -> None:
    with pytest.raises(ValueError, match="content of 1 to 256"):
        encode_packet(address, Kind.DATA, content)


@pytest.mark.parametrize("size", [32, 64, 128, 256])
def test_data_is_cut_and_its_last_packet_marked(size: int) -> None:
    found = read(encode_data(ALL, bytes(range(256)) * 2, size))
    packets = [packet for packet in found if isinstance(packet, Packet)]
    assert len(packets) == 512 // size == len(found)
    assert b"".join(packet.content for packet in packets) == bytes(range(256)) * 2
    assert {packet.kind for packet in packets[:-1]} <= {Kind.DATA}
    assert packets[-1].kind is Kind.END_OF_DATA


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (DONE[:-1] + b"\x0b", [Damage.CHECK, Damage.NOISE]),
        (DONE[:7] + b"\xff\xff" + DONE, [Damage.LENGTH, Damage.NOISE, Packet(Kind.ACKNOWLEDGE, b"\x00")]),
        (DONE[:7] + b"\x00\x02" + DONE, [Damage.LENGTH, Damage.NOISE, Packet(Kind.ACKNOWLEDGE, b"\x00")]),
        (bytes.fromhex("ef01ffffffff0300030000 06"), [Damage.KIND]),
        (bytes.fromhex("ef0111111111") + DONE[6:], [Damage.NOISE]),
        (b"\x00\x01\xef" + DONE, [Damage.NOISE, Packet(Kind.ACKNOWLEDGE, b"\x00")]),
    ],
)
def test_damage_is_told_and_what_follows_is_found(stream: bytes, expected: list[Packet | Damage]) -> None:
    assert read(stream) == expected


def test_half_a_packet_is_held_and_can_be_forgotten() -> None:
    reader = PacketReader(ALL)
    assert reader.feed(DONE[:8]) == []
    assert reader.pending_bytes == 8
    reader.clear()
    assert reader.pending_bytes == 0
    assert reader.feed(DONE[:10]) == []
    assert reader.feed(DONE[10:]) == [Packet(Kind.ACKNOWLEDGE, b"\x00")]


def test_answers_and_parameters() -> None:
    assert parse_answer(b"\x08\x00\x04").confirmation is Confirmation.NO_MATCH
    assert parse_answer(b"\x08\x00\x04").data == b"\x00\x04"
    assert parse_answer(b"\x77").confirmation is Confirmation.OTHER
    fields = bytes.fromhex("0000 0000 00c8 0003 ffffffff 0002 0006")
    assert parse_parameters(fields) == Parameters(128, 3)
    assert parse_parameters(fields[:-1]) is None
    assert parse_parameters(fields[:12] + b"\x00\x04\x00\x06") is None


def test_no_template_is_in_a_text_of_ours() -> None:
    assert "secret" not in repr(Packet(Kind.DATA, b"secret"))
    assert "secret" not in repr(parse_answer(b"\x00secret"))


@given(st.lists(st.binary(min_size=1, max_size=256), max_size=8), st.integers(1, 40))
def test_packets_come_out_as_they_went_in_however_they_are_cut(contents: list[bytes], size: int) -> None:
    stream = b"".join(encode_packet(ALL, Kind.DATA, content) for content in contents)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert read(*pieces) == [Packet(Kind.DATA, content) for content in contents]


@given(st.lists(st.one_of(st.binary(max_size=60), st.just(DONE), st.just(b"\xef\x01"), st.just(DONE[:9])), max_size=20))
def test_no_bytes_make_it_raise_or_hold_more_than_a_packet(pieces: list[bytes]) -> None:
    reader = PacketReader(ALL)
    for piece in pieces:
        reader.feed(piece)
        assert reader.pending_bytes <= 9 + 256 + 2
