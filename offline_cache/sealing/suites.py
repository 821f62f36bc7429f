"""The suites that seal: AES-256-GCM with SHA-256 (the default) and SM4-GCM with SM3 (GB/T 32907, GB/T 32905).

Both come from the `cryptography` package (OpenSSL). A data key has `KEY_BYTES` bytes whatever the suite; SM4 takes its
16 bytes from it by HKDF, so that a change of suite needs no other keys.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.base.errors import BudayangError
from offline_cache.sealing.record_codec import TAG_BYTES

KEY_BYTES = 32
_SM4_BYTES = 16


class SuiteId(IntEnum):
    """The byte that names a suite in a record."""

    AES_256_GCM = 1
    SM4_GCM = 2


@dataclass(frozen=True)
class Suite:
    """One way to seal.

    `sealer(key)` gives, once for many records, what `seal` does with that key: `(nonce, plain, data)`. Any thread may call it.
    `seal(key, nonce, plain, data)` returns ciphertext and tag; `open(key, nonce, sealed, data)` the plaintext, and raises
    `BudayangError` ``store.cannot_open`` when the tag does not vouch for it. `hash_name` is for fingerprints.
    """

    suite_id: SuiteId
    seal: Callable[[bytes, bytes, bytes, bytes], bytes]
    open: Callable[[bytes, bytes, bytes, bytes], bytes]
    hash_name: str
    sealer: Callable[[bytes], Callable[[bytes, bytes, bytes], bytes]]


def suite_of(number: int) -> Suite:
    """The suite of a record. Raises BudayangError ``store.cannot_open`` for an unknown one."""
    try:
        return _SUITES[SuiteId(number)]
    except ValueError:
        raise BudayangError("store.cannot_open") from None


def _aes_seal(key: bytes, nonce: bytes, plain: bytes, data: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, plain, data)


def _aes_open(key: bytes, nonce: bytes, sealed: bytes, data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(nonce, sealed, data)
    except InvalidTag:
        raise BudayangError("store.cannot_open") from None


def _aes_sealer(key: bytes) -> Callable[[bytes, bytes, bytes], bytes]:
    encrypt: Callable[[bytes, bytes, bytes], bytes] = AESGCM(key).encrypt
    return encrypt


def _sm4_key(key: bytes) -> bytes:
    return HKDF(hashes.SM3(), _SM4_BYTES, None, b"budayang record SM4-GCM").derive(key)


def _sm4_seal(key: bytes, nonce: bytes, plain: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(data)
    return encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def _sm4_open(key: bytes, nonce: bytes, sealed: bytes, data: bytes) -> bytes:
    cipher, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(data)
    try:
        return decryptor.update(cipher) + decryptor.finalize()
    except InvalidTag:
        raise BudayangError("store.cannot_open") from None


_SUITES = {
    SuiteId.AES_256_GCM: Suite(SuiteId.AES_256_GCM, _aes_seal, _aes_open, "sha256", _aes_sealer),
    SuiteId.SM4_GCM: Suite(SuiteId.SM4_GCM, _sm4_seal, _sm4_open, "sm3", lambda key: partial(_sm4_seal, key)),
}
