"""Keys from the printed zone and Basic Access Control.

Source: ICAO Doc 9303 part 11 clauses 9.7 (derivation of keys) and 4.3 (BAC). The worked example of appendix D is in the
tests.
"""

import hashlib
import hmac
from collections.abc import Callable

from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.secure_messaging_codec import (
    TRIPLE_DES,
    SecureMessaging,
    Suite,
    pad,
    retail_mac,
    triple_des_cbc,
)

Randomness = Callable[[int], bytes]
"""So many unpredictable bytes, as `secrets.token_bytes`."""

FOR_ENCRYPTION, FOR_MAC, FOR_PASSWORD = 1, 2, 3


class KeyRefusedError(Exception):
    """The chip's answer does not fit our key: the zone is another document's. Holds no content."""


def derive(secret: bytes, purpose: int, suite: Suite) -> bytes:
    """A key of the suite's length from a shared secret; parity bits of DES keys are set."""
    text = secret + purpose.to_bytes(4, "big")
    if suite.key_bytes > 16:
        return hashlib.sha256(text).digest()[: suite.key_bytes]
    key = hashlib.sha1(text).digest()[:16]  # noqa: S324 - the standard says so
    if suite is TRIPLE_DES:
        return bytes(byte & 0xFE | (byte >> 1).bit_count() % 2 ^ 1 for byte in key)
    return key


class BasicAccess:
    """One run: challenge in, command data out, answer in, session out."""

    def __init__(self, key: MrzKey, challenge: bytes, random: Randomness) -> None:
        seed = hashlib.sha1(key.information()).digest()[:16]  # noqa: S324 - the standard says so
        self._encryption_key = derive(seed, FOR_ENCRYPTION, TRIPLE_DES)
        self._mac_key = derive(seed, FOR_MAC, TRIPLE_DES)
        self._challenge = challenge
        self._nonce = random(8)
        self._half = random(16)

    def request(self) -> bytes:
        """The 40 bytes of EXTERNAL AUTHENTICATE."""
        secret = triple_des_cbc(self._encryption_key, self._nonce + self._challenge + self._half, encrypts=True)
        return secret + retail_mac(self._mac_key, pad(secret, 8))

    def session(self, answer: bytes) -> SecureMessaging:
        """Opens the chip's 40 bytes. Raises `KeyRefusedError` when they are not made with our key for this run."""
        secret, mac = answer[:32], answer[32:]
        if len(answer) != 40 or not hmac.compare_digest(retail_mac(self._mac_key, pad(secret, 8)), mac):
            raise KeyRefusedError("answer")
        plain = triple_des_cbc(self._encryption_key, secret, encrypts=False)
        if plain[:8] != self._challenge or plain[8:16] != self._nonce:
            raise KeyRefusedError("challenge")
        seed = bytes(a ^ b for a, b in zip(self._half, plain[16:], strict=True))
        return SecureMessaging(
            TRIPLE_DES,
            derive(seed, FOR_ENCRYPTION, TRIPLE_DES),
            derive(seed, FOR_MAC, TRIPLE_DES),
            self._challenge[4:] + self._nonce[4:],
        )
