"""PACE with generic mapping on elliptic curves: the key from the printed zone or the six-digit card access number.

Source: ICAO Doc 9303 part 11 clauses 4.4 (PACE), 9.2 (SecurityInfos), 9.5.1 (standardised curves) and 9.7 (keys). The worked
example of appendix G.1 is in the tests. The points are those of `ecdsa`, since the mapping adds points, which OpenSSL's
interface in `cryptography` does not offer; a run uses each secret once.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from asn1crypto import core  # type: ignore[import-untyped]  # no types
from ecdsa import curves, ellipticcurve  # type: ignore[import-untyped]  # no types

from devices.smart_card import tlv_codec
from devices.smart_card.apdu_codec import SHORT_LE, CommandApdu, ResponseApdu, Sw
from devices.smart_card.bac import (
    FOR_ENCRYPTION,
    FOR_MAC,
    FOR_PASSWORD,
    KeyRefusedError,
    Randomness,
    derive,
)
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.secure_messaging_codec import (
    AES_128,
    AES_192,
    AES_256,
    TRIPLE_DES,
    SecureMessaging,
    Suite,
    pad,
)

_ECDH_GENERIC = "0.4.0.127.0.7.2.2.4.2."
_SUITES = {"1": TRIPLE_DES, "2": AES_128, "3": AES_192, "4": AES_256}

CURVES = {
    10: curves.NIST224p,
    11: curves.BRAINPOOLP224r1,
    12: curves.NIST256p,
    13: curves.BRAINPOOLP256r1,
    14: curves.BRAINPOOLP320r1,
    15: curves.NIST384p,
    16: curves.BRAINPOOLP384r1,
    17: curves.BRAINPOOLP512r1,
    18: curves.NIST521p,
}
"""By the number of 9303-11 table 6; those of 192 bits are too short to be offered."""

Transmit = Callable[[CommandApdu], ResponseApdu]


class PasswordKind(Enum):
    """Of which password the key is made: the reference data of MSE:Set AT."""

    MRZ = 1
    CAN = 2


class PaceError(Exception):
    """The chip does not keep to the protocol. Holds no content."""


@dataclass(frozen=True)
class PaceOffer:
    """One way of PACE that the chip offers and we speak."""

    oid: str
    suite: Suite
    curve_number: int


@dataclass(frozen=True)
class Password:
    """Kind and the bytes that the key is derived from. Personal."""

    kind: PasswordKind
    secret: bytes

    def __repr__(self) -> str:
        return f"Password({self.kind.name})"


def password_of(key: MrzKey | str) -> Password:
    """From the printed zone or, given as text, from the card access number."""
    if isinstance(key, MrzKey):
        digest = hashlib.sha1(key.information()).digest()  # noqa: S324 - the standard says so
        return Password(PasswordKind.MRZ, digest)
    return Password(PasswordKind.CAN, key.encode("ascii"))


def offers(card_access: bytes) -> list[PaceOffer]:
    """Reads EF.CardAccess; the strongest we speak first, empty when there is none or the file is no SecurityInfos."""
    found = []
    try:
        for _, info in tlv_codec.children(tlv_codec.find(card_access, 0x31) or b""):
            parts = list(tlv_codec.children(info))
            if len(parts) < 3 or [tag for tag, _ in parts[:3]] != [0x06, 0x02, 0x02]:
                continue
            oid = core.ObjectIdentifier(contents=parts[0][1]).dotted
            suite = _SUITES.get(oid.removeprefix(_ECDH_GENERIC)) if oid.startswith(_ECDH_GENERIC) else None
            number = int.from_bytes(parts[2][1], "big")
            if suite is not None and number in CURVES:
                found.append(PaceOffer(oid, suite, number))
    except (tlv_codec.TlvError, ValueError):
        return []
    return sorted(found, key=lambda offer: (offer.suite.key_bytes, offer.suite.block), reverse=True)


class Pace:
    """One run with one chip. `run` is the whole of it; the steps are apart for the worked example.

    Every point of the chip is checked to lie on the curve and not at infinity, and must differ from ours.
    """

    def __init__(self, offer: PaceOffer, password: Password, random: Randomness) -> None:
        self._offer = offer
        self._suite = offer.suite
        self._password = password
        self._random = random
        self._curve = CURVES[offer.curve_number]
        self._generator = self._curve.generator
        self._size = (self._curve.curve.p().bit_length() + 7) // 8
        self._oid = core.ObjectIdentifier(offer.oid).contents

    def run(self, transmit: Transmit) -> SecureMessaging:
        """Five commands.

        Raises:
            KeyRefusedError: the password is another document's.
            PaceError: the chip breaks off or answers what is no PACE.
        """
        data = tlv_codec.encode(0x80, self._oid) + tlv_codec.encode(0x83, bytes((self._password.kind.value,)))
        data += tlv_codec.encode(0x84, bytes((self._offer.curve_number,)))
        # 63Cx only warns of the tries that are left
        if transmit(CommandApdu(0x00, 0x22, 0xC1, 0xA4, data)).meaning not in (Sw.DONE, Sw.TRIES_LEFT):
            raise PaceError("set AT")
        nonce = self.open_nonce(self._step(transmit, 0x10, b"", 0x80))
        secret = self._scalar()
        answer = self._step(transmit, 0x10, tlv_codec.encode(0x81, self._encode(self._generator * secret)), 0x82)
        mapped = self.map(nonce, secret, self._decode(answer))
        ours = self._scalar()
        our_point = mapped * ours
        their_point = self._decode(self._step(transmit, 0x10, tlv_codec.encode(0x83, self._encode(our_point)), 0x84))
        encryption_key, mac_key = self.agree(ours, our_point, their_point)
        token = tlv_codec.encode(0x85, self.token(mac_key, their_point))
        theirs = self._step(transmit, 0x00, token, 0x86)
        if not hmac.compare_digest(theirs, self.token(mac_key, our_point)):
            raise KeyRefusedError("token")
        return SecureMessaging(self._suite, encryption_key, mac_key, bytes(self._suite.block))

    def open_nonce(self, secret: bytes) -> int:
        """The chip's nonce, decrypted with the key of the password."""
        if not secret or len(secret) % self._suite.block:
            raise PaceError("nonce")
        key = derive(self._password.secret, FOR_PASSWORD, self._suite)
        return int.from_bytes(self._suite.cbc(key, secret, encrypts=False), "big")

    def map(self, nonce: int, secret: int, their_point: ellipticcurve.PointJacobi) -> ellipticcurve.PointJacobi:
        """Generic mapping: nonce · G + H, H the shared point."""
        mapped = self._generator * nonce + their_point * secret
        if mapped == ellipticcurve.INFINITY:
            raise PaceError("mapping")
        return mapped

    def agree(
        self, ours: int, our_point: ellipticcurve.PointJacobi, their_point: ellipticcurve.PointJacobi
    ) -> tuple[bytes, bytes]:
        """The two keys of the session."""
        if our_point == their_point:
            raise PaceError("reflected key")
        shared = int((their_point * ours).x()).to_bytes(self._size, "big")
        return derive(shared, FOR_ENCRYPTION, self._suite), derive(shared, FOR_MAC, self._suite)

    def token(self, mac_key: bytes, point: ellipticcurve.PointJacobi) -> bytes:
        """The authentication token over a public key."""
        key = tlv_codec.encode(0x06, self._oid) + tlv_codec.encode(0x86, self._encode(point))
        text = tlv_codec.encode(0x7F49, key)
        return self._suite.mac(mac_key, text if self._suite.counts_into_iv else pad(text, self._suite.block))

    def _scalar(self) -> int:
        order = int(self._curve.order)
        # eight bytes more than the order: the bias of the remainder is below 2^-64
        return int.from_bytes(self._random(self._size + 8), "big") % (order - 1) + 1

    def _encode(self, point: ellipticcurve.PointJacobi) -> bytes:
        return b"\x04" + int(point.x()).to_bytes(self._size, "big") + int(point.y()).to_bytes(self._size, "big")

    def _decode(self, data: bytes) -> ellipticcurve.PointJacobi:
        if len(data) != 1 + 2 * self._size or data[0] != 4:
            raise PaceError("point")
        curve = self._curve.curve
        x = int.from_bytes(data[1 : 1 + self._size], "big")
        y = int.from_bytes(data[1 + self._size :], "big")
        # the library takes any pair; a point off the curve would give our secret away piece by piece
        if not (x < curve.p() and y < curve.p() and curve.contains_point(x, y)):
            raise PaceError("point")
        return ellipticcurve.PointJacobi(curve, x, y, 1, self._curve.order)

    def _step(self, transmit: Transmit, cla: int, content: bytes, wanted: int) -> bytes:
        response = transmit(CommandApdu(cla, 0x86, 0, 0, tlv_codec.encode(0x7C, content), SHORT_LE))
        if response.meaning in (Sw.REFUSED, Sw.TRIES_LEFT, Sw.BLOCKED, Sw.NOT_AUTHORISED):
            raise KeyRefusedError("refused")
        if response.meaning is not Sw.DONE:
            raise PaceError("refused")
        try:
            found = tlv_codec.find(response.data, 0x7C, wanted)
        except tlv_codec.TlvError:
            found = None
        if found is None:
            raise PaceError("answer")
        return found
