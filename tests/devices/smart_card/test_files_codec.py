"""The files of a chip: what stands in them, and everything that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smart_card import files_codec
from devices.smart_card.files_codec import Details, File
from devices.smart_card.tlv_codec import encode

GARBAGE = bytes.fromhex("5F")


def test_the_groups_that_are_listed() -> None:
    assert files_codec.listed_groups(encode(0x60, encode(0x5C, b"\x61\x6b"))) == frozenset((0x61, 0x6B))
    assert files_codec.listed_groups(encode(0x60, encode(0x5F01, b"0107"))) is None
    assert files_codec.listed_groups(encode(0x60, GARBAGE)) is None
    assert files_codec.listed_groups(encode(0x61, b"")) is None


def test_the_zone() -> None:
    assert files_codec.zone(encode(0x61, encode(0x5F1F, b"I<UTO"))) == "I<UTO"
    assert files_codec.zone(encode(0x61, b"")) is None
    assert files_codec.zone(encode(0x61, GARBAGE)) is None
    assert files_codec.zone(encode(0x61, encode(0x5F1F, b"\xff"))) is None
    assert files_codec.zone(encode(0x6B, b"")) is None


def test_the_details() -> None:
    inside = (
        encode(0x5C, b"\x5f\x0e")
        + encode(0x5F0E, "样本·示例".encode())
        + encode(0x5F2B, b"19990110")
        + encode(0x5F42, b"ROAD 1<<TOWN")
    )
    assert files_codec.details(encode(0x6B, inside)) == Details(
        full_name="样本·示例", birth="19990110", address="ROAD 1 TOWN"
    )
    assert files_codec.details(encode(0x6B, encode(0x5F2B, bytes.fromhex("19990110")))) == Details(birth="19990110")
    assert files_codec.details(encode(0x6B, b"")) == Details()


@pytest.mark.parametrize(
    "inside", [GARBAGE, encode(0x5F0E, b"\xff"), encode(0x5F2B, b"199"), encode(0x5F2B, b"\xab" * 4)]
)
def test_details_that_are_none(inside: bytes) -> None:
    found = files_codec.details(encode(0x6B, inside))
    # four bytes are packed digits; these are none
    assert found is None


def test_another_file_is_not_the_one_that_was_asked_for() -> None:
    assert files_codec.details(encode(0x61, b"")) is None
    assert files_codec.content(File.DG1, b"") is None
    assert files_codec.content(File.DG1, b"\x61\x05abc") is None


def test_every_file_has_its_own_name_and_tag() -> None:
    assert File.SOD.identifier == 0x011D
    assert len({file.identifier for file in File}) == len({file.tag for file in File}) == len(File)


def test_nothing_personal_is_shown() -> None:
    assert repr(Details(full_name="样本")) == "Details()"


@given(st.binary(max_size=120), st.sampled_from([0x60, 0x61, 0x6B]))
def test_any_bytes_are_answered(data: bytes, tag: int) -> None:
    for file in (data, encode(tag, data)):
        files_codec.listed_groups(file)
        files_codec.zone(file)
        files_codec.details(file)
