"""Commands and replies of a smart card: pure bytes.

Source: ISO/IEC 7816-4, clauses 5 (APDU, short and extended length) and 5.6 (status bytes).
"""

from dataclasses import dataclass, replace
from enum import Enum

SHORT_LE = 256
EXTENDED_LE = 65536
LONGEST_DATA = 65535


class ApduError(Exception):
    """A reply that is none, or a command that cannot be encoded. Holds no content."""


class Sw(Enum):
    """What a reply's status says to the program; closed, anything else is `UNEXPECTED`."""

    DONE = "done"
    MORE = "more"  # 61xx: so many bytes can be fetched
    END_OF_FILE = "endOfFile"  # 6282: fewer bytes than asked for
    REFUSED = "refused"  # 6300: authentication failed
    TRIES_LEFT = "triesLeft"  # 63Cx
    WRONG_LENGTH = "wrongLength"  # 6Cxx: ask again for so many
    NOT_AUTHORISED = "notAuthorised"  # 6982
    BLOCKED = "blocked"  # 6983: the counter of tries is at zero
    NOT_FOUND = "notFound"  # 6A82, 6A83: file or record
    UNSUPPORTED = "unsupported"  # 6A81, 6A86, 6D00, 6E00, 6700
    SECURED_WRONG = "securedWrong"  # 6987, 6988: secure messaging
    UNEXPECTED = "unexpected"


_EXACT = {
    0x9000: Sw.DONE,
    0x6282: Sw.END_OF_FILE,
    0x6300: Sw.REFUSED,
    0x6982: Sw.NOT_AUTHORISED,
    0x6983: Sw.BLOCKED,
    0x6987: Sw.SECURED_WRONG,
    0x6988: Sw.SECURED_WRONG,
    0x6A81: Sw.UNSUPPORTED,
    0x6A82: Sw.NOT_FOUND,
    0x6A83: Sw.NOT_FOUND,
    0x6A86: Sw.UNSUPPORTED,
    0x6700: Sw.UNSUPPORTED,
    0x6D00: Sw.UNSUPPORTED,
    0x6E00: Sw.UNSUPPORTED,
}
_BY_FIRST_BYTE = {0x61: Sw.MORE, 0x6C: Sw.WRONG_LENGTH}


@dataclass(frozen=True, repr=False)
class CommandApdu:
    """One command. `le`: how many bytes are expected at most, 1 to 65536, ``None`` for none."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    def __repr__(self) -> str:
        return f"CommandApdu({self.cla:02X} {self.ins:02X} {self.p1:02X} {self.p2:02X}, {len(self.data)} bytes)"

    @property
    def header(self) -> bytes:
        """CLA INS P1 P2."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def with_le(self, le: int) -> "CommandApdu":
        """The same command that expects `le` bytes."""
        return replace(self, le=le)

    def encode(self) -> bytes:
        """Returns the bytes; extended length only where short does not do.

        Raises:
            ApduError: the data or `le` is too long, or `le` below 1.
        """
        count, le = len(self.data), self.le
        if count > LONGEST_DATA or (le is not None and not 1 <= le <= EXTENDED_LE):
            raise ApduError("length out of range")
        if count <= 255 and (le is None or le <= SHORT_LE):
            body = bytes((count,)) + self.data if count else b""
            return self.header + body + (bytes((le & 0xFF,)) if le is not None else b"")
        body = b"\x00" + count.to_bytes(2, "big") + self.data if count else b""
        if le is None:
            return self.header + body
        return self.header + (body or b"\x00") + (le & 0xFFFF).to_bytes(2, "big")


@dataclass(frozen=True, repr=False)
class ResponseApdu:
    """One reply. `data` may be personal."""

    data: bytes
    sw: int

    def __repr__(self) -> str:
        return f"ResponseApdu({len(self.data)} bytes, {self.sw:04X})"

    @property
    def meaning(self) -> Sw:
        """What the status says."""
        if 0x63C0 <= self.sw <= 0x63CF:
            return Sw.TRIES_LEFT
        return _EXACT.get(self.sw) or _BY_FIRST_BYTE.get(self.sw >> 8, Sw.UNEXPECTED)

    @property
    def tries_left(self) -> int | None:
        """The x of 63Cx, 0 when blocked, ``None`` when the status does not tell."""
        if self.meaning is Sw.TRIES_LEFT:
            return self.sw & 0x0F
        return 0 if self.meaning is Sw.BLOCKED else None


def decode_response(raw: bytes) -> ResponseApdu:
    """Splits a reply into data and status.

    Raises:
        ApduError: shorter than two bytes.
    """
    if len(raw) < 2:
        raise ApduError("reply without status")
    return ResponseApdu(raw[:-2], int.from_bytes(raw[-2:], "big"))
