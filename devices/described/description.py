"""What a description file says, once it was read and found whole; shapes only, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Effects = Mapping[str, str]
"""What a value means: status key -> word, e.g. ``{"doors.front": "open"}``. ``@name`` in a key is that argument's value."""

NOTHING: Effects = MappingProxyType({})


@dataclass(frozen=True)
class LineSettings:
    """The serial line."""

    baud_rate: int = 9600
    data_bits: int = 8
    parity: str = "none"
    stop_bits: int = 1
    flow_control: str = "none"


@dataclass(frozen=True)
class Length:
    """A length part of `size` bytes (characters in the hex form): the bytes of the parts that it `counts`."""

    size: int
    counts: tuple[str, ...]
    is_big: bool = True
    is_hex: bool = False


@dataclass(frozen=True)
class Check:
    """A check part; `kind` is a name of `check_codec.KINDS`."""

    kind: str
    covers: tuple[str, ...]
    is_big: bool = True
    is_hex: bool = False


@dataclass(frozen=True)
class Escape:
    """Between start and end each byte of `escaped` (the marker too) is sent as marker and the byte XOR `flip`."""

    marker: int
    escaped: frozenset[int]
    flip: int = 0


@dataclass(frozen=True)
class Shape:
    """The frame of one direction. `layout` holds each part once, in order; `longest` bounds the data."""

    layout: tuple[str, ...]
    start: bytes = b""
    address: bytes = b""
    end: bytes = b""
    code_size: int = 1
    length: Length | None = None
    check: Check | None = None
    escape: Escape | None = None
    longest: int = 256


@dataclass(frozen=True)
class Field:
    """One field of a frame's data.

    Attributes:
        kind: number | digits | hex | bcd | constant | skip | text | raw.
        size: bytes on the wire; of `raw` the most.
        words: in requests, an argument's word -> value; empty: the number itself.
        bits: in replies, (mask, meaning when all its bits are set, meaning otherwise).
        values, other: in replies, what a value means, and any other one.
    """

    name: str
    kind: str
    size: int
    is_big: bool = True
    constant: bytes = b""
    low: int = 0
    high: int = 0
    words: Mapping[str, int] = field(default_factory=dict)
    bits: tuple[tuple[int, Effects, Effects], ...] = ()
    values: Mapping[int, Effects] = field(default_factory=dict)
    other: Effects = field(default_factory=dict)


@dataclass(frozen=True)
class Packet:
    """A code and the fields of its data."""

    name: str
    code: bytes
    fields: tuple[Field, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of its data; of a `raw` field the most."""
        return sum(field.size for field in self.fields)


@dataclass(frozen=True)
class Exchange:
    """A command or a poll: what is sent, what comes back, how long that takes.

    Attributes:
        reply: ``None`` for a command that is not answered.
        reply_s: from the end of sending to the whole reply.
        is_repeatable: may be sent again when no whole reply came; a card must not be given out twice.
        until: the command is done when the polls say this, within `within_s`; empty: when it is answered.
        every_s: of a poll: at most so often.
    """

    request: Packet
    reply: Packet | None
    reply_s: float = 0.3
    is_repeatable: bool = False
    until: Effects = field(default_factory=dict)
    within_s: float = 5.0
    every_s: float = 0.25


@dataclass(frozen=True)
class Handshake:
    """Single byte sequences around a frame: the device takes (`ack`) or refuses (`nak`) it, `enquiry` fetches the reply."""

    ack: bytes
    nak: bytes = b""
    enquiry: bytes = b""


@dataclass(frozen=True)
class Description:
    """The whole file."""

    device: str
    model: str
    line: LineSettings
    request: Shape
    reply: Shape
    commands: Mapping[str, Exchange]
    polls: Mapping[str, Exchange]
    events: tuple[Packet, ...] = ()
    refusals: tuple[Packet, ...] = ()
    handshake: Handshake | None = None
    gap_s: float = 0.1
    parts: tuple[str, ...] = ()

    def widths(self) -> dict[bytes, int]:
        """Data bytes by code of every frame that the device may send."""
        return {packet.code: packet.size for packet in self.packets()}

    def packets(self) -> list[Packet]:
        """Every frame that the device may send."""
        replies = [x.reply for x in (*self.commands.values(), *self.polls.values()) if x.reply is not None]
        return [*replies, *self.events, *self.refusals]
