"""The port's packets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.signature_pad.point_codec import (
    Damage,
    Order,
    Packet,
    PacketReader,
    PadInfo,
    PenPoint,
    Taken,
    encode_order,
    numbers,
    with_check,
)

POINT = with_check(b"\x81" + numbers(16383, 12000, 6000, 1023))
INFO = with_check(b"\x90" + numbers(12000, 6000, 1200, 600, 1023))


def read(*pieces: bytes) -> list[Packet]:
    reader = PacketReader()
    return [packet for piece in pieces for packet in reader.feed(piece)]


def test_each_packet_is_understood() -> None:
    lifted = with_check(b"\x80" + numbers(1, 2, 3, 0))
    assert read(POINT + lifted + INFO + with_check(b"\xa0S")) == [
        PenPoint(True, 16383, 12000, 6000, 1023),
        PenPoint(False, 1, 2, 3, 0),
        PadInfo(12000, 6000, 1200, 600, 1023),
        Taken(b"S"),
    ]


def test_orders_are_as_the_port_says() -> None:
    assert [encode_order(order) for order in Order] == [b"\xc0I\x09", b"\xc0S\x13", b"\xc0E\x05", b"\xc0C\x03"]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"\x00\x01\x7f", [Damage.NOISE]),
        (b"\xff", [Damage.NOISE]),
        (POINT[:-1] + bytes((POINT[-1] ^ 1,)), [Damage.CHECK]),
        (with_check(b"\x90" + numbers(0, 1, 1, 1, 1)), [Damage.MEANING]),
    ],
)
def test_what_is_no_packet_is_told_once(stream: bytes, expected: list[Damage]) -> None:
    assert read(stream) == expected


def test_a_packet_follows_a_torn_one() -> None:
    assert read(POINT[:6] + INFO) == [Damage.NOISE, PadInfo(12000, 6000, 1200, 600, 1023)]
    reader = PacketReader()
    reader.feed(POINT[:6])
    reader.clear()
    assert reader.feed(POINT) == [PenPoint(True, 16383, 12000, 6000, 1023)]


def test_numbers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="14 bits"):
        numbers(1 << 14)
    with pytest.raises(ValueError, match="14 bits"):
        numbers(-1)


@given(st.lists(st.tuples(*[st.integers(0, 16383)] * 4)), st.integers(1, 30))
def test_points_come_out_as_they_went_in_however_they_are_cut(values: list[tuple[int, ...]], size: int) -> None:
    stream = b"".join(with_check(b"\x81" + numbers(*one)) for one in values)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert read(*pieces) == [PenPoint(True, *one) for one in values]


@given(st.lists(st.binary(max_size=40)))
def test_no_bytes_make_it_raise_or_tell_more_than_came(pieces: list[bytes]) -> None:
    assert len(read(*pieces)) <= sum(len(piece) for piece in pieces)
