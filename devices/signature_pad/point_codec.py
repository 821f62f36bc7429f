"""The signature port's packets as pure bytes; the port is described in docs/signature-pad-port.md.

The first byte of a packet has its top bit set, no other has; the last byte is the sum of those before it, seven bits. Numbers are
14 bits, the higher seven first.
"""

from dataclasses import dataclass
from enum import Enum


class Order(bytes, Enum):
    """What the pad can be told."""

    INFO = b"I"
    START = b"S"
    END = b"E"
    CLEAR = b"C"


@dataclass(frozen=True, repr=False)
class PenPoint:
    """The pen's place in the pad's own units; `clock_ms` runs from 0 to 16383 and over again."""

    is_down: bool
    clock_ms: int
    x: int
    y: int
    pressure: int


@dataclass(frozen=True)
class PadInfo:
    """The pad's area: greatest units, size in 0.1 mm, greatest pressure; none is zero."""

    most_x: int
    most_y: int
    width: int
    height: int
    most_pressure: int


@dataclass(frozen=True)
class Taken:
    """The pad carried out an order."""

    order: bytes


class Damage(Enum):
    """Bytes that are no packet."""

    NOISE = "noise"
    CHECK = "check"
    MEANING = "meaning"


Packet = PenPoint | PadInfo | Taken | Damage

CLOCK_MS = 1 << 14
_UP, _DOWN, _INFO, _TAKEN, _ORDER = 0x80, 0x81, 0x90, 0xA0, 0xC0
_SIZES = {_UP: 10, _DOWN: 10, _INFO: 12, _TAKEN: 3}


def encode_order(order: Order) -> bytes:
    """An order to the pad."""
    return with_check(bytes((_ORDER,)) + order.value)


def with_check(packet: bytes) -> bytes:
    """The packet and its last byte."""
    return packet + bytes((sum(packet) & 0x7F,))


def numbers(*values: int) -> bytes:
    """Each value as 14 bits. Raises ValueError for a value that does not fit."""
    if any(not 0 <= value < CLOCK_MS for value in values):
        raise ValueError("a number of 14 bits")
    return bytes(part for value in values for part in (value >> 7, value & 0x7F))


class PacketReader:
    """Cuts the stream into packets; holds at most one unfinished one."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def clear(self) -> None:
        """Overwrites what is held."""
        self._pending[:] = bytes(len(self._pending))
        self._pending.clear()

    def feed(self, data: bytes | bytearray) -> list[Packet]:
        """The packets that these bytes end, in order; a run of stray bytes is told once."""
        found: list[Packet] = []
        for byte in data:
            if byte & 0x80:
                if self._pending:
                    self._note(found, Damage.NOISE)
                self.clear()
                if byte in _SIZES:
                    self._pending.append(byte)
                else:
                    self._note(found, Damage.NOISE)
            elif not self._pending:
                self._note(found, Damage.NOISE)
            else:
                self._pending.append(byte)
                if len(self._pending) == _SIZES[self._pending[0]]:
                    found.append(_meaning(bytes(self._pending)))
                    self.clear()
        return found

    def _note(self, found: list[Packet], damage: Damage) -> None:
        if not found or found[-1] is not damage:
            found.append(damage)


def _meaning(packet: bytes) -> Packet:
    if with_check(packet[:-1]) != packet:
        return Damage.CHECK
    if packet[0] == _TAKEN:
        return Taken(packet[1:2])
    values = [high << 7 | low for high, low in zip(packet[1:-1:2], packet[2:-1:2], strict=True)]
    if packet[0] == _INFO:
        return PadInfo(*values) if all(values) else Damage.MEANING
    return PenPoint(packet[0] == _DOWN, *values)
