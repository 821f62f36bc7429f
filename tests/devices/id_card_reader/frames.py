"""Literal frames of the reader's protocol, independent of our codec."""

HEAD = "AA AA AA 96 69 "

REQUESTS = {
    "RESET": HEAD + "00 03 10 FF EC",
    "STATUS": HEAD + "00 03 11 FF ED",
    "MODULE_ID": HEAD + "00 03 12 FF EE",
    "FIND": HEAD + "00 03 20 01 22",
    "SELECT": HEAD + "00 03 20 02 21",
    "READ": HEAD + "00 03 30 01 32",
}

REPLIES = {
    "done": (HEAD + "00 04 00 00 90 94", 0x90, 0),
    "self-test failed": (HEAD + "00 04 00 00 60 64", 0x60, 0),
    "found": (HEAD + "00 08 00 00 9F 00 00 00 00 97", 0x9F, 4),
    "no card": (HEAD + "00 04 00 00 80 84", 0x80, 0),
    "selected": (HEAD + "00 0C 00 00 90 00 00 00 00 00 00 00 00 9C", 0x90, 8),
    "select failed": (HEAD + "00 04 00 00 81 85", 0x81, 0),
    "read failed": (HEAD + "00 04 00 00 41 45", 0x41, 0),
}


def framed(sw3: int, data: bytes = b"", sw1: int = 0, sw2: int = 0) -> bytes:
    """A reply made by hand."""
    body = (len(data) + 4).to_bytes(2, "big") + bytes((sw1, sw2, sw3)) + data
    check = 0
    for byte in body:
        check ^= byte
    return bytes.fromhex(HEAD) + body + bytes((check,))
