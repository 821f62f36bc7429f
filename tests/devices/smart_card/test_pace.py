"""PACE: the worked example of ICAO Doc 9303 part 11 appendix G.1, and a chip that does not keep to the protocol."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smart_card import tlv_codec
from devices.smart_card.apdu_codec import CommandApdu, ResponseApdu
from devices.smart_card.bac import KeyRefusedError
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.pace import Pace, PaceError, PaceOffer, offers, password_of
from devices.smart_card.secure_messaging_codec import AES_128, TRIPLE_DES

HEX = bytes.fromhex
CARD_ACCESS = HEX("31143012060A04007F0007020204020202010202010D")
KEY = MrzKey("T22000129", "640812", "101031")
CHIP_MAP = int("498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560", 16)
OUR_MAP = int("7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99", 16)
OURS = int("A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595", 16)
CHIPS = int("107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A", 16)
NONCE = HEX("95A3A016522EE98D01E76CB6B98B42C3")


def run() -> Pace:
    return Pace(offers(CARD_ACCESS)[0], password_of(KEY), lambda count: bytes(range(1, count + 1)))


def test_the_worked_example_is_followed() -> None:
    pace = run()
    nonce = pace.open_nonce(NONCE)
    assert nonce == 0x3F00C4D39D153F2B2A214A078D899B22
    generator = pace.map(nonce, OUR_MAP, pace._generator * CHIP_MAP)
    assert pace._encode(generator) == HEX(
        "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
        "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522"
    )
    ours, chips = generator * OURS, generator * CHIPS
    encryption_key, mac_key = pace.agree(OURS, ours, chips)
    assert encryption_key == HEX("F5F0E35C0D7161EE6724EE513A0D9A7F")
    assert mac_key == HEX("FE251C7858B356B24514B3BD5F4297D1")
    assert pace.token(mac_key, chips) == HEX("C2B0BD78D94BA866")
    assert pace.token(mac_key, ours) == HEX("3ABB9674BCE93C08")


def test_the_offer_is_read_and_the_strongest_comes_first() -> None:
    assert offers(CARD_ACCESS) == [PaceOffer("0.4.0.127.0.7.2.2.4.2.2", AES_128, 13)]
    weak = HEX("3012060A04007F0007020204020102010202010D")
    both = tlv_codec.encode(0x31, weak + HEX("3012060A04007F0007020204020202010202010D"))
    assert [offer.suite for offer in offers(both)] == [AES_128, TRIPLE_DES]


@pytest.mark.parametrize(
    "card_access",
    [
        b"",
        b"\x31\x02\x30\x00",
        b"\x31\x05abc",
        HEX("3114301206" + "0A04007F00070202040201" + "0201020201FF"),  # a curve that we do not speak
        HEX("31143012060A04007F0007020203020202010202010D"),  # no PACE
        tlv_codec.encode(0x31, tlv_codec.encode(0x30, b"\x06\x00\x02\x01\x02\x02\x01\x0d")),
    ],
)
def test_no_offer_of_ours_is_none(card_access: bytes) -> None:
    assert offers(card_access) == []


@given(st.binary(max_size=80))
def test_any_card_access_is_answered(data: bytes) -> None:
    assert isinstance(offers(data), list)
    assert isinstance(offers(tlv_codec.encode(0x31, data)), list)


def test_nothing_secret_is_shown() -> None:
    assert repr(password_of("123456")) == "Password(CAN)"


Answer = Callable[[bytes], ResponseApdu]
GOOD = ResponseApdu(b"", 0x9000)


def play(answers: list[ResponseApdu]) -> Callable[[CommandApdu], ResponseApdu]:
    left = iter(answers)
    return lambda _command: next(left)


def dynamic(tag: int, value: bytes) -> ResponseApdu:
    return ResponseApdu(tlv_codec.encode(0x7C, tlv_codec.encode(tag, value)), 0x9000)


def chip_point(scalar: int) -> bytes:
    pace = run()
    return pace._encode(pace._generator * scalar)


def off_the_curve() -> bytes:
    point = bytearray(chip_point(5))
    point[40] ^= 1
    return bytes(point)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([ResponseApdu(b"", 0x6A80)], PaceError),
        ([ResponseApdu(b"", 0x63C2), ResponseApdu(b"", 0x6982)], KeyRefusedError),
        ([GOOD, ResponseApdu(b"", 0x6A80)], PaceError),
        ([GOOD, GOOD], PaceError),
        ([GOOD, ResponseApdu(b"\x7c\x05", 0x9000)], PaceError),
        ([GOOD, dynamic(0x80, b"short")], PaceError),
        ([GOOD, dynamic(0x80, NONCE), dynamic(0x82, b"\x04")], PaceError),
        ([GOOD, dynamic(0x80, NONCE), dynamic(0x82, off_the_curve())], PaceError),
        ([GOOD, dynamic(0x80, NONCE), dynamic(0x82, b"\x04" + bytes(64))], PaceError),
        ([GOOD, dynamic(0x80, NONCE), dynamic(0x82, b"\x04" + b"\xff" * 64)], PaceError),
        (
            [
                GOOD,
                dynamic(0x80, NONCE),
                dynamic(0x82, chip_point(3)),
                dynamic(0x84, chip_point(7)),
                dynamic(0x86, bytes(8)),
            ],
            KeyRefusedError,
        ),
        (
            [
                GOOD,
                dynamic(0x80, NONCE),
                dynamic(0x82, chip_point(3)),
                dynamic(0x84, chip_point(7)),
                ResponseApdu(b"", 0x6300),
            ],
            KeyRefusedError,
        ),
    ],
)
def test_a_chip_that_breaks_the_protocol_opens_nothing(answers: list[ResponseApdu], error: type[Exception]) -> None:
    with pytest.raises(error):
        run().run(play(answers))


def test_our_own_key_sent_back_is_refused() -> None:
    pace = run()
    with pytest.raises(PaceError):
        pace.agree(5, pace._generator * 5, pace._generator * 5)
