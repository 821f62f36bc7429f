"""The staff's PIN as the configuration keeps it: scrypt (RFC 7914), ``scrypt$N$r$p$salt$hash`` with base64 of salt and hash.

Six digits can be guessed by whoever has the file and time; it is for the front of a locked cabinet, where tries are few and slow.
"""

import base64
import binascii
import re

PIN = re.compile(r"[0-9]{6,12}")
HASH = r"scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/=]{22,64})\$([A-Za-z0-9+/=]{40,64})"
_N, _R, _P = 1 << 15, 8, 1
_SALT_BYTES, _HASH_BYTES = 16, 32
_MOST_MEMORY = 256 << 20


def hash_pin(pin: str, salt: bytes) -> str:
    """What the configuration holds.

    Raises:
        ValueError: `pin` is not 6 to 12 digits, or `salt` not 16 bytes.
    """
    if not PIN.fullmatch(pin) or len(salt) != _SALT_BYTES:
        raise ValueError("a PIN has 6 to 12 digits, a salt 16 bytes")
    derived = _derive(pin, salt, _N, _R, _P)
    return f"scrypt${_N}${_R}${_P}${_text(salt)}${_text(derived)}"


def is_pin(pin: str, kept: str) -> bool:
    """Whether `pin` is the one of which `kept` was made; False for what is no such text. Takes about 0.1 s."""
    import hmac  # as below

    match = re.fullmatch(HASH, kept)
    if match is None or not PIN.fullmatch(pin):
        return False
    n, r, p = (int(match[number]) for number in (1, 2, 3))
    try:
        salt, wanted = base64.b64decode(match[4], validate=True), base64.b64decode(match[5], validate=True)
        found = _derive(pin, salt, n, r, p)
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(found, wanted)


def _derive(pin: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    import hashlib  # brings libcrypto along, which the terminal's own process has no use for

    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY, dklen=_HASH_BYTES)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
