"""Commands and replies of a card, byte by byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smart_card.apdu_codec import ApduError, CommandApdu, ResponseApdu, Sw, decode_response


@pytest.mark.parametrize(
    ("data", "le", "wire"),
    [
        (b"", None, "00A40102"),
        (b"", 1, "00A4010201"),
        (b"", 256, "00A4010200"),
        (b"\xaa\xbb", None, "00A4010202AABB"),
        (b"\xaa\xbb", 256, "00A4010202AABB00"),
        (b"", 257, "00A40102000101"),
        (b"", 65536, "00A40102000000"),
        (b"\xaa", 65536, "00A40102000001AA0000"),
        (bytes(256), None, "00A40102000100" + "00" * 256),
        (bytes(256), 1, "00A40102000100" + "00" * 256 + "0001"),
    ],
)
def test_a_command_has_the_shortest_form_that_does(data: bytes, le: int | None, wire: str) -> None:
    assert CommandApdu(0x00, 0xA4, 0x01, 0x02, data, le).encode() == bytes.fromhex(wire)


@pytest.mark.parametrize(("data", "le"), [(bytes(65536), None), (b"", 0), (b"", 65537)])
def test_a_length_out_of_range_is_no_command(data: bytes, le: int | None) -> None:
    with pytest.raises(ApduError):
        CommandApdu(0, 0, 0, 0, data, le).encode()


def test_a_command_asked_again_keeps_all_but_the_length() -> None:
    assert CommandApdu(0, 0xB0, 1, 2, le=256).with_le(7).encode() == bytes.fromhex("00B0010207")


@pytest.mark.parametrize(
    ("sw", "meaning", "tries"),
    [
        (0x9000, Sw.DONE, None),
        (0x6110, Sw.MORE, None),
        (0x6C20, Sw.WRONG_LENGTH, None),
        (0x6282, Sw.END_OF_FILE, None),
        (0x6300, Sw.REFUSED, None),
        (0x63C3, Sw.TRIES_LEFT, 3),
        (0x63C0, Sw.TRIES_LEFT, 0),
        (0x6983, Sw.BLOCKED, 0),
        (0x6A82, Sw.NOT_FOUND, None),
        (0x6F00, Sw.UNEXPECTED, None),
        (0x63D0, Sw.UNEXPECTED, None),
    ],
)
def test_every_status_has_one_meaning(sw: int, meaning: Sw, tries: int | None) -> None:
    response = decode_response(b"\x01" + sw.to_bytes(2, "big"))
    assert (response.data, response.meaning, response.tries_left) == (b"\x01", meaning, tries)


@pytest.mark.parametrize("raw", [b"", b"\x90"])
def test_a_reply_without_status_is_none(raw: bytes) -> None:
    with pytest.raises(ApduError):
        decode_response(raw)


def test_nothing_personal_is_shown() -> None:
    assert repr(CommandApdu(0, 0x20, 0, 0, b"123456")) == "CommandApdu(00 20 00 00, 6 bytes)"
    assert repr(ResponseApdu(b"secret", 0x9000)) == "ResponseApdu(6 bytes, 9000)"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_reply_or_refused(raw: bytes) -> None:
    if len(raw) < 2:
        with pytest.raises(ApduError):
            decode_response(raw)
    else:
        assert decode_response(raw).meaning in Sw
