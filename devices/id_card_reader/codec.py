"""The serial frames of the SAM-V module of second-generation ID-card readers: pure bytes.

Source: known from practice (several public implementations agree; the police standard GA 450 is not public). A reader
whose frames differ from the literal ones in ``tests/devices/id_card_reader/test_codec.py`` would prove it wrong::

    request  AA AA AA 96 69 | LenHi LenLo | CMD PARA DATA(n)    | CHK
    reply    AA AA AA 96 69 | LenHi LenLo | SW1 SW2 SW3 DATA(n) | CHK

Len counts the bytes after the length field, big-endian; CHK is the XOR of every byte from LenHi to the one before CHK.
"""

from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
HEADER_BYTES = len(PREAMBLE) + 2
SHORTEST_LENGTH = 4
"""SW1 SW2 SW3 CHK."""
LONGEST_LENGTH = 0x090A
"""Text, photo and 1024 bytes of fingerprint: 2321 bytes in all."""
TEXT_BYTES = 256


class Request(bytes, Enum):
    """The commands that the driver sends: CMD PARA."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    MODULE_ID = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"


class Damage(Enum):
    """Why something that began like a frame was none."""

    LENGTH = "length"
    CHECKSUM = "checksum"


class Reply:
    """One reply of the module.

    Attributes:
        sw1, sw2: the card's own status.
        sw3: the status that decides.
        data: 0 to 2310 bytes; may hold a citizen's data, so there is no repr of it. `erase` overwrites it.
    """

    __slots__ = ("data", "sw1", "sw2", "sw3")

    def __init__(self, sw1: int, sw2: int, sw3: int, data: bytearray) -> None:
        self.sw1 = sw1
        self.sw2 = sw2
        self.sw3 = sw3
        self.data = data

    def __repr__(self) -> str:
        return f"Reply({self.sw1:02X} {self.sw2:02X} {self.sw3:02X}, {len(self.data)} bytes)"

    def erase(self) -> None:
        """Overwrites the data with zeros and drops it."""
        self.data[:] = bytes(len(self.data))
        self.data.clear()


def checksum(body: bytes | bytearray | memoryview) -> int:
    """XOR of all bytes, 0 to 255."""
    return reduce(xor, body, 0)


def encode_request(request: Request, data: bytes = b"") -> bytes:
    """Returns the full frame of a request."""
    body = (len(request.value) + len(data) + 1).to_bytes(2, "big") + request.value + data
    return PREAMBLE + body + bytes((checksum(body),))


class ReplyReader:
    """Finds replies in a stream that may hold noise; length-driven, bounded, never blocks for good.

    Policy: bytes before a preamble are dropped. A length out of range or a wrong checksum is told as `Damage`, then
    the search goes on one byte further, so that a frame which lies within is still found. A false head with a
    plausible length would wait for bytes that never come: the driver then calls `resynchronise` at its deadline.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Reply | Damage]:
        """Takes bytes as they come, returns what is complete now, in order."""
        self._buffer += data
        return self._scan()

    def resynchronise(self) -> list[Reply | Damage]:
        """Gives up the frame that is waited for and looks behind its preamble. Empty when nothing was waited for."""
        self._drop(1)
        return self._scan()

    @property
    def pending_bytes(self) -> int:
        """Bytes held of an unfinished frame; never more than the longest frame."""
        return len(self._buffer)

    @property
    def missing_bytes(self) -> int:
        """How many bytes the unfinished frame still needs at least; 0 when none has begun."""
        if not self._buffer:
            return 0
        if len(self._buffer) < HEADER_BYTES:
            return HEADER_BYTES + SHORTEST_LENGTH - len(self._buffer)
        return HEADER_BYTES + self._length() - len(self._buffer)

    def clear(self) -> None:
        """Overwrites and forgets what is held."""
        self._drop(len(self._buffer))

    def _length(self) -> int:
        return int.from_bytes(self._buffer[len(PREAMBLE) : HEADER_BYTES], "big")

    def _drop(self, count: int) -> None:
        # a bytearray's tail stays in memory after `del`: overwrite all, then put the rest back
        rest = self._buffer[count:]
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()
        self._buffer += rest
        rest[:] = bytes(len(rest))

    def _seek(self) -> None:
        """Drops what cannot be the beginning of a frame."""
        at = self._buffer.find(PREAMBLE)
        if at < 0:
            # the tail may be the first bytes of a preamble
            keep = next((n for n in range(len(PREAMBLE) - 1, 0, -1) if self._buffer.endswith(PREAMBLE[:n])), 0)
            at = len(self._buffer) - keep
        if at:
            self._drop(at)

    def _scan(self) -> list[Reply | Damage]:
        found: list[Reply | Damage] = []
        while True:
            self._seek()
            if len(self._buffer) < HEADER_BYTES:
                return found
            length = self._length()
            if not SHORTEST_LENGTH <= length <= LONGEST_LENGTH:
                found.append(Damage.LENGTH)
                self._drop(1)
                continue
            end = HEADER_BYTES + length
            if len(self._buffer) < end:
                return found
            with memoryview(self._buffer) as view:
                is_whole = checksum(view[len(PREAMBLE) : end]) == 0
            if not is_whole:
                found.append(Damage.CHECKSUM)
                self._drop(1)
                continue
            start = HEADER_BYTES
            sw1, sw2, sw3 = self._buffer[start : start + 3]
            found.append(Reply(sw1, sw2, sw3, self._buffer[start + 3 : end - 1]))
            self._drop(end)


def text_block(data: bytes | bytearray) -> bytearray | None:
    """Takes the 256 bytes of text out of the data of a read reply; photo and fingerprint are not copied.

    Returns ``None`` when the reply's length words do not fit the data.
    """
    places = _places(data)
    return None if places is None else bytearray(data[places[0]])


def photo_block(data: bytes | bytearray) -> bytearray | None:
    """Takes the photo out of the data of a read reply; ``None`` when there is none or the words do not fit the data."""
    places = _places(data)
    return None if places is None else bytearray(data[places[1]]) or None


def _places(data: bytes | bytearray) -> tuple[slice, slice] | None:
    """Where text and photo lie, by the reply's own length words.

    Both forms are accepted for 30 01 and 30 10: ``textLen photoLen text photo`` and the one with the length of the
    fingerprint as third word (some modules send it on 30 01 too: 1297 bytes in all).
    """
    if len(data) < 4:
        return None
    text = int.from_bytes(data[0:2], "big")
    photo = int.from_bytes(data[2:4], "big")
    rest = len(data) - 4 - text - photo
    if text != TEXT_BYTES or rest < 0:
        return None
    if rest == 0:
        start = 4
    elif rest >= 2 and int.from_bytes(data[4:6], "big") == rest - 2:
        start = 6
    else:
        return None
    return slice(start, start + text), slice(start + text, start + text + photo)


def module_id(data: bytes | bytearray) -> str | None:
    """Formats the 16 bytes of a 12 FF reply as ``05.01-YYYYMMDD-nnnnnnnnn-nnnnnnnnn``; ``None`` for another length."""
    if len(data) != 16:
        return None
    words = (int.from_bytes(data[a:b], "little") for a, b in ((0, 2), (2, 4), (4, 8), (8, 12), (12, 16)))
    kind, version, date, first, second = words
    return f"{kind:02d}.{version:02d}-{date:08d}-{first:09d}-{second:09d}"
