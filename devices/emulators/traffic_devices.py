"""What frames of the permit rewriter and of the devices of input say. Pure; any bytes are taken, nothing is raised.

Sources: docs/permit-rewriter-port.md; the scanners' triggers and AIM identifiers (ISO/IEC 15424), known from practice.
"""

import re
from collections.abc import Mapping

from devices.emulators.traffic import Decoded, Decoder, Direction
from devices.fingerprint_reader import packet_codec
from devices.permit_rewriter.codec import ANSWER, Damage, Frame, FrameReader, Kind, Nak, Result

_HEAD = 6  # of a rewriter's frame: start, length, sequence, kind
_BARCODE_COMMANDS = {b"\x16T\r": "light on", b"\x16U\r": "light off", b"\x05": "ENQ"}
_IDENTIFIER = re.compile(rb"\x02?(\][A-Za-z][0-9A-Za-z])")


def permit_rewriter(data: bytes, direction: Direction) -> Decoded:
    """Kind, sequence and result; what is loaded, read or written is counted."""
    del direction
    reader = FrameReader()
    told, visible, at = [], 0, 0
    is_open = True
    for frame in reader.feed(data):
        if isinstance(frame, Damage):
            told.append(f"no frame, {frame.count} bytes")
            at += frame.count
            continue
        told.append(_rewriter_words(frame))
        size = _HEAD + len(frame.data) + 2
        shown = size if len(frame.data) <= 1 else _HEAD + (1 if frame.kind & ANSWER else 0)
        visible = at + shown if is_open else visible
        is_open = is_open and shown == size
        at += size
    if reader.pending_bytes:
        told.append(f"cut short, {reader.pending_bytes} bytes")
    return Decoded("; ".join(told[:12]), visible)


def _rewriter_words(frame: Frame) -> str:
    plain = frame.kind & ~ANSWER
    name = next((kind.name for kind in Kind if kind == plain), f"KIND {plain:02X}")
    words = f"{name} #{frame.sequence}"
    first = frame.data[0] if frame.data else -1
    if frame.kind == Kind.NAK:
        return f"{words} {next((cause.name.lower() for cause in Nak if cause == first), 'cause unknown')}"
    if frame.kind & ANSWER:
        return f"{words} answer {next((result.name.lower() for result in Result if result == first), 'unknown')}, data {max(len(frame.data) - 1, 0)} bytes"
    return f"{words}, data {len(frame.data)} bytes" if frame.data else words


def barcode_reader(data: bytes, direction: Direction) -> Decoded:
    """The trigger, or a code's identifier and length; what the code says stays hidden."""
    if direction is Direction.TO_DEVICE:
        command = _BARCODE_COMMANDS.get(data)
        return Decoded(command or f"command, {len(data)} bytes", len(data))
    if data == b"\x06":
        return Decoded("ACK", 1)
    found = _IDENTIFIER.match(data)
    name = found[1].decode("ascii") if found is not None else "without identifier"
    return Decoded(f"code {name}, {len(data)} bytes", found.end() if found is not None else 0)


_PAD_HEADS = {0x80: "pen up", 0x81: "pen down", 0x90: "area", 0xA0: "taken", 0xC0: "order"}
_PAD_ORDERS = {0x49: "INFO", 0x53: "START", 0x45: "END", 0x43: "CLEAR"}


def signature_pad(data: bytes, direction: Direction) -> Decoded:
    """Orders and answers by name, points by their number: the packets' heads alone have the top bit set."""
    del direction
    told: dict[str, int] = {}
    for at, byte in enumerate(data):
        if byte & 0x80:
            name = _PAD_HEADS.get(byte, f"packet {byte:02X}")
            if byte in (0xA0, 0xC0):
                name += " " + _PAD_ORDERS.get(data[at + 1] if at + 1 < len(data) else 0, "unknown")
            told[name] = told.get(name, 0) + 1
    words = [name if count == 1 else f"{name} x{count}" for name, count in told.items()]
    holds_points = any(byte in (0x80, 0x81) for byte in data)
    return Decoded(
        "; ".join(words[:12]) or f"no packet, {len(data)} bytes", 0 if holds_points or not words else len(data)
    )


def keypad(data: bytes, direction: Direction) -> Decoded:
    """To the keypad: light, sound, hello. From it: how many keys, never which."""
    if direction is Direction.TO_DEVICE:
        return Decoded(f"order {data[:8].hex(' ').upper()}", len(data))
    return Decoded(f"{len(data)} keys or answers", 0)


def fingerprint_reader(data: bytes, direction: Direction) -> Decoded:
    """Instruction or confirmation of the first packet, and how much follows; templates stay hidden."""
    at = data.find(b"\xef\x01")
    if at < 0 or len(data) < at + 10:
        return Decoded(f"no packet, {len(data)} bytes", 0)
    kind, code = data[at + 6], data[at + 9]
    length = int.from_bytes(data[at + 7 : at + 9], "big")
    if kind == packet_codec.Kind.COMMAND and direction is Direction.TO_DEVICE:
        name = next((known.name for known in packet_codec.Instruction if known == code), f"instruction {code:02X}")
    elif kind == packet_codec.Kind.ACKNOWLEDGE:
        name = next((known.name for known in packet_codec.Confirmation if known == code), f"confirmation {code:02X}")
    else:
        return Decoded(f"DATA, {len(data) - at} bytes", at + 9)
    more = len(data) - at - 9 - length
    is_short = length <= 5 and more <= 0
    return Decoded(
        f"{name}, content {length - 2} bytes" + (f", {more} bytes behind" if more > 0 else ""),
        len(data) if is_short else at + 10,
    )


def counted(data: bytes, direction: Direction) -> Decoded:
    """A wire that holds nothing but contents: how much."""
    del direction
    return Decoded(f"{len(data)} bytes", 0)


BY_NAME: Mapping[str, Decoder] = {
    "permit_rewriter": permit_rewriter,
    "barcode_reader": barcode_reader,
    "keypad": keypad,
    "signature_pad": signature_pad,
    "fingerprint_reader": fingerprint_reader,
}
"""By the emulator's name; `counted` for any other."""
