"""Identity numbers on the chip of a card: citizens, holders of residence permits, foreigners with permanent residence.

Source: GB 11643-1999 (公民身份号码), whose check character is ISO 7064 MOD 11-2. The prefixes of the permits for residents
of Hong Kong, Macao and Taiwan and the two shapes of the foreigner's card are known from practice; a genuine card that
is refused here would prove them wrong.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kiosk.base.errors import Problem

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FOREIGNER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_PERMIT_PREFIXES = ("810000", "820000", "830000")


class IdNumberKind(Enum):
    """What kind of card bears the number."""

    RESIDENT = "resident"
    HK_MACAO_TAIWAN_PERMIT = "hkMacaoTaiwanPermit"
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"


class Sex(Enum):
    """Sex by the order digits: odd is male."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class IdNumber:
    """A number whose shape, check character and birth date fit.

    Attributes:
        kind: the kind of card.
        text: the number in capitals, 18 characters or 15 on a foreigner's card of 2017.
        born_on: birth date, None where the number holds none.
        sex: None where the number holds none.
    """

    kind: IdNumberKind
    text: str = field(repr=False)
    born_on: date | None = field(repr=False)
    sex: Sex | None = field(repr=False)


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits of a number.

    Raises:
        ValueError: `body` is not 17 ASCII digits.
    """
    if len(body) != len(_WEIGHTS) or not (body.isascii() and body.isdigit()):
        raise ValueError("17 digits wanted")
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def parse_id_number(text: str, today: date | None = None) -> IdNumber | Problem:
    """Judges a number as read from a chip or typed; spaces around it and a small x are mended.

    `today` refuses births in the future; leave it out while the time is not trusted. The problems are
    ``identity.number_length``, ``identity.number_characters``, ``identity.number_check`` and ``identity.number_birth``;
    none of them repeats the number.
    """
    number = text.strip().upper()
    if _FOREIGNER_2017.fullmatch(number):
        return IdNumber(IdNumberKind.FOREIGNER_2017, number, None, None)
    if len(number) != 18:
        return Problem("identity.number_length", {"count": str(len(number))})
    if not _EIGHTEEN.fullmatch(number):
        return Problem("identity.number_characters")
    if check_character(number[:17]) != number[17]:
        return Problem("identity.number_check")
    born_on = _date_or_none(number[6:14])
    if born_on is None or (today is not None and born_on > today):
        return Problem("identity.number_birth")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(_kind(number), number, born_on, sex)


def _kind(number: str) -> IdNumberKind:
    if number.startswith(_PERMIT_PREFIXES):
        return IdNumberKind.HK_MACAO_TAIWAN_PERMIT
    if number.startswith("9"):
        return IdNumberKind.FOREIGNER_2023
    return IdNumberKind.RESIDENT


def _date_or_none(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
