"""The text block of the chip: 256 bytes of UTF-16LE padded with spaces, in four layouts told by the flag at offset 248.

Source: known from practice; the layouts of foreigners' cards rest on one public implementation each. A card whose
fields come out shifted would prove them wrong.
"""

import re
from dataclasses import dataclass

from devices.id_card_reader.codec import TEXT_BYTES
from devices.id_card_reader.types import CardText, Layout
from kiosk.base.errors import Problem

_FLAG = slice(248, 250)

Slices = tuple[tuple[int, int], ...]
"""Offset and length in bytes; a field of several parts is their text joined."""


@dataclass(frozen=True)
class _Shape:
    layout: Layout
    id_number: re.Pattern[str]
    fields: dict[str, Slices]


_RESIDENT: dict[str, Slices] = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "nation": ((32, 4),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "id_number": ((122, 36),),
    "issuer": ((158, 30),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}

_SHAPES: dict[str, _Shape] = {
    " ": _Shape(Layout.RESIDENT, re.compile(r"[1-9]\d{16}[0-9X]"), _RESIDENT),
    "J": _Shape(
        Layout.PERMIT,
        re.compile(r"8[123]0000\d{11}[0-9X]"),
        # the nation of a permit has no meaning
        {name: at for name, at in _RESIDENT.items() if name != "nation"}
        | {"travel_permit_number": ((220, 18),), "issue_count": ((238, 4),)},
    ),
    "I": _Shape(
        Layout.FOREIGNER_2017,
        re.compile(r"[A-Z]{3}\d{12}"),
        {
            "english_name": ((0, 120),),
            "sex": ((120, 2),),
            "id_number": ((122, 30),),
            "nationality": ((152, 6),),
            "name": ((158, 30),),
            "valid_from": ((188, 16),),
            "valid_to": ((204, 16),),
            "birth": ((220, 16),),
            "issuer": ((240, 8),),
        },
    ),
    "Y": _Shape(
        Layout.FOREIGNER_2023,
        re.compile(r"9\d{16}[0-9X]"),
        {
            "name": ((0, 30),),
            "sex": ((30, 2),),
            "issue_count": ((32, 4),),
            "birth": ((36, 16),),
            # characters 1 to 35, then 36 to 46 in the second place
            "english_name": ((52, 70), (220, 22)),
            "id_number": ((122, 36),),
            "valid_from": ((188, 16),),
            "valid_to": ((204, 16),),
            "nationality": ((242, 6),),
        },
    ),
}

_EMPTY = dict.fromkeys(
    (
        "name",
        "english_name",
        "sex",
        "nation",
        "birth",
        "address",
        "id_number",
        "issuer",
        "valid_from",
        "valid_to",
        "travel_permit_number",
        "issue_count",
        "nationality",
    ),
    "",
)


def parse_text(block: bytes | bytearray) -> CardText | Problem:
    """Reads a text block of exactly 256 bytes.

    Names are kept whole: inner spaces, · and characters beyond the basic plane. Fields are stripped of padding only;
    whether a date makes sense or the card is still valid is judged elsewhere. The `Problem` is ``card.unknown_type``
    for a flag that is not known, ``card.read_failed`` for text that cannot be one (no UTF-16, a number that does not
    fit the layout).
    """
    if len(block) != TEXT_BYTES:
        return Problem("card.read_failed")
    try:
        flag = block[_FLAG].decode("utf-16-le")
    except UnicodeDecodeError:
        return Problem("card.unknown_type")
    shape = _SHAPES.get(flag)
    if shape is None:
        return Problem("card.unknown_type")
    fields = dict(_EMPTY)
    for name, parts in shape.fields.items():
        try:
            text = "".join(block[start : start + length].decode("utf-16-le") for start, length in parts)
        except UnicodeDecodeError:
            return Problem("card.read_failed")
        fields[name] = text.strip(" ")
    if not shape.id_number.fullmatch(fields["id_number"]) or not (fields["name"] or fields["english_name"]):
        return Problem("card.read_failed")
    return CardText(layout=shape.layout, **fields)
