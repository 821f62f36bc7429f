"""The text of a recording, and what a description says of its bytes. Pure.

One line a piece: ``+1.250 > AA 55 01 10 11  # inputs`` = 1.25 s after the start the host sent these bytes. ``<`` is the
device. What follows ``#`` is for people; lines that begin with it are skipped.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from devices.described.description import Description, Packet
from devices.described.field_codec import FieldError, decode_fields
from devices.described.frame_codec import Damage, Frame, FrameReader

HEADER = (
    "# budayang 串口记录 / serial recording 1\n"
    "# 可能含有个人信息：只用样卡录制，用完删除，不要发出去。\n"
    "# May hold personal data: record with specimen cards only, delete it afterwards, do not pass it on.\n"
)
_LINE = re.compile(r"\+(\d{1,7}\.\d{1,6}) ([<>])((?: [0-9A-Fa-f]{2}){1,65536})(?:\s*#.*)?")
HOST, DEVICE = ">", "<"


@dataclass(frozen=True)
class Piece:
    """Bytes that one side sent at once. `sender` is `HOST` or `DEVICE`; `at_s` counts from the start."""

    at_s: float
    sender: str
    data: bytes

    def __repr__(self) -> str:
        return f"Piece({self.at_s}, {self.sender!r}, {len(self.data)} bytes)"


class RecordingError(ValueError):
    """A line that is none of a recording; the text is its number."""


def line_of(piece: Piece, note: str = "") -> str:
    """The line of one piece, with its end."""
    comment = f"  # {note}" if note else ""
    return f"+{piece.at_s:.3f} {piece.sender} {piece.data.hex(' ').upper()}{comment}\n"


def parse_recording(text: str) -> list[Piece]:
    """All pieces in order. Raises `RecordingError`."""
    pieces = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise RecordingError(str(number))
        pieces.append(Piece(float(found[1]), found[2], bytes.fromhex(found[3])))
    return pieces


class Decoder:
    """Tells what a description makes of the bytes of both sides, in order."""

    def __init__(self, description: Description) -> None:
        exchanges = [*description.polls.values(), *description.commands.values()]
        self._packets = {HOST: [x.request for x in exchanges], DEVICE: description.packets()}
        self._readers = {
            HOST: FrameReader(description.request, {x.request.code: x.request.size for x in exchanges}),
            DEVICE: FrameReader(description.reply, description.widths()),
        }

    def note(self, piece: Piece) -> str:
        """The frames that end within `piece`, e.g. ``inputs: inputs=3 fault=0``; ``?`` for bytes that are no frame."""
        found = self._readers[piece.sender].feed(piece.data)
        return "; ".join(_told(frame, self._packets[piece.sender]) for frame in found)


def _told(frame: Frame | Damage, packets: Iterable[Packet]) -> str:
    if isinstance(frame, Damage):
        return f"? {frame.count} bytes"
    for packet in packets:
        if packet.code == frame.code:
            try:
                values = decode_fields(packet.fields, frame.data)
            except FieldError:
                continue
            shown = [f"{name}={value}" for name, value in values.items() if isinstance(value, int)]
            return " ".join([f"{packet.name}:", *shown]) if shown else packet.name
    return f"? code {frame.code.hex(' ').upper()}"
