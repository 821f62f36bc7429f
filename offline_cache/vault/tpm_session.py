"""A salted TPM session that encrypts what it carries, so that the key is never readable on the wires of the board.

Source: see `tpm_codec`. The salt is agreed with the primary key by ECDH; from it come the keys of the MACs over every command and
answer and of the AES-128-CFB over the first parameter. Authorisation values are empty: who may unseal is decided by the chip
itself, by its sealed blob and, if set, by the PCRs.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms

try:  # moved in cryptography 47
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
except ImportError:  # pragma: no cover
    from cryptography.hazmat.primitives.ciphers.modes import CFB

from offline_cache.vault import tpm_codec
from offline_cache.vault.tpm_codec import DIGEST_BYTES, Command, Primary, Reader, TpmAnswerError

Exchange = Callable[[bytes], bytes]
"""Sends one command and returns its answer. Raises OSError, and TpmAnswerError for an answer that is cut."""


class Session:
    """One session with the chip; `close` frees it there.

    Args:
        exchange: to the chip.
        primary: the key that the salt is encrypted to.
        is_policy: a policy session, for an object bound to PCRs; else an HMAC session.
        random_bytes: of the operating system.
    """

    def __init__(
        self, exchange: Exchange, primary: Primary, *, is_policy: bool, random_bytes: Callable[[int], bytes]
    ) -> None:
        self._exchange = exchange
        self._random_bytes = random_bytes
        nonce = random_bytes(DIGEST_BYTES)
        own = ec.generate_private_key(ec.SECP256R1())
        point = own.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        reader = tpm_codec.answer(exchange(tpm_codec.start_session(primary.handle, nonce, x, y, is_policy=is_policy)))
        self.handle = reader.number(4)
        self._chip_nonce = reader.sized()
        salt = tpm_codec.kdf_e(_agreed(own, primary), b"SECRET", x, primary.x)
        self._key = tpm_codec.kdf_a(salt, b"ATH", self._chip_nonce, nonce, DIGEST_BYTES)

    def run(
        self,
        code: Command,
        handles: bytes,
        names: bytes,
        parameters: bytes,
        *,
        hides: bool = False,
        reveals: bool = False,
    ) -> Reader:
        """Runs a command with this session as its authorisation; returns the answer's parameters.

        Args:
            handles, names: of the objects that the command works on.
            hides: the command's first parameter (a TPM2B) is encrypted.
            reveals: the answer's first parameter is; it is returned decrypted.

        Raises:
            TpmAnswerError: the chip refused, or its MAC is not right.
            OSError: the chip cannot be reached.
        """
        nonce = self._random_bytes(DIGEST_BYTES)
        attributes = tpm_codec.SESSION_CONTINUES
        if hides:
            attributes |= tpm_codec.SESSION_DECRYPTS
            parameters = self._first_parameter(parameters, nonce, self._chip_nonce, is_encrypting=True)
        if reveals:
            attributes |= tpm_codec.SESSION_ENCRYPTS
        digest = hashlib.sha256(struct.pack(">I", code) + names + parameters).digest()
        mac = hmac.digest(self._key, digest + nonce + self._chip_nonce + bytes([attributes]), "sha256")
        area = tpm_codec.session_area(self.handle, nonce, attributes, mac)
        data = self._exchange(tpm_codec.command(code, handles, parameters, area))
        return self._checked(code, data, nonce, reveals=reveals)

    def close(self) -> None:
        """Raises as `run` does."""
        tpm_codec.answer(self._exchange(tpm_codec.flush_context(self.handle)))

    def _checked(self, code: Command, data: bytes, nonce: bytes, *, reveals: bool) -> Reader:
        reader = tpm_codec.answer(data)
        handle = reader.take(4) if code is Command.LOAD else b""
        parameters = reader.take(reader.number(4))
        chip_nonce, attributes, mac = reader.sized(), reader.take(1), reader.sized()
        digest = hashlib.sha256(struct.pack(">II", 0, code) + parameters).digest()
        if not hmac.compare_digest(mac, hmac.digest(self._key, digest + chip_nonce + nonce + attributes, "sha256")):
            raise TpmAnswerError(0)
        self._chip_nonce = chip_nonce
        if reveals:
            parameters = self._first_parameter(parameters, chip_nonce, nonce, is_encrypting=False)
        return Reader(handle + parameters)

    def _first_parameter(self, parameters: bytes, newer: bytes, older: bytes, *, is_encrypting: bool) -> bytes:
        reader = Reader(parameters)
        first, rest = reader.sized(), reader.rest()
        material = tpm_codec.kdf_a(self._key, b"CFB", newer, older, 32)
        cipher = Cipher(algorithms.AES(material[:16]), CFB(material[16:]))
        turn = cipher.encryptor() if is_encrypting else cipher.decryptor()
        return tpm_codec.sized(turn.update(first) + turn.finalize()) + rest


def _agreed(own: ec.EllipticCurvePrivateKey, primary: Primary) -> bytes:
    x, y = int.from_bytes(primary.x, "big"), int.from_bytes(primary.y, "big")
    try:
        theirs = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except ValueError:
        raise TpmAnswerError(0) from None
    return own.exchange(ec.ECDH(), theirs)
