"""Secure messaging of travel documents: commands encrypted and authenticated, replies checked.

Source: ICAO Doc 9303 part 11 clause 9.8 (3DES with ISO 9797-1 MAC algorithm 3, AES with CMAC) on ISO/IEC 7816-4 clause 10.
Pure bytes; the worked example of 9303-11 appendix D is in the tests.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from devices.smart_card import tlv_codec
from devices.smart_card.apdu_codec import SHORT_LE, CommandApdu, ResponseApdu

MAC_BYTES = 8
LONGEST_PLAIN_REPLY = 0xDF
"""So many bytes of data fit a protected reply of 256 bytes for both ciphers, padded and wrapped."""

_CRYPTOGRAM, _CRYPTOGRAM_ODD, _EXPECTED, _STATUS, _MAC = 0x87, 0x85, 0x97, 0x99, 0x8E


class SecureMessagingError(Exception):
    """A reply that the session's keys do not authenticate, or that the card gave without protection. Holds no content.

    Attributes:
        sw: the plain status, ``None`` when the reply was protected but wrong.
    """

    def __init__(self, text: str, sw: int | None = None) -> None:
        super().__init__(text)
        self.sw = sw


def pad(data: bytes, block: int) -> bytes:
    """ISO/IEC 7816-4 padding: 80, then zeros to a whole block."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    """Takes the padding away; raises `SecureMessagingError` when there is none."""
    content, mark, rest = data.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00"):
        raise SecureMessagingError("padding")
    return content


def triple_des_cbc(key: bytes, data: bytes, *, encrypts: bool, iv: bytes = bytes(8)) -> bytes:
    """Two-key 3DES (16 bytes) in CBC over whole blocks."""
    cipher = Cipher(TripleDES(key + key[:8]), modes.CBC(iv))
    work = cipher.encryptor() if encrypts else cipher.decryptor()
    return work.update(data) + work.finalize()


def aes_cbc(key: bytes, data: bytes, *, encrypts: bool, iv: bytes = bytes(16)) -> bytes:
    """AES-128, -192 or -256 in CBC over whole blocks."""
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    work = cipher.encryptor() if encrypts else cipher.decryptor()
    return work.update(data) + work.finalize()


def retail_mac(key: bytes, data: bytes) -> bytes:
    """ISO 9797-1 MAC algorithm 3 with DES over whole blocks (already padded), 8 bytes."""
    chain = bytes(8)
    if len(data) > 8:
        # single DES is 3DES with one key three times; the last block alone goes through both keys
        chain = triple_des_cbc(key[:8] * 2, data[:-8], encrypts=True)[-8:]
    return triple_des_cbc(key, data[-8:], encrypts=True, iv=chain)


def aes_mac(key: bytes, data: bytes) -> bytes:
    """AES-CMAC, the first 8 bytes."""
    mac = CMAC(algorithms.AES(key))
    mac.update(data)
    return mac.finalize()[:MAC_BYTES]


@dataclass(frozen=True)
class Suite:
    """One family of ciphers.

    Attributes:
        block: bytes of a block and of the counter.
        key_bytes: of each key.
        cbc, mac: the two functions.
        counts_into_iv: whether the vector is the encrypted counter (AES) or zero (3DES).
    """

    name: str
    block: int
    key_bytes: int
    cbc: Callable[..., bytes]
    mac: Callable[[bytes, bytes], bytes]
    counts_into_iv: bool


TRIPLE_DES = Suite("3DES", 8, 16, triple_des_cbc, retail_mac, counts_into_iv=False)
AES_128 = Suite("AES-128", 16, 16, aes_cbc, aes_mac, counts_into_iv=True)
AES_192 = Suite("AES-192", 16, 24, aes_cbc, aes_mac, counts_into_iv=True)
AES_256 = Suite("AES-256", 16, 32, aes_cbc, aes_mac, counts_into_iv=True)


class SecureMessaging:
    """One session: its keys and its counter. `protect` and `unprotect` alternate.

    After a `SecureMessagingError` the session is over, on the card as here.
    """

    def __init__(self, suite: Suite, encryption_key: bytes, mac_key: bytes, counter: bytes) -> None:
        self._suite = suite
        self._encryption_key = encryption_key
        self._mac_key = mac_key
        self._counter = int.from_bytes(counter, "big")

    def _count(self) -> bytes:
        self._counter = (self._counter + 1) % (1 << (8 * self._suite.block))
        return self._counter.to_bytes(self._suite.block, "big")

    def _vector(self, counter: bytes) -> bytes:
        if not self._suite.counts_into_iv:
            return bytes(self._suite.block)
        return self._suite.cbc(self._encryption_key, counter, encrypts=True)

    def _mac(self, data: bytes) -> bytes:
        return self._suite.mac(self._mac_key, data)

    def protect(self, command: CommandApdu) -> CommandApdu:
        """Wraps a plain command; an odd instruction carries its data without the padding mark (DO 85)."""
        counter = self._count()
        block = self._suite.block
        secured = CommandApdu(command.cla | 0x0C, command.ins, command.p1, command.p2)
        objects = b""
        if command.data:
            secret = self._suite.cbc(
                self._encryption_key, pad(command.data, block), encrypts=True, iv=self._vector(counter)
            )
            is_odd = bool(command.ins & 1)
            objects += (
                tlv_codec.encode(_CRYPTOGRAM_ODD, secret) if is_odd else tlv_codec.encode(_CRYPTOGRAM, b"\x01" + secret)
            )
        if command.le is not None:
            le = bytes((command.le & 0xFF,)) if command.le <= SHORT_LE else (command.le & 0xFFFF).to_bytes(2, "big")
            objects += tlv_codec.encode(_EXPECTED, le)
        text = counter + pad(secured.header, block)
        mac = self._mac(pad(text + objects, block) if objects else text)
        is_long = command.le is not None and command.le > SHORT_LE
        return CommandApdu(
            secured.cla,
            secured.ins,
            secured.p1,
            secured.p2,
            objects + tlv_codec.encode(_MAC, mac),
            0x10000 if is_long else SHORT_LE,
        )

    def unprotect(self, response: ResponseApdu) -> ResponseApdu:
        """Checks and opens a reply; its status is the authenticated one.

        Raises:
            SecureMessagingError: no protection, another MAC, or an inside that is none.
        """
        counter = self._count()
        if not response.data:
            raise SecureMessagingError("unprotected reply", response.sw)
        try:
            objects = list(tlv_codec.children(response.data))
        except tlv_codec.TlvError:
            raise SecureMessagingError("not TLV") from None
        parts = dict(objects)
        status, mac = parts.get(_STATUS), parts.get(_MAC)
        if len(parts) != len(objects) or status is None or len(status) != 2 or mac is None or objects[-1][0] != _MAC:
            raise SecureMessagingError("missing parts")
        covered = response.data[: len(response.data) - len(tlv_codec.encode(_MAC, mac))]
        expected = self._mac(pad(counter + covered, self._suite.block))
        if not hmac.compare_digest(expected, mac):
            raise SecureMessagingError("wrong MAC")
        secret = parts.get(_CRYPTOGRAM)
        if secret is not None:
            secret = secret[1:] if secret[:1] == b"\x01" else b""
        else:
            secret = parts.get(_CRYPTOGRAM_ODD)
        data = b""
        if secret is not None:
            if not secret or len(secret) % self._suite.block:
                raise SecureMessagingError("cryptogram")
            data = unpad(self._suite.cbc(self._encryption_key, secret, encrypts=False, iv=self._vector(counter)))
        return ResponseApdu(data, int.from_bytes(status, "big"))
