"""TPM 2.0 commands and answers as bytes. Pure.

Source: TCG, Trusted Platform Module Library, Part 1 (architecture: 11.4.10 KDFs, 19.6 sessions, 21 parameter encryption),
Part 2 (structures) and Part 3 (commands), revision 1.59. Only what sealing a key under the storage root wants is here:
an elliptic-curve P-256 primary key, one sealed object, salted sessions that encrypt the key on the wire to the chip.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from enum import IntEnum

HEADER_BYTES = 10
LARGEST_ANSWER = 4096
DIGEST_BYTES = 32
OWNER = 0x40000001
NOBODY = 0x40000007
PASSWORD_SESSION = 0x40000009
SESSION_CONTINUES = 0x01
SESSION_DECRYPTS = 0x20
"""The chip decrypts the command's first parameter."""
SESSION_ENCRYPTS = 0x40
"""The chip encrypts the answer's first parameter."""

_PLAIN, _WITH_SESSIONS = 0x8001, 0x8002
_SHA256, _AES, _CFB, _NULL, _ECC, _KEYED_HASH, _P256 = 0x000B, 0x0006, 0x0043, 0x0010, 0x0023, 0x0008, 0x0003
_PCR_BYTES = 3
_MOST_PCRS_A_READING = 8

# fixedTPM, fixedParent, noDA; for the primary also sensitiveDataOrigin, userWithAuth, restricted, decrypt
_SEALED_ATTRIBUTES = 0x00000412
_USER_WITH_AUTH = 0x00000040
_PRIMARY_ATTRIBUTES = 0x00030472


class Command(IntEnum):
    """TPM_CC."""

    CREATE_PRIMARY = 0x131
    STARTUP = 0x144
    CREATE = 0x153
    LOAD = 0x157
    UNSEAL = 0x15E
    FLUSH_CONTEXT = 0x165
    START_AUTH_SESSION = 0x176
    PCR_READ = 0x17E
    POLICY_PCR = 0x17F


class TpmAnswerError(Exception):
    """The chip refused, with its TPM_RC; or, with 0, answered what cannot be understood."""

    def __init__(self, code: int) -> None:
        super().__init__(f"TPM_RC 0x{code:x}")
        self.code = code

    @property
    def is_passing(self) -> bool:
        """TPM_RC_RETRY, TESTING, YIELDED: the same command may be sent again."""
        return self.code in {0x922, 0x90A, 0x908}

    @property
    def is_other_state(self) -> bool:
        """TPM_RC_POLICY_FAIL or PCR_CHANGED: the machine did not start as it did when the key was sealed."""
        return self.code & 0xBF == 0x9D or self.code == 0x128


class Reader:
    """Takes an answer apart; raises TpmAnswerError(0) at a torn one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        piece = self._data[self._at : self._at + count]
        if len(piece) < count:
            raise TpmAnswerError(0)
        self._at += count
        return piece

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")

    def sized(self) -> bytes:
        """A TPM2B: two bytes of length, then so many."""
        return self.take(self.number(2))

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)


def sized(data: bytes) -> bytes:
    """As a TPM2B."""
    return struct.pack(">H", len(data)) + data


def command(code: Command, handles: bytes = b"", parameters: bytes = b"", authorization: bytes = b"") -> bytes:
    """One command; `authorization` is a session's area without its length, empty for none."""
    body = handles
    if authorization:
        body += struct.pack(">I", len(authorization)) + authorization
    body += parameters
    tag = _WITH_SESSIONS if authorization else _PLAIN
    return struct.pack(">HII", tag, HEADER_BYTES + len(body), code) + body


def password_area() -> bytes:
    """An authorisation by the empty password."""
    return struct.pack(">I", PASSWORD_SESSION) + sized(b"") + bytes([SESSION_CONTINUES]) + sized(b"")


def session_area(handle: int, nonce: bytes, attributes: int, mac: bytes) -> bytes:
    """An authorisation by a session."""
    return struct.pack(">I", handle) + sized(nonce) + bytes([attributes]) + sized(mac)


def answer_length(header: bytes) -> int:
    """The whole length that an answer's first ten bytes tell. Raises TpmAnswerError(0)."""
    if len(header) < HEADER_BYTES:
        raise TpmAnswerError(0)
    length = int.from_bytes(header[2:6], "big")
    if not HEADER_BYTES <= length <= LARGEST_ANSWER:
        raise TpmAnswerError(0)
    return length


def answer(data: bytes) -> Reader:
    """What comes after the header. Raises TpmAnswerError with the chip's code."""
    if answer_length(data) != len(data):
        raise TpmAnswerError(0)
    code = int.from_bytes(data[6:10], "big")
    if code:
        raise TpmAnswerError(code)
    return Reader(data[HEADER_BYTES:])


def startup() -> bytes:
    """TPM2_Startup(CLEAR): firmware or kernel has sent it already, on an ordinary machine."""
    return command(Command.STARTUP, parameters=struct.pack(">H", 0))


def flush_context(handle: int) -> bytes:
    """Frees a key or session in the chip."""
    return command(Command.FLUSH_CONTEXT, parameters=struct.pack(">I", handle))


def create_primary() -> bytes:
    """The storage key of the owner's hierarchy, by the TCG's ECC P-256 storage template: the same key each time."""
    public = struct.pack(">HHI", _ECC, _SHA256, _PRIMARY_ATTRIBUTES) + sized(b"")
    public += struct.pack(">HHH", _AES, 128, _CFB) + struct.pack(">HHH", _NULL, _P256, _NULL)
    public += sized(bytes(32)) + sized(bytes(32))
    sensitive = sized(sized(b"") + sized(b""))
    return command(
        Command.CREATE_PRIMARY,
        struct.pack(">I", OWNER),
        sensitive + sized(public) + sized(b"") + struct.pack(">I", 0),
        password_area(),
    )


@dataclass(frozen=True)
class Primary:
    """A loaded primary key: its handle, name, and the two coordinates of its public point."""

    handle: int
    name: bytes
    x: bytes
    y: bytes


def primary_of(data: bytes) -> Primary:
    """From the answer to `create_primary`."""
    reader = answer(data)
    handle = reader.number(4)
    reader.number(4)
    public = reader.sized()
    parts = Reader(public)
    parts.take(8)
    parts.sized()
    parts.take(12)
    return Primary(handle, name_of(public), parts.sized(), parts.sized())


def name_of(public: bytes) -> bytes:
    """An object's name: its hash algorithm and the hash of its public area."""
    return struct.pack(">H", _SHA256) + hashlib.sha256(public).digest()


def sealed_template(policy: bytes) -> bytes:
    """TPM2B_PUBLIC of the object to be sealed; an empty `policy` means whoever holds the blob on this chip."""
    attributes = _SEALED_ATTRIBUTES if policy else _SEALED_ATTRIBUTES | _USER_WITH_AUTH
    return sized(
        struct.pack(">HHI", _KEYED_HASH, _SHA256, attributes) + sized(policy) + struct.pack(">H", _NULL) + sized(b"")
    )


def start_session(key: int, nonce: bytes, x: bytes, y: bytes, *, is_policy: bool) -> bytes:
    """A salted session: `x`, `y` is our half of the exchange with the key."""
    return command(
        Command.START_AUTH_SESSION,
        struct.pack(">II", key, NOBODY),
        sized(nonce) + sized(sized(x) + sized(y)) + struct.pack(">BHHHH", int(is_policy), _AES, 128, _CFB, _SHA256),
    )


def pcr_selection(pcrs: tuple[int, ...]) -> bytes:
    """TPML_PCR_SELECTION of the SHA-256 bank."""
    bits = sum(1 << pcr for pcr in pcrs)
    return struct.pack(">IHB", 1, _SHA256, _PCR_BYTES) + bits.to_bytes(_PCR_BYTES, "little")


def pcr_readings(pcrs: tuple[int, ...]) -> list[bytes]:
    """Commands that read all of them, in ascending order; each answers at most eight values."""
    ordered = sorted(pcrs)
    steps = range(0, len(ordered), _MOST_PCRS_A_READING)
    return [
        command(Command.PCR_READ, parameters=pcr_selection(tuple(ordered[at : at + _MOST_PCRS_A_READING])))
        for at in steps
    ]


def pcr_values(data: bytes) -> list[bytes]:
    """From an answer to one of `pcr_readings`."""
    reader = answer(data)
    reader.number(4)
    for _ in range(reader.number(4)):
        reader.take(2)
        reader.take(reader.number(1))
    return [reader.sized() for _ in range(reader.number(4))]


def pcr_policy(pcrs: tuple[int, ...], values: list[bytes]) -> bytes:
    """The policy digest that TPM2_PolicyPCR makes of these values."""
    digest = hashlib.sha256(b"".join(values)).digest()
    return hashlib.sha256(
        bytes(DIGEST_BYTES) + struct.pack(">I", Command.POLICY_PCR) + pcr_selection(pcrs) + digest
    ).digest()


def policy_pcr(session: int, pcrs: tuple[int, ...]) -> bytes:
    """Binds a policy session to the values that the chip has now."""
    return command(Command.POLICY_PCR, struct.pack(">I", session), sized(b"") + pcr_selection(pcrs))


def kdf_a(key: bytes, label: bytes, first: bytes, second: bytes, count: int) -> bytes:
    """KDFa of Part 1: `count` bytes from HMAC-SHA-256 in counter mode."""
    found = b""
    number = 1
    while len(found) < count:
        message = struct.pack(">I", number) + label + b"\0" + first + second + struct.pack(">I", count * 8)
        found += hmac.digest(key, message, "sha256")
        number += 1
    return found[:count]


def kdf_e(z: bytes, label: bytes, first: bytes, second: bytes) -> bytes:
    """KDFe of Part 1 for 32 bytes: one block of SHA-256."""
    return hashlib.sha256(struct.pack(">I", 1) + z + label + b"\0" + first + second).digest()
