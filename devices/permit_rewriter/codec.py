"""Frames of our own serial protocol for permit rewriters, version 1: pure bytes. Stated in docs/permit-rewriter-port.md.

A frame is ``AA 55``, length (2 bytes, of sequence, kind and data), sequence, kind, data (0 to 1024 bytes), and the
CRC-16/CCITT-FALSE of everything from the length on. Numbers are big-endian.
"""

import binascii
from dataclasses import dataclass
from enum import IntEnum

START = b"\xaa\x55"
MOST_DATA = 1024
_HEAD = 4  # start and length
_CHECK = 2


class Kind(IntEnum):
    """What a frame is; an answer has its command's kind with the highest bit set."""

    HELLO = 0x01
    STATUS = 0x02
    ACCEPT = 0x10
    EJECT = 0x11
    RETAIN = 0x12
    READ_ID = 0x20
    READ_CHIP = 0x21
    READ_BACK = 0x22
    LOAD = 0x30
    ERASE = 0x40
    WRITE_CHIP = 0x41
    PRINT = 0x42
    ACK = 0x06
    NAK = 0x15
    WORKING = 0x16  # still at it; at least once a second


ANSWER = 0x80


class Nak(IntEnum):
    """Why a frame was not taken: the one byte of a NAK."""

    DAMAGED = 1  # sent for a frame whose check is wrong: send it again
    BUSY = 2  # another command is at work
    NOT_GREETED = 3  # the device was switched on since: say hello first
    UNKNOWN = 4  # no such command, or its data make no sense


class Result(IntEnum):
    """The first byte of an answer."""

    DONE = 0
    NO_CARD = 1
    JAMMED = 2
    FAILED = 3
    CHIP_SILENT = 4
    NO_PICTURE = 5
    WRONG_LOAD = 6  # what was loaded has not the stated length or digest
    BIN_FULL = 7
    BLOCKED = 8  # the slot is not free, or a card is inside already


@dataclass(frozen=True)
class Frame:
    """One whole frame. `data` may be personal."""

    sequence: int
    kind: int
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Frame({self.sequence}, {self.kind:#04x}, {len(self.data)} bytes)"


@dataclass(frozen=True)
class Damage:
    """Bytes that belong to no frame."""

    count: int


def encode(frame: Frame) -> bytes:
    """The bytes of a frame.

    Raises:
        ValueError: the data are longer than `MOST_DATA`.
    """
    if len(frame.data) > MOST_DATA:
        raise ValueError("too much data for one frame")
    body = bytes((frame.sequence, frame.kind)) + frame.data
    covered = len(body).to_bytes(2, "big") + body
    return START + covered + binascii.crc_hqx(covered, 0xFFFF).to_bytes(_CHECK, "big")


class FrameReader:
    """Takes bytes as they come and gives whole frames; noise is skipped and counted. Holds at most one frame."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def pending_bytes(self) -> int:
        """How many bytes of an unfinished frame are held."""
        return len(self._buffer)

    def clear(self) -> None:
        """Overwrites and forgets what is held."""
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()

    def feed(self, data: bytes) -> list[Frame | Damage]:
        """The frames that are complete now, with damage between them."""
        self._buffer += data
        found: list[Frame | Damage] = []
        while True:
            skipped = self._skip_to_start()
            if skipped:
                found.append(Damage(skipped))
            if len(self._buffer) < _HEAD:
                return found
            length = int.from_bytes(self._buffer[2:_HEAD], "big")
            if not 2 <= length <= MOST_DATA + 2:
                found.append(Damage(self._drop(len(START))))
                continue
            end = _HEAD + length
            if len(self._buffer) < end + _CHECK:
                return found
            covered = bytes(self._buffer[2:end])
            check = int.from_bytes(self._buffer[end : end + _CHECK], "big")
            if binascii.crc_hqx(covered, 0xFFFF) != check:
                found.append(Damage(self._drop(len(START))))  # a frame may begin inside what was none
                continue
            self._drop(end + _CHECK)
            found.append(Frame(covered[2], covered[3], covered[4:]))

    def resynchronise(self) -> list[Frame | Damage]:
        """The line fell silent in mid-frame: what is held is no frame, though one may begin inside it."""
        if not self._buffer:
            return []
        return [Damage(self._drop(1)), *self.feed(b"")]

    def _skip_to_start(self) -> int:
        at = self._buffer.find(START)
        if at < 0:
            at = len(self._buffer) - (1 if self._buffer.endswith(START[:1]) else 0)
        return self._drop(at)

    def _drop(self, count: int) -> int:
        self._buffer[:count] = bytes(count)
        del self._buffer[:count]
        return count
