"""The files of a travel document's chip: their names, and what stands in them. Pure bytes.

Source: ICAO Doc 9303 part 10, clauses 3.11 (EF.COM, EF.SOD) and 4.7 (data groups).
"""

import re
from dataclasses import dataclass, field
from enum import Enum

from devices.smart_card import tlv_codec

APPLICATION = bytes.fromhex("A0000002471001")


class File(Enum):
    """A file: its identifier and the tag it begins with."""

    CARD_ACCESS = (0x011C, 0x31)
    COM = (0x011E, 0x60)
    SOD = (0x011D, 0x77)
    DG1 = (0x0101, 0x61)
    DG2 = (0x0102, 0x75)
    DG11 = (0x010B, 0x6B)

    @property
    def identifier(self) -> int:
        """Two bytes."""
        return self.value[0]

    @property
    def tag(self) -> int:
        """First byte."""
        return self.value[1]


GROUP_NUMBERS = {File.DG1: 1, File.DG2: 2, File.DG11: 11}
"""By which number EF.SOD keeps their hashes."""

_DATE = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Details:
    """DG11. Personal. Fields that the card does not have are empty."""

    full_name: str = field(default="", repr=False)  # in the holder's own script
    personal_number: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)  # YYYYMMDD
    birthplace: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)


_DETAIL_TAGS = {
    0x5F0E: "full_name",
    0x5F10: "personal_number",
    0x5F2B: "birth",
    0x5F11: "birthplace",
    0x5F42: "address",
    0x5F12: "telephone",
}


def content(file: File, data: bytes) -> bytes | None:
    """The value of a file whose first tag is the right one and whose length fits; ``None`` otherwise."""
    try:
        tag, start, count = tlv_codec.head(data)
    except tlv_codec.TlvError:
        return None
    return data[start : start + count] if tag == file.tag and len(data) == start + count else None


def listed_groups(com: bytes) -> frozenset[int] | None:
    """The tags that EF.COM lists, ``None`` when it is none."""
    inside = content(File.COM, com)
    if inside is None:
        return None
    try:
        found = tlv_codec.find(inside, 0x5C)
    except tlv_codec.TlvError:
        return None
    return frozenset(found) if found is not None else None


def zone(dg1: bytes) -> str | None:
    """The machine-readable zone's characters, without line ends; ``None`` when DG1 is none."""
    inside = content(File.DG1, dg1)
    if inside is None:
        return None
    try:
        text = tlv_codec.find(inside, 0x5F1F)
        return text.decode("ascii") if text is not None else None
    except (tlv_codec.TlvError, UnicodeDecodeError):
        return None


def details(dg11: bytes) -> Details | None:
    """Reads DG11; ``None`` when it is none. Unknown tags are skipped, the filler < between parts becomes a space."""
    inside = content(File.DG11, dg11)
    if inside is None:
        return None
    found = {}
    try:
        for tag, value in tlv_codec.children(inside):
            name = _DETAIL_TAGS.get(tag)
            if name == "birth" and len(value) == 4:
                found[name] = value.hex()  # older cards: packed digits
            elif name is not None:
                found[name] = " ".join(value.decode("utf-8").replace("<", " ").split())
    except (tlv_codec.TlvError, UnicodeDecodeError):
        return None
    if "birth" in found and not _DATE.fullmatch(found["birth"]):
        return None
    return Details(**found)
