"""Data objects: read, written, and refused when they are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smart_card import tlv_codec
from devices.smart_card.tlv_codec import TlvError

TAGS = st.sampled_from([0x04, 0x30, 0x5C, 0x7C, 0x87, 0x5F1F, 0x7F49, 0x5F8101])


@given(TAGS, st.one_of(st.binary(max_size=300), st.sampled_from([bytes(127), bytes(128), bytes(70_000)])))
def test_what_is_written_is_read_again(tag: int, value: bytes) -> None:
    assert list(tlv_codec.children(tlv_codec.encode(tag, value))) == [(tag, value)]


def test_a_path_leads_to_the_inner_value() -> None:
    data = tlv_codec.encode(0x7C, tlv_codec.encode(0x80, b"a") + tlv_codec.encode(0x81, b"b"))
    assert tlv_codec.find(data, 0x7C, 0x81) == b"b"
    assert tlv_codec.find(data, 0x7C, 0x82) is None
    assert tlv_codec.find(data, 0x7D, 0x81) is None


@pytest.mark.parametrize(
    "wire",
    [
        "5F",  # tag cut off
        "5F8181",  # goes on and is cut off
        "5F818101",  # four bytes of tag
        "04",  # no length
        "0480",  # indefinite
        "0484",  # four bytes of length
        "048201",  # length cut off
        "040201",  # value cut off
    ],
)
def test_what_is_no_data_object_is_refused(wire: str) -> None:
    with pytest.raises(TlvError):
        list(tlv_codec.children(bytes.fromhex(wire)))


def test_there_is_no_head_behind_the_end() -> None:
    with pytest.raises(TlvError):
        tlv_codec.head(b"\x04\x00", 2)


def test_a_value_too_long_cannot_be_written() -> None:
    class Long(bytes):
        def __len__(self) -> int:
            return tlv_codec.LONGEST_VALUE + 1

    with pytest.raises(TlvError):
        tlv_codec.encode(0x04, Long())


@given(st.binary(max_size=200))
def test_any_bytes_end(data: bytes) -> None:
    try:
        found = list(tlv_codec.children(data))
    except TlvError:
        return
    assert sum(len(value) for _, value in found) <= len(data)
