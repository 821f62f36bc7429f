"""What frames on serial wires say: SAM-V, ESC/POS, the lines of upsd, described devices. Pure; any bytes are taken, nothing is raised.

Words are the protocols' own. Contents (text, pictures, a card's blocks) are counted and not told.
"""

import re
from collections.abc import Iterable

from devices.described.description import Description, Field, Packet
from devices.described.field_codec import FieldError, decode_number
from devices.described.frame_codec import Damage, FrameReader
from devices.emulators.traffic import Decoded, Decoder, Direction

_MOST_TOKENS = 24

# --- SAM-V; source: as devices.id_card_reader.codec, known from practice

_PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
_SAM_COMMANDS = {
    b"\x10\xff": "ResetSAM",
    b"\x11\xff": "GetSAMStatus",
    b"\x12\xff": "GetSAMID",
    b"\x20\x01": "StartFindIDCard",
    b"\x20\x02": "SelectIDCard",
    b"\x30\x01": "ReadBaseMsg",
    b"\x30\x03": "ReadNewAppMsg",
    b"\x30\x10": "ReadBaseFPMsg",
}
_SAM_STATUSES = {
    0x10: "checksum wrong", 0x11: "length wrong", 0x21: "command wrong", 0x23: "no right", 0x24: "command unknown",
    0x31: "card not authorised to the module", 0x32: "module not authorised to the card", 0x33: "information damaged",
    0x37: "information of no known kind", 0x40: "card of unknown type", 0x41: "read failed", 0x47: "random number failed",
    0x60: "self-test failed", 0x66: "module not authorised", 0x80: "no card", 0x81: "select failed", 0x90: "success",
    0x91: "not on this card", 0x9F: "card found",
}  # fmt: skip


def sam_v(data: bytes, direction: Direction) -> Decoded:
    """The command, or SW1 SW2 SW3 and how much data came with it; the data itself stays hidden."""
    at = data.find(_PREAMBLE)
    if at < 0:
        return Decoded(f"no frame, {len(data)} bytes", 0)
    noise = f"noise {at} bytes, " if at else ""
    body = data[at + 5 :]
    if direction is Direction.TO_DEVICE:
        command = body[2:4]
        name = _SAM_COMMANDS.get(command, "command") if len(command) == 2 else "frame cut short"
        return Decoded(f"{noise}{name} {command.hex(' ').upper()}".rstrip(), len(data))
    if len(body) < 5:
        return Decoded(f"{noise}frame cut short", at + 5 + min(len(body), 2))
    announced, status = int.from_bytes(body[:2], "big"), body[2:5]
    words = _SAM_STATUSES.get(status[2], "status unknown")
    text = f"{noise}SW {status.hex(' ').upper()} {words}"
    if announced > 4:
        text += f", data {announced - 4} bytes"
    if len(body) < min(2 + announced, 1024):
        text += ", cut short"
    return Decoded(text, at + 10)


# --- ESC/POS; source: EPSON ESC/POS Application Programming Guide, GB18030 printers known from practice

_NAMES: dict[bytes, tuple[str, int]] = {
    b"\x1b@": ("ESC @ initialise", 0), b"\x1b!": ("ESC ! mode", 1), b"\x1b-": ("ESC - underline", 1), b"\x1b2": ("ESC 2 spacing", 0),
    b"\x1b3": ("ESC 3 spacing", 1), b"\x1bE": ("ESC E bold", 1), b"\x1bG": ("ESC G double", 1), b"\x1bJ": ("ESC J feed", 1),
    b"\x1bM": ("ESC M font", 1), b"\x1bR": ("ESC R charset", 1), b"\x1ba": ("ESC a align", 1), b"\x1bd": ("ESC d feed lines", 1),
    b"\x1bt": ("ESC t code page", 1), b"\x1bp": ("ESC p pulse", 3), b"\x1bc": ("ESC c sensor", 2), b"\x1c&": ("FS & Chinese on", 0),
    b"\x1c.": ("FS . Chinese off", 0), b"\x1c!": ("FS ! Chinese mode", 1), b"\x1cW": ("FS W Chinese double", 1),
    b"\x1cS": ("FS S Chinese spacing", 2), b"\x1d!": ("GS ! size", 1), b"\x1dB": ("GS B reverse", 1), b"\x1da": ("GS a auto status", 1),
    b"\x1db": ("GS b smooth", 1), b"\x1dr": ("GS r status", 1), b"\x1dI": ("GS I identity", 1), b"\x1dL": ("GS L margin", 2),
    b"\x1dW": ("GS W width", 2), b"\x1dh": ("GS h barcode height", 1), b"\x1dw": ("GS w barcode width", 1),
    b"\x1df": ("GS f barcode font", 1), b"\x1dH": ("GS H barcode text", 1), b"\x10\x04": ("DLE EOT status", 1),
    b"\x10\x05": ("DLE ENQ recover", 1),
}  # fmt: skip
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


def escpos(data: bytes, direction: Direction) -> Decoded:
    """Commands by name, text and pictures by their length."""
    if direction is Direction.FROM_DEVICE:
        return Decoded(f"status {data[:16].hex(' ').upper()}", len(data))
    tokens: list[str] = []
    visible, at = len(data), 0
    while at < len(data):
        token, size, is_content = _escpos_token(data, at)
        if is_content:
            visible = min(visible, at)
        tokens.append(token)
        at += max(size, 1)
    return Decoded(_listed(tokens), visible)


def _escpos_token(data: bytes, at: int) -> tuple[str, int, bool]:
    """Name, bytes, and whether it holds what is printed."""
    head = data[at : at + 2]
    if data.startswith(_CLEAR, at):
        return "DLE DC4 clear buffer", len(_CLEAR), False
    if head in _NAMES:
        name, arguments = _NAMES[head]
        values = data[at + 2 : at + 2 + arguments]
        return f"{name} {values.hex(' ')}".rstrip(), 2 + arguments, False
    if head == b"\x1dv" and len(data) >= at + 8:
        width, height = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
        return f"GS v 0 picture {width * 8}x{height}", 8 + width * height, True
    if head in (b"\x1d(", b"\x1c("):
        count = int.from_bytes(data[at + 3 : at + 5], "little")
        return (
            f"{'GS' if head[0] == 0x1D else 'FS'} ( {chr(data[at + 2])}" if at + 2 < len(data) else "GS (",
            5 + count,
            True,
        )
    if head == b"\x1dV":
        mode = data[at + 2 : at + 3]
        return "GS V cut", 4 if mode and mode[0] in (0x41, 0x42) else 3, False
    byte = data[at]
    if byte in (0x1B, 0x1C, 0x1D, 0x10):
        return f"{ {0x1B: 'ESC', 0x1C: 'FS', 0x1D: 'GS', 0x10: 'DLE'}[byte] } {head[1:].hex()}".strip(), 2, False
    if byte in (0x0A, 0x0D, 0x09, 0x0C, 0x18, 0x00):
        return {0x0A: "LF", 0x0D: "CR", 0x09: "HT", 0x0C: "FF", 0x18: "CAN", 0x00: "NUL"}[byte], 1, False
    found = re.compile(rb"[^\x00\x09\x0a\x0c\x0d\x10\x18\x1b\x1c\x1d]+").match(data, at)
    size = found.end() - at if found is not None else 1
    return f"text {size} bytes", size, True


def _listed(tokens: Iterable[str]) -> str:
    """Repeats counted, the rest of many left out."""
    runs: list[tuple[str, int]] = []
    for token in tokens:
        if runs and runs[-1][0] == token:
            runs[-1] = (token, runs[-1][1] + 1)
        else:
            runs.append((token, 1))
    words = [token if count == 1 else f"{token} x{count}" for token, count in runs[:_MOST_TOKENS]]
    return "; ".join(words + ([f"… {len(runs) - _MOST_TOKENS} more"] if len(runs) > _MOST_TOKENS else []))


# --- upsd; source: RFC 9271


def nut(data: bytes, direction: Direction) -> Decoded:
    """The lines; of a log-in only its verb."""
    del direction
    visible, told = 0, []
    is_hidden = False
    for line in data.splitlines(keepends=True):
        words = line.decode("utf-8", "replace").strip()
        verb = words.partition(" ")[0].upper()
        if verb in ("PASSWORD", "USERNAME"):
            is_hidden = True
            told.append(f"{verb} …")
        else:
            told.append("".join(sign if sign.isprintable() else "?" for sign in words[:120]))
        visible += 0 if is_hidden else len(line)
    return Decoded(_listed(told), visible)


# --- described devices; the description itself says what a frame means


def described(description: Description) -> Decoder:
    """The decoder of one description: names of exchanges and events, and the words of their fields."""
    exchanges = {**description.polls, **description.commands}
    requests = {x.request.code: (name, x.request) for name, x in exchanges.items()}
    replies = {x.reply.code: (f"{name} reply", x.reply) for name, x in exchanges.items() if x.reply is not None}
    replies |= {packet.code: (f"event {packet.name}", packet) for packet in description.events}
    replies |= {packet.code: (f"refusal {packet.name}", packet) for packet in description.refusals}
    hands = description.handshake
    signs = {} if hands is None else {hands.ack: "ACK", hands.nak: "NAK", hands.enquiry: "ENQ"}

    def decode(data: bytes, direction: Direction) -> Decoded:
        if data in signs:
            return Decoded(signs[data], len(data))
        is_request = direction is Direction.TO_DEVICE
        known = requests if is_request else replies
        shape = description.request if is_request else description.reply
        reader = FrameReader(shape, {code: packet.size for code, (_, packet) in known.items()})
        tokens, is_open = [], True
        for frame in reader.feed(data):
            if isinstance(frame, Damage):
                tokens.append(f"no frame, {frame.count} bytes")
                continue
            name, packet = known.get(frame.code, (f"code {frame.code.hex().upper()}", None))
            if packet is None:
                is_open = is_open and not frame.data
                tokens.append(f"{name}, data {len(frame.data)} bytes")
                continue
            is_open = is_open and all(field.kind not in ("raw", "text") for field in packet.fields)
            tokens.append(" ".join([name, *_field_words(packet, frame.data)]))
        if reader.pending_bytes:
            tokens.append(f"cut short, {reader.pending_bytes} bytes")
        return Decoded(_listed(tokens), len(data) if is_open else len(shape.start))

    return decode


def _field_words(packet: Packet, data: bytes) -> list[str]:
    at, words = 0, []
    for field in packet.fields:
        piece = data[at : at + field.size]
        at += field.size
        if field.kind in ("raw", "text"):
            words.append(f"{field.name}: {len(piece)} bytes")
        elif field.kind not in ("constant", "skip"):
            try:
                words += _meaning(field, decode_number(field, piece))
            except FieldError:
                words.append(f"{field.name}: damaged")
    return words


def _meaning(field: Field, number: int) -> list[str]:
    if field.words:
        return [f"{field.name}={next((word for word, value in field.words.items() if value == number), number)}"]
    effects: dict[str, str] = {}
    for mask, on, off in field.bits:
        effects.update(on if number & mask == mask else off)
    if not field.bits:
        effects.update(field.values.get(number, field.other))
    effects = {key: word for key, word in effects.items() if key not in ("action", "reason")}
    return [f"{key}={word}" for key, word in effects.items()] or [f"{field.name}={number}"]
