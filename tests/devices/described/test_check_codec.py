"""Check sums against the check values of the CRC RevEng catalogue and sums worked out by hand."""

import pytest

from devices.described.check_codec import KINDS, check_of, size_of

NINE = b"123456789"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("crc16_modbus", 0x4B37),
        ("crc16_arc", 0xBB3D),
        ("crc16_kermit", 0x2189),
        ("crc16_x25", 0x906E),
        ("crc16_xmodem", 0x31C3),
        ("crc16_ccitt_false", 0x29B1),
        ("sum8", 0xDD),
        ("sum16", 0x01DD),
        ("lrc", 0x23),
        ("xor", 0x31),
        ("none", 0),
    ],
)
def test_each_kind_has_the_catalogues_value(kind: str, value: int) -> None:
    assert KINDS[kind][1](NINE) == value


def test_every_kind_is_tested() -> None:
    assert len(KINDS) == 11


def test_order_and_form_are_kept() -> None:
    assert check_of("crc16_modbus", NINE, is_big=True, is_hex=False) == b"\x4b\x37"
    assert check_of("crc16_modbus", NINE, is_big=False, is_hex=False) == b"\x37\x4b"
    assert check_of("lrc", NINE, is_big=True, is_hex=True) == b"23"
    assert check_of("none", NINE, is_big=True, is_hex=True) == b""
    assert (size_of("crc16_arc", False), size_of("xor", True), size_of("none", True)) == (2, 2, 0)
