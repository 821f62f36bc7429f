"""Secure messaging and PACE on the chip's side, made apart from `devices.smart_card` on purpose.

Source: ICAO Doc 9303 part 11. Only the primitives of `cryptography` and `ecdsa` are shared with the reader's side.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC
from ecdsa import curves, ellipticcurve  # type: ignore[import-untyped]  # no types

from devices.emulators.virtual_issuer import wrap

OID_AES_128 = bytes.fromhex("04007F00070202040202")
OID_3DES = bytes.fromhex("04007F00070202040201")


def objects_of(data: bytes) -> list[tuple[int, bytes]]:
    """The data objects (BER-TLV, one level) in a command's secured data."""
    found = []
    while data:
        width = 2 if data[0] & 0x1F == 0x1F else 1
        tag, size, at = int.from_bytes(data[:width], "big"), data[width], width + 1
        if size > 0x80:
            count = size & 0x7F
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
        found.append((tag, data[at : at + size]))
        data = data[at + size :]
    return found


def padded(data: bytes, block: int) -> bytes:
    """ISO/IEC 7816-4 padding to whole blocks."""
    data += b"\x80"
    while len(data) % block:
        data += b"\x00"
    return data


def des_key(seed: bytes, number: int) -> bytes:
    """Key `number` of a seed (ICAO Doc 9303-11, 9.7.1.1), two-key triple DES."""
    return hashlib.sha1(seed + bytes((0, 0, 0, number))).digest()[:16]  # noqa: S324 - the standard says so


def des(key: bytes, data: bytes, *, encrypts: bool) -> bytes:
    """Two-key triple DES, CBC from zero."""
    cipher = Cipher(TripleDES(key + key[:8]), modes.CBC(bytes(8)))
    work = cipher.encryptor() if encrypts else cipher.decryptor()
    return work.update(data) + work.finalize()


def des_mac(key: bytes, data: bytes) -> bytes:
    """Retail MAC (ISO/IEC 9797-1, algorithm 3) over padded data."""

    def single(half: bytes, block: bytes, *, encrypts: bool = True) -> bytes:
        return des(half * 2, block, encrypts=encrypts)

    state = bytes(8)
    if len(data) > 8:
        state = single(key[:8], data[:-8])[-8:]
    last = single(key[:8], bytes(a ^ b for a, b in zip(state, data[-8:], strict=True)))
    return single(key[:8], single(key[8:], last, encrypts=False))


def aes(key: bytes, iv: bytes, data: bytes, *, encrypts: bool) -> bytes:
    """AES, CBC."""
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    work = cipher.encryptor() if encrypts else cipher.decryptor()
    return work.update(data) + work.finalize()


def _aes_mac(key: bytes, data: bytes) -> bytes:
    mac = CMAC(algorithms.AES(key))
    mac.update(data)
    return mac.finalize()[:8]


@dataclass
class ChipSession:
    """Secure messaging on the card's side."""

    encryption_key: bytes = field(repr=False)
    mac_key: bytes = field(repr=False)
    counter: bytes = field(repr=False)
    is_aes: bool

    def _step(self) -> None:
        width = len(self.counter)
        self.counter = ((int.from_bytes(self.counter, "big") + 1) % (1 << 8 * width)).to_bytes(width, "big")

    def _mac(self, data: bytes) -> bytes:
        return _aes_mac(self.mac_key, data) if self.is_aes else des_mac(self.mac_key, data)

    def _crypt(self, data: bytes, *, encrypts: bool) -> bytes:
        if not self.is_aes:
            return des(self.encryption_key, data, encrypts=encrypts)
        iv = aes(self.encryption_key, bytes(16), self.counter, encrypts=True)
        return aes(self.encryption_key, iv, data, encrypts=encrypts)

    def open(self, raw: bytes) -> tuple[int, int, int, int, bytes, int] | None:
        """CLA INS P1 P2, data, Le of a protected command; ``None`` when its MAC is wrong."""
        self._step()
        block = 16 if self.is_aes else 8
        parts = objects_of(raw[5 : 5 + raw[4]])
        values = dict(parts)
        covered = b"".join(wrap(tag, value) for tag, value in parts if tag != 0x8E)
        text = self.counter + padded(raw[:4], block)
        if values.get(0x8E) != self._mac(padded(text + covered, block) if covered else text):
            return None
        data = b""
        if 0x87 in values or 0x85 in values:
            secret = values[0x87][1:] if 0x87 in values else values[0x85]
            data = self._crypt(secret, encrypts=False).rstrip(b"\x00")[:-1]
        le = int.from_bytes(values[0x97], "big") or 256 if 0x97 in values else 0
        return raw[0], raw[1], raw[2], raw[3], data, le

    def seal(self, data: bytes, status: bytes, *, odd: bool) -> bytes:
        """A protected reply, its plain status behind."""
        self._step()
        block = 16 if self.is_aes else 8
        objects = b""
        if data:
            secret = self._crypt(padded(data, block), encrypts=True)
            objects = wrap(0x85, secret) if odd else wrap(0x87, b"\x01" + secret)
        objects += wrap(0x99, status)
        return objects + wrap(0x8E, self._mac(padded(self.counter + objects, block))) + status


class ChipPace:
    """PACE on brainpoolP256r1 with generic mapping, the card's side."""

    def __init__(self, secret: bytes, is_aes: bool) -> None:
        self._is_aes = is_aes
        self._oid = OID_AES_128 if is_aes else OID_3DES
        self._password_key = des_key(secret, 3)
        self._curve = curves.BRAINPOOLP256r1
        self._nonce = secrets.token_bytes(16)
        self._generator = self._curve.generator
        self._theirs: ellipticcurve.PointJacobi = None
        self._ours: ellipticcurve.PointJacobi = None
        self._keys = (b"", b"")
        self.session: ChipSession | None = None

    def answer(self, parts: Mapping[int, bytes]) -> bytes | None:
        """One step; ``None`` when the token is wrong."""
        if not parts:
            if self._is_aes:
                return wrap(0x80, aes(self._password_key, bytes(16), self._nonce, encrypts=True))
            return wrap(0x80, des(self._password_key, self._nonce, encrypts=True))
        if 0x81 in parts:
            secret = self._scalar()
            shared = self._point(parts[0x81]) * secret
            reply = wrap(0x82, self._bytes(self._generator * secret))
            self._generator = self._generator * int.from_bytes(self._nonce, "big") + shared
            return reply
        if 0x83 in parts:
            secret = self._scalar()
            self._theirs, self._ours = self._point(parts[0x83]), self._generator * secret
            shared_x = int((self._theirs * secret).x()).to_bytes(32, "big")
            self._keys = (des_key(shared_x, 1), des_key(shared_x, 2))
            return wrap(0x84, self._bytes(self._ours))
        if parts.get(0x85) != self._token(self._ours):
            return None
        self.session = ChipSession(*self._keys, bytes(16 if self._is_aes else 8), is_aes=self._is_aes)
        return wrap(0x86, self._token(self._theirs))

    def _token(self, point: ellipticcurve.PointJacobi) -> bytes:
        text = wrap(0x7F49, wrap(0x06, self._oid) + wrap(0x86, self._bytes(point)))
        return _aes_mac(self._keys[1], text) if self._is_aes else des_mac(self._keys[1], padded(text, 8))

    def _scalar(self) -> int:
        return secrets.randbelow(int(self._curve.order) - 1) + 1

    def _bytes(self, point: ellipticcurve.PointJacobi) -> bytes:
        return b"\x04" + int(point.x()).to_bytes(32, "big") + int(point.y()).to_bytes(32, "big")

    def _point(self, data: bytes) -> ellipticcurve.PointJacobi:
        x, y = int.from_bytes(data[1:33], "big"), int.from_bytes(data[33:65], "big")
        return ellipticcurve.PointJacobi(self._curve.curve, x, y, 1, self._curve.order)
