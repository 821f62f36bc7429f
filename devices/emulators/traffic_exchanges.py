"""What frames of smart cards and of HTTP say: APDUs, request lines, IPP. Pure; any bytes are taken, nothing is raised.

Sources: ISO/IEC 7816-4 (instructions, status bytes), RFC 9112 (HTTP/1.1), RFC 8010 and 8011 (IPP).
"""

from devices.emulators.traffic import Decoded, Direction
from devices.sheet_printer.ipp_codec import IppFormatError, JobState, Message, Operation, Tag, decode

_INSTRUCTIONS = {
    0x0E: "ERASE BINARY", 0x20: "VERIFY", 0x22: "MANAGE SECURITY ENVIRONMENT", 0x24: "CHANGE REFERENCE DATA", 0x2C: "RESET RETRY COUNTER",
    0x70: "MANAGE CHANNEL", 0x82: "EXTERNAL AUTHENTICATE", 0x84: "GET CHALLENGE", 0x86: "GENERAL AUTHENTICATE",
    0x88: "INTERNAL AUTHENTICATE", 0xA4: "SELECT", 0xB0: "READ BINARY", 0xB1: "READ BINARY", 0xB2: "READ RECORD",
    0xC0: "GET RESPONSE", 0xCA: "GET DATA", 0xD6: "UPDATE BINARY", 0xDC: "UPDATE RECORD", 0xE2: "APPEND RECORD",
}  # fmt: skip
_STATUS_WORDS = {
    0x9000: "done", 0x6282: "end of file", 0x6300: "refused", 0x6700: "length wrong", 0x6982: "security status not satisfied",
    0x6983: "blocked", 0x6985: "conditions not satisfied", 0x6987: "secure messaging object missing",
    0x6988: "secure messaging object wrong", 0x6A81: "not supported", 0x6A82: "file not found", 0x6A83: "record not found",
    0x6A86: "P1 P2 wrong", 0x6D00: "instruction unknown", 0x6E00: "class unknown",
}  # fmt: skip
_SLOT = {0: "power off", 1: "power on", 2: "reset", 4: "ATR asked for"}
_MOST = 200


def apdu(data: bytes, direction: Direction) -> Decoded:
    """Instruction and lengths, or the status bytes; a byte alone is the slot's control (vpcd)."""
    if direction is Direction.TO_DEVICE:
        if len(data) == 1:
            return Decoded(_SLOT.get(data[0], f"control {data[0]:02X}"), 1)
        if len(data) < 4:
            return Decoded(f"no command, {len(data)} bytes", 0)
        name = "PC/SC READ BINARY" if data[:2] == b"\xff\xb0" else _INSTRUCTIONS.get(data[1], f"INS {data[1]:02X}")
        secured = " secured" if data[0] & 0x0C == 0x0C and data[0] < 0x80 else ""
        return Decoded(f"{name}{secured} P1 {data[2]:02X} P2 {data[3]:02X}, {len(data)} bytes", 4)
    if len(data) < 2:
        return Decoded(f"no reply, {len(data)} bytes", 0)
    status = int.from_bytes(data[-2:], "big")
    if data[-2] >> 4 not in (6, 9):
        return Decoded(
            f"{'ATR' if data[0] in (0x3B, 0x3F) else 'no reply'}, {len(data)} bytes",
            len(data) if data[0] in (0x3B, 0x3F) else 0,
        )
    return Decoded(f"SW {status:04X} {_status_words(status)}, data {len(data) - 2} bytes", 2 if len(data) == 2 else 0)


def _status_words(status: int) -> str:
    if status >> 4 == 0x63C:
        return f"{status & 15} tries left"
    if status >> 8 == 0x61:
        return f"{status & 255} more bytes"
    if status >> 8 == 0x6C:
        return f"ask for {status & 255} bytes"
    return _STATUS_WORDS.get(status, "")


def http(data: bytes, direction: Direction) -> Decoded:
    """The first line without its query, and the size and kind of what follows; a body's further pieces by their size."""
    head, kind, size = _http_head(data)
    if not head:
        return Decoded(f"body, {len(data)} bytes", 0)
    words = head.split(" ")
    if direction is Direction.TO_DEVICE and len(words) > 1:
        words[1] = words[1].partition("?")[0]
    more = ", ".join(word for word in (kind, f"{size} bytes" if size else "") if word)
    first = data.find(b"?", 0, len(head)) if direction is Direction.TO_DEVICE else -1
    return Decoded(" ".join(words)[:_MOST] + (f" ({more})" if more else ""), first if first >= 0 else len(head))


def ipp(data: bytes, direction: Direction) -> Decoded:
    """The operation or the status, and the states that are told; names and documents only by their number and size."""
    plain = http(data, direction)
    body = data.partition(b"\r\n\r\n")[2]
    if not body:
        return plain
    try:
        message = decode(body)
    except IppFormatError:
        return Decoded(f"{plain.text}; no whole IPP message", plain.visible)
    if direction is Direction.TO_DEVICE:
        said = _operation(message.code)
        words = [f"{len(message.first(Tag.OPERATION))} attributes"]
        if message.data:
            words.append(f"document {len(message.data)} bytes or more")
    else:
        said = f"status {message.code:04X}"
        words = _ipp_states(message)
    return Decoded(f"{said} ({', '.join(words)})", plain.visible)


def _operation(code: int) -> str:
    return next((known.name.replace("_", "-").title() for known in Operation if known == code), f"operation {code:04X}")


def _ipp_states(message: Message) -> list[str]:
    words = [f"{sum(len(attributes) for _, attributes in message.groups)} attributes"]
    for attributes in (message.first(Tag.PRINTER), message.first(Tag.JOB)):
        for name in ("printer-state", "printer-state-reasons", "job-state"):
            for value in attributes.get(name, [])[:6]:
                word = next((state.name.lower() for state in JobState if state == value), value)
                if name != "job-state":
                    word = value
                if isinstance(word, int) or (isinstance(word, str) and word.replace("-", "").isalnum()):
                    words.append(f"{name}={word}"[:80])
    return words


def _http_head(data: bytes) -> tuple[str, str, int]:
    """First line, kind and announced size of the body; empty for bytes that do not begin a message."""
    lines = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    first = lines[0].decode("latin-1")
    if " HTTP/1." not in first and not first.startswith("HTTP/1."):
        return "", "", 0
    kind, size = "", 0
    for line in lines[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        if name.lower() == "content-type":
            kind = value.strip().partition(";")[0][:60]
        elif name.lower() == "content-length" and value.strip().isdecimal() and len(value.strip()) < 12:
            size = int(value)
    return "".join(sign if sign.isprintable() else "?" for sign in first), kind, size
