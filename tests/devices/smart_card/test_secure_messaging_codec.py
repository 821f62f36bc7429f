"""Secure messaging: the worked example of ICAO Doc 9303 part 11 appendix D, every cipher both ways, every damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.smart_card import tlv_codec
from devices.smart_card.apdu_codec import CommandApdu, ResponseApdu, decode_response
from devices.smart_card.bac import BasicAccess, KeyRefusedError
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.secure_messaging_codec import (
    AES_128,
    AES_192,
    AES_256,
    TRIPLE_DES,
    SecureMessaging,
    SecureMessagingError,
    Suite,
    pad,
    retail_mac,
    triple_des_cbc,
    unpad,
)

HEX = bytes.fromhex
SUITES = [TRIPLE_DES, AES_128, AES_192, AES_256]


def example() -> tuple[BasicAccess, SecureMessaging]:
    randoms = iter([HEX("781723860C06C226"), HEX("0B795240CB7049B01C19B33E32804F0B")])
    access = BasicAccess(MrzKey("L898902C", "690806", "940623"), HEX("4608F91988702212"), lambda _count: next(randoms))
    session = access.session(HEX("46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449"))
    return access, session


def test_basic_access_follows_the_worked_example() -> None:
    access, session = example()
    assert access.request() == HEX("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7")
    select = session.protect(CommandApdu(0x00, 0xA4, 0x02, 0x0C, HEX("011E")))
    assert select.encode() == HEX("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800")
    reply = session.unprotect(decode_response(HEX("990290008E08FA855A5D4C50A8ED9000")))
    assert (reply.data, reply.sw) == (b"", 0x9000)
    read = session.protect(CommandApdu(0x00, 0xB0, 0x00, 0x00, le=4))
    assert read.encode() == HEX("0CB000000D9701048E08ED6705417E96BA5500")
    reply = session.unprotect(decode_response(HEX("8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000")))
    assert reply.data == HEX("60145F01")
    read = session.protect(CommandApdu(0x00, 0xB0, 0x00, 0x04, le=18))
    assert read.encode() == HEX("0CB000040D9701128E082EA28A70F3C7B53500")
    reply = session.unprotect(
        decode_response(HEX("871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000"))
    )
    assert reply.data == HEX("04303130365F36063034303030305C026175")


@pytest.mark.parametrize("spoil", ["short", "mac", "challenge"])
def test_an_answer_that_is_not_for_this_key_and_run_opens_nothing(spoil: str) -> None:
    access, _ = example()
    other, _ = example()
    answer = HEX("46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449")
    if spoil == "short":
        answer = answer[:-1]
    elif spoil == "mac":
        answer = answer[:-1] + b"\x00"
    else:  # a replay: rightly made, but for another challenge
        other._challenge = bytes(8)
        access = other
    with pytest.raises(KeyRefusedError):
        access.session(answer)


class Mirror:
    """The other end of a session: what it seals, `unprotect` must open."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        keys = (bytes(range(suite.key_bytes)), bytes(range(1, suite.key_bytes + 1)), bytes(suite.block))
        self.ours = SecureMessaging(suite, *keys)
        self._theirs = SecureMessaging(suite, *keys)

    def seal(self, data: bytes = b"", *, tag: int = 0x87, mark: bytes = b"\x01", sw: bytes = b"\x90\x00") -> bytes:
        """A protected reply, at the counter of the next one."""
        self.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=1))
        self._theirs._count()
        counter = self._theirs._count()
        objects = b""
        if data or tag != 0x87:
            secret = self.suite.cbc(
                self._theirs._encryption_key,
                pad(data, self.suite.block),
                encrypts=True,
                iv=self._theirs._vector(counter),
            )
            objects = tlv_codec.encode(tag, mark + secret)
        return self.close(counter, objects + tlv_codec.encode(0x99, sw))

    def close(self, counter: bytes, objects: bytes) -> bytes:
        mac = self._theirs._mac(pad(counter + objects, self.suite.block))
        return objects + tlv_codec.encode(0x8E, mac)

    def sealed_raw(self, objects: bytes) -> bytes:
        """Any objects, rightly authenticated."""
        self.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=1))
        self._theirs._count()
        return self.close(self._theirs._count(), objects)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_every_cipher_opens_what_its_other_end_seals(suite: Suite) -> None:
    mirror = Mirror(suite)
    for data in (b"", b"x", bytes(range(200))):
        opened = mirror.ours.unprotect(ResponseApdu(mirror.seal(data), 0x9000))
        assert (opened.data, opened.sw) == (data, 0x9000)
    odd = mirror.ours.unprotect(ResponseApdu(mirror.seal(b"odd", tag=0x85, mark=b""), 0x9000))
    assert odd.data == b"odd"
    inner = mirror.ours.unprotect(ResponseApdu(mirror.seal(sw=b"\x62\x82"), 0x9000))
    assert inner.sw == 0x6282


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_one_bit_changed_anywhere_is_refused(suite: Suite) -> None:
    for at in range(len(Mirror(suite).seal(b"data"))):
        mirror = Mirror(suite)
        sealed = bytearray(mirror.seal(b"data"))
        sealed[at] ^= 1
        with pytest.raises(SecureMessagingError):
            mirror.ours.unprotect(ResponseApdu(bytes(sealed), 0x9000))


def test_a_reply_of_earlier_is_refused() -> None:
    mirror = Mirror(AES_128)
    sealed = mirror.seal(b"data")
    mirror.ours.unprotect(ResponseApdu(sealed, 0x9000))
    mirror.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=1))
    with pytest.raises(SecureMessagingError):
        mirror.ours.unprotect(ResponseApdu(sealed, 0x9000))


def test_an_unprotected_reply_is_refused_with_its_status() -> None:
    mirror = Mirror(TRIPLE_DES)
    mirror.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=1))
    with pytest.raises(SecureMessagingError) as caught:
        mirror.ours.unprotect(ResponseApdu(b"", 0x6988))
    assert caught.value.sw == 0x6988


@pytest.mark.parametrize(
    "objects",
    [
        "",  # no status
        "990190",  # half a status
        "9902900099029000",  # twice
        "870901" + "00" * 8 + "99029000",  # decrypts to what has no padding
        "8702019F99029000",  # no whole block
        "870199029000",  # wrong length inside
        "87090200000000000000009902" + "9000",  # another mark
        "870099029000",  # empty
    ],
)
def test_a_rightly_authenticated_inside_that_is_none_is_refused(objects: str) -> None:
    mirror = Mirror(TRIPLE_DES)
    with pytest.raises(SecureMessagingError):
        mirror.ours.unprotect(ResponseApdu(mirror.sealed_raw(HEX(objects)), 0x9000))


def test_the_length_of_a_long_reply_takes_two_bytes() -> None:
    mirror = Mirror(AES_128)
    command = mirror.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=0x200))
    assert command.data.startswith(HEX("97020200"))
    assert command.le == 0x10000


def test_a_command_without_data_and_length_is_authenticated_by_its_head_alone() -> None:
    command = Mirror(AES_128).ours.protect(CommandApdu(0, 0x44, 0, 0))
    assert next(iter(tlv_codec.children(command.data)))[0] == 0x8E


def test_an_odd_instruction_carries_its_data_without_the_mark() -> None:
    command = Mirror(AES_128).ours.protect(CommandApdu(0, 0xB1, 0, 0, b"\x54\x01\x00", 4))
    assert next(iter(tlv_codec.children(command.data)))[0] == 0x85


def test_a_retail_mac_of_one_block_is_two_key_3des_alone() -> None:
    key, block = bytes(range(16)), bytes(range(8))
    assert retail_mac(key, block) == triple_des_cbc(key, block, encrypts=True)


@pytest.mark.parametrize("data", [b"", b"abc", b"\x80\x01", b"\x00\x00"])
def test_what_is_not_padded_is_refused(data: bytes) -> None:
    with pytest.raises(SecureMessagingError):
        unpad(data)


@given(st.binary(max_size=100), st.sampled_from([8, 16]))
def test_padding_comes_off_again(data: bytes, block: int) -> None:
    assert unpad(pad(data, block)) == data
    assert len(pad(data, block)) % block == 0


@given(st.binary(max_size=120), st.sampled_from(SUITES))
def test_any_reply_is_refused_without_harm(data: bytes, suite: Suite) -> None:
    mirror = Mirror(suite)
    mirror.ours.protect(CommandApdu(0, 0xB0, 0, 0, le=1))
    with pytest.raises(SecureMessagingError):
        mirror.ours.unprotect(ResponseApdu(data, 0x9000))
