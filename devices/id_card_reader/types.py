"""Commands and results of the class `id_card_reader` (XFS4IoT CardReader terms)."""

from enum import Enum

import msgspec

from devices.card_commands import EVENT_INVALID_MEDIA, EVENT_MEDIA_INSERTED, FORGET, WATCH_REMOVAL

__all__ = ["EVENT_INVALID_MEDIA", "EVENT_MEDIA_INSERTED", "FORGET", "WATCH_REMOVAL"]


class Layout(str, Enum):
    """The four text layouts of the chip, by the type flag at offset 248 of the text block."""

    RESIDENT = "resident"  # 居民身份证, flag space
    PERMIT = "permit"  # 港澳台居民居住证, flag J
    FOREIGNER_2017 = "foreigner2017"  # 外国人永久居留身份证, flag I
    FOREIGNER_2023 = "foreigner2023"  # flag Y


class CardText(msgspec.Struct, frozen=True):
    """What the card says, as text. Personal: never logged; dropped at the wipe.

    Dates are ``YYYYMMDD``; `valid_to` may be ``长期``. Fields that a layout does not have are empty.
    """

    layout: Layout
    name: str  # Chinese name; of a foreigner's card the Chinese one, "" if none
    english_name: str
    sex: str  # GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated
    nation: str  # GB/T 3304 01-56, 97, 98; "" where the layout has none
    birth: str
    address: str
    id_number: str
    issuer: str
    valid_from: str
    valid_to: str
    travel_permit_number: str = ""
    issue_count: str = ""
    nationality: str = ""  # ISO 3166-1 alpha-3

    def __repr__(self) -> str:
        return f"CardText(layout={self.layout.value!r}, ...)"


class ReadCard(msgspec.Struct, frozen=True):
    """`readRawData`: wait for a card, read it. `accepts_lying` = a card that lies there already counts as laid."""

    accepts_lying: bool = True


class CardRead(msgspec.Struct, frozen=True):
    """Success of `readRawData`. The photo stays in the host unless asked for (biometric data)."""

    text: CardText

    def __repr__(self) -> str:
        return "CardRead(...)"


class PhotoRead(msgspec.Struct, frozen=True):
    """Success of `readPhoto`: the photo of the card that was read last. Biometric.

    The chip's own encoding never leaves the host: without a decoder there (`devices.id_card_reader.photo`) the reader's
    capabilities do not name the command. `rgb`: height x width x 3 bytes, rows from the top, red first.
    """

    width: int
    height: int
    rgb: bytes

    def __repr__(self) -> str:
        return f"PhotoRead({self.width}x{self.height})"


READ = "readRawData"
READ_PHOTO = "readPhoto"
