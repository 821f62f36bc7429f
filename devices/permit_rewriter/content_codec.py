"""What the frames of the serial protocol carry: pure bytes, both directions. Stated in docs/permit-rewriter-port.md."""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

from devices.permit_rewriter.types import Back
from devices.status import Media

PROTOCOL_VERSION = 1
DIGEST_BYTES = 32

_GREETING = struct.Struct(">BIHHH")
_LOAD = struct.Struct(">BI")
_MEDIA = {0: Media.NOT_PRESENT, 1: Media.ENTERING, 2: Media.LATCHED, 3: Media.JAMMED}
_PRESENTED = 4
_BACKS = {0: Back.BLANK, 1: Back.PRINTED, 2: Back.UNREADABLE}


class Load(IntEnum):
    """The device's two buffers."""

    CHIP = 1
    RASTER = 2


class Trouble(IntFlag):
    """The second byte of a status: what does not work."""

    ERASER = 0x01
    PRINTER = 0x02
    CHIP = 0x04
    CAMERA = 0x08
    BIN_HIGH = 0x10
    BIN_FULL = 0x20


@dataclass(frozen=True)
class Greeting:
    """The answer to HELLO. `starts` counts how often the device was switched on."""

    version: int
    starts: int
    most_width: int
    most_height: int
    most_chip_bytes: int
    model: str


@dataclass(frozen=True)
class State:
    """The answer to STATUS. `is_presented`: the card in the slot is one that the device gave out; nobody put it there since."""

    media: Media
    trouble: Trouble
    is_presented: bool = False


@dataclass(frozen=True)
class ChipPiece:
    """A part of the endorsement file, which is `total` bytes long."""

    total: int
    data: bytes

    def __repr__(self) -> str:
        return f"ChipPiece({len(self.data)} of {self.total} bytes)"


def encode_greeting(greeting: Greeting) -> bytes:
    """`model` loses what is not ASCII."""
    sizes = (greeting.most_width, greeting.most_height, greeting.most_chip_bytes)
    return _GREETING.pack(greeting.version, greeting.starts, *sizes) + greeting.model.encode("ascii", "replace")


def decode_greeting(data: bytes) -> Greeting | None:
    """``None`` for what is no greeting."""
    if len(data) < _GREETING.size:
        return None
    version, starts, width, height, chip = _GREETING.unpack_from(data)
    model = data[_GREETING.size :].decode("ascii", "replace")
    return Greeting(version, starts, width, height, chip, model if model.isprintable() else "")


def encode_state(state: State) -> bytes:
    """`state.media` is one that the protocol has a code for."""
    code = next(code for code, media in _MEDIA.items() if media is state.media)
    return bytes((_PRESENTED if state.is_presented else code, state.trouble))


def decode_state(data: bytes) -> State | None:
    """``None`` for what is no state; a media code that is not known is `unknown`."""
    if len(data) != 2:
        return None
    trouble = Trouble(data[1] & 0x3F)
    if data[0] == _PRESENTED:
        return State(Media.ENTERING, trouble, is_presented=True)
    return State(_MEDIA.get(data[0], Media.UNKNOWN), trouble)


def decode_chip_id(data: bytes) -> bytes | None:
    """``None`` unless 4 to 16 bytes."""
    return data if 4 <= len(data) <= 16 else None


def encode_chip_wish(offset: int, is_fresh: bool) -> bytes:
    """Which part of the chip is wanted; `is_fresh` has the device read it anew."""
    return offset.to_bytes(2, "big") + bytes((is_fresh,))


def decode_chip_wish(data: bytes) -> tuple[int, bool] | None:
    """Offset and `is_fresh`; ``None`` for anything else."""
    if len(data) != 3:
        return None
    return int.from_bytes(data[:2], "big"), data[2] != 0


def encode_chip_piece(piece: ChipPiece) -> bytes:
    """A part of the chip's file, with the whole file's length."""
    return piece.total.to_bytes(2, "big") + piece.data


def decode_chip_piece(data: bytes) -> ChipPiece | None:
    """``None`` for what has not even a length."""
    if len(data) < 2:
        return None
    return ChipPiece(int.from_bytes(data[:2], "big"), data[2:])


def encode_back(back: Back, digest: bytes = b"") -> bytes:
    """`digest` of a printed back only."""
    return bytes((next(code for code, word in _BACKS.items() if word is back),)) + digest


def decode_back(data: bytes) -> tuple[Back, bytes] | None:
    """The word and, of a printed back, its digest; ``None`` for anything else."""
    back = _BACKS.get(data[0]) if data else None
    wanted = DIGEST_BYTES if back is Back.PRINTED else 0
    if back is None or len(data) != 1 + wanted:
        return None
    return back, data[1:]


def encode_load(load: Load, offset: int, piece: bytes) -> bytes:
    """A piece of what a step will take; see `LOAD_PIECE`."""
    return _LOAD.pack(load, offset) + piece


def decode_load(data: bytes) -> tuple[Load, int, bytes] | None:
    """What, from where, and the piece; ``None`` for anything else, also for no piece."""
    if len(data) <= _LOAD.size:
        return None
    which, offset = _LOAD.unpack_from(data)
    if which not in (Load.CHIP, Load.RASTER):
        return None
    return Load(which), offset, data[_LOAD.size :]


LOAD_PIECE = 1000
"""Bytes of content in one LOAD."""


def encode_write(length: int, digest: bytes) -> bytes:
    """Begins the chip's write of what was loaded: its length and digest."""
    return length.to_bytes(2, "big") + digest


def decode_write(data: bytes) -> tuple[int, bytes] | None:
    """Length and digest; ``None`` for anything else."""
    if len(data) != 2 + DIGEST_BYTES:
        return None
    return int.from_bytes(data[:2], "big"), data[2:]


def encode_print(width: int, height: int, digest: bytes) -> bytes:
    """Begins the print of what was loaded: its size in dots and its digest."""
    return width.to_bytes(2, "big") + height.to_bytes(2, "big") + digest


def decode_print(data: bytes) -> tuple[int, int, bytes] | None:
    """Width, height and digest; ``None`` for anything else."""
    if len(data) != 4 + DIGEST_BYTES:
        return None
    return int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big"), data[4:]
