"""The EF01 packets of ZFM and Synochip fingerprint modules as pure bytes.

Source: ZhianTec ZFM-20 Series User Manual, chapters 4 and 5 (data package format, module instruction set), the same as Synochip's
AS60x: header EF01, address (4), identifier (1), length of what follows (2), content, sum of identifier, length and content (2).
"""

from dataclasses import dataclass
from enum import Enum, IntEnum

_HEADER = b"\xef\x01"
_HEAD_BYTES = 9
_CHECK_BYTES = 2
MOST_CONTENT = 256


class Kind(IntEnum):
    """Package identifier."""

    COMMAND = 0x01
    DATA = 0x02
    ACKNOWLEDGE = 0x07
    END_OF_DATA = 0x08


class Instruction(IntEnum):
    """Those that this driver uses; none of them touches the sensor's library of stored fingers."""

    GET_IMAGE = 0x01
    IMAGE_TO_FEATURES = 0x02
    MATCH = 0x03
    COMBINE = 0x05
    UPLOAD = 0x08
    DOWNLOAD = 0x09
    VERIFY_PASSWORD = 0x13
    READ_PARAMETERS = 0x0F


class Confirmation(IntEnum):
    """What the module answers; a code that is not here becomes `OTHER`."""

    OK = 0x00
    RECEIVE_ERROR = 0x01
    NO_FINGER = 0x02
    IMAGE_FAILED = 0x03
    DISORDERLY = 0x06  # wet, dirty
    TOO_FEW_FEATURES = 0x07  # too small a part, too dry
    NO_MATCH = 0x08
    COMBINE_FAILED = 0x0A  # the two presses are not of one finger
    UPLOAD_FAILED = 0x0D
    DOWNLOAD_FAILED = 0x0E
    WRONG_PASSWORD = 0x13
    NO_IMAGE = 0x15
    PASSWORD_NEEDED = 0x21
    OTHER = 0x100


class Damage(Enum):
    """Bytes that are no packet."""

    NOISE = "noise"
    CHECK = "check"
    LENGTH = "length"
    KIND = "kind"


@dataclass(frozen=True, repr=False)
class Packet:
    """One packet; its content may be a piece of a template."""

    kind: Kind
    content: bytes


@dataclass(frozen=True, repr=False)
class Answer:
    """What an acknowledge packet says."""

    confirmation: Confirmation
    data: bytes


@dataclass(frozen=True)
class Parameters:
    """The module's own: `content_bytes` of a data packet (32 to 256), the security level 1-5."""

    content_bytes: int
    security_level: int


def encode_packet(address: bytes, kind: Kind, content: bytes) -> bytes:
    """A packet. Raises ValueError for an address that is not of 4 bytes or content that does not fit."""
    if len(address) != 4 or not 1 <= len(content) <= MOST_CONTENT:
        raise ValueError("an address of 4 bytes and content of 1 to 256")
    body = bytes((kind,)) + (len(content) + _CHECK_BYTES).to_bytes(2, "big") + content
    return _HEADER + address + body + (sum(body) & 0xFFFF).to_bytes(2, "big")


def encode_data(address: bytes, data: bytes, content_bytes: int) -> bytes:
    """Data as packets of `content_bytes`, the last one marked. Raises ValueError as `encode_packet` does."""
    places = range(0, len(data), content_bytes)
    return b"".join(
        encode_packet(
            address,
            Kind.END_OF_DATA if place + content_bytes >= len(data) else Kind.DATA,
            data[place : place + content_bytes],
        )
        for place in places
    )


def parse_answer(content: bytes) -> Answer:
    """An acknowledge packet's content (never empty)."""
    code = content[0]
    known = code in Confirmation.__members__.values()
    return Answer(Confirmation(code) if known else Confirmation.OTHER, content[1:])


def parse_parameters(data: bytes) -> Parameters | None:
    """The 16 bytes of `READ_PARAMETERS`; ``None`` when they cannot be right."""
    if len(data) != 16:
        return None
    size = int.from_bytes(data[12:14], "big")
    return Parameters(32 << size, int.from_bytes(data[6:8], "big")) if size <= 3 else None


class PacketReader:
    """Cuts the stream into packets; holds at most one unfinished one, and overwrites what it has given out.

    Args:
        address: packets of another module are noise.
    """

    def __init__(self, address: bytes) -> None:
        self._head = _HEADER + address
        self._pending = bytearray()

    @property
    def pending_bytes(self) -> int:
        """How much of an unfinished packet is held."""
        return len(self._pending)

    def clear(self) -> None:
        """Overwrites what is held."""
        self._drop(len(self._pending))

    def feed(self, data: bytes | bytearray) -> list[Packet | Damage]:
        """The packets that these bytes end, in order; damage where bytes were passed over."""
        self._pending += data
        found: list[Packet | Damage] = []
        while (one := self._next()) is not None:
            found.append(one)
        return found

    def _next(self) -> Packet | Damage | None:
        at = self._place()
        if at:
            self._drop(at)
            return Damage.NOISE
        if len(self._pending) < _HEAD_BYTES:
            return None
        length = int.from_bytes(self._pending[7:9], "big")
        if not _CHECK_BYTES < length <= MOST_CONTENT + _CHECK_BYTES:
            self._drop(len(_HEADER))
            return Damage.LENGTH
        end = _HEAD_BYTES + length
        if len(self._pending) < end:
            return None
        body = bytes(self._pending[6 : end - _CHECK_BYTES])
        if sum(body) & 0xFFFF != int.from_bytes(self._pending[end - _CHECK_BYTES : end], "big"):
            self._drop(len(_HEADER))
            return Damage.CHECK
        self._drop(end)
        return Packet(Kind(body[0]), body[3:]) if body[0] in Kind.__members__.values() else Damage.KIND

    def _place(self) -> int:
        """How many bytes lie before what can be a packet's beginning."""
        at = self._pending.find(self._head)
        if at >= 0:
            return at
        size = len(self._pending)
        keep = next(
            (n for n in range(min(size, len(self._head)), 0, -1) if self._head.startswith(self._pending[-n:])), 0
        )
        return size - keep

    def _drop(self, count: int) -> None:
        self._pending[:count] = bytes(count)
        del self._pending[:count]
