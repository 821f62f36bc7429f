"""The machine-readable zone: layouts as data, check digits, the key that opens the chip.

Source: ICAO Doc 9303 part 3 clause 4.9 (check digits), part 4 (TD3), part 5 (TD1). The document codes of mainland travel
permits (CS for Hong Kong and Macao, CD for Taiwan) and the two layouts marked `is_verified` false are known from practice
of single authors; a real permit whose check digits fail here would prove them wrong.
"""

import re
from dataclasses import dataclass, field
from enum import Enum

Span = tuple[int, int, int]
"""Line, first character, end."""

_WEIGHTS = (7, 3, 1)
_VALUES = {str(n): n for n in range(10)} | {chr(ord("A") + n): 10 + n for n in range(26)} | {"<": 0}
_ALLOWED = re.compile(r"[0-9A-Z<]+")
_NUMBER_WIDTH = 9
_DATE = re.compile(r"\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_BIRTH = re.compile(r"(\d{2}|<<)(0[1-9]|1[0-2]|<<)(0[1-9]|[12]\d|3[01]|<<)")


class MrzProblem(Enum):
    """Why a text is no machine-readable zone that can be trusted; closed."""

    NO_LAYOUT = "noLayout"  # the lines fit no layout
    CHARACTERS = "characters"  # others than A-Z, 0-9 and <
    CHECK_DIGIT = "checkDigit"
    DATE = "date"


@dataclass(frozen=True)
class MrzLayout:
    """One layout.

    Attributes:
        name: for people and logs.
        lines: how many of which width.
        codes: pattern of the document code; the first layout that fits is taken.
        fields: name of an `Mrz` field to its place; the check digit stands right behind those of `checked`.
        composite: the parts over which the last check digit is reckoned, and its place; ``None`` without one.
        is_verified: whether a published standard says so.
    """

    name: str
    lines: int
    width: int
    codes: re.Pattern[str]
    fields: dict[str, Span]
    checked: tuple[str, ...]
    composite: tuple[tuple[Span, ...], Span] | None
    is_verified: bool = True


_TD1_FIELDS: dict[str, Span] = {
    "document_code": (0, 0, 2),
    "issuer": (0, 2, 5),
    "document_number": (0, 5, 14),
    "optional": (0, 15, 30),
    "birth": (1, 0, 6),
    "sex": (1, 7, 8),
    "expiry": (1, 8, 14),
    "nationality": (1, 15, 18),
    "optional_2": (1, 18, 29),
    "name": (2, 0, 30),
}
_TD1_COMPOSITE: tuple[tuple[Span, ...], Span] = (((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), (1, 29, 30))

LAYOUTS: tuple[MrzLayout, ...] = (
    MrzLayout(
        "TD3",
        2,
        44,
        re.compile("P[A-Z<]"),
        {
            "document_code": (0, 0, 2),
            "issuer": (0, 2, 5),
            "name": (0, 5, 44),
            "document_number": (1, 0, 9),
            "nationality": (1, 10, 13),
            "birth": (1, 13, 19),
            "sex": (1, 20, 21),
            "expiry": (1, 21, 27),
            "optional": (1, 28, 42),
        },
        ("document_number", "birth", "expiry", "optional"),
        (((1, 0, 10), (1, 13, 20), (1, 21, 43)), (1, 43, 44)),
    ),
    MrzLayout(
        "permitChip",
        3,
        30,
        re.compile("C[SD]"),
        _TD1_FIELDS,
        ("document_number", "birth", "expiry"),
        _TD1_COMPOSITE,
        is_verified=False,
    ),
    MrzLayout(
        "TD1",
        3,
        30,
        re.compile("[ACI][A-Z<]"),
        _TD1_FIELDS,
        ("document_number", "birth", "expiry"),
        _TD1_COMPOSITE,
    ),
    MrzLayout(
        # 往来港澳通行证 and 往来台湾通行证 as printed: number, expiry, birth, each with its digit, and one over all
        "permitLine",
        1,
        30,
        re.compile("C[SD]"),
        {
            "document_code": (0, 0, 2),
            "document_number": (0, 2, 11),
            "expiry": (0, 13, 19),
            "birth": (0, 21, 27),
        },
        ("document_number", "expiry", "birth"),
        (((0, 2, 12), (0, 13, 20), (0, 21, 28)), (0, 29, 30)),
        is_verified=False,
    ),
    MrzLayout(
        # 港澳居民来往内地通行证 and 台湾居民来往大陆通行证: only the first line is known
        "homeReturn",
        3,
        30,
        re.compile("[CRT][RWAB<]"),
        {
            "document_code": (0, 0, 2),
            "document_number": (0, 2, 11),
            "issue_count": (0, 12, 14),
            "expiry": (0, 15, 21),
            "birth": (0, 23, 29),
        },
        ("document_number", "issue_count", "expiry", "birth"),
        None,
        is_verified=False,
    ),
)
"""Tried in this order; a site may add its own."""


@dataclass(frozen=True)
class MrzKey:
    """What opens a chip: from the printed zone or typed by the holder. Personal.

    Attributes:
        document_number: without filler, A-Z and 0-9.
        birth, expiry: YYMMDD.
    """

    document_number: str = field(repr=False)
    birth: str = field(repr=False)
    expiry: str = field(repr=False)

    def is_plausible(self) -> bool:
        """Whether number and dates can be those of a document."""
        return (
            re.fullmatch(r"[0-9A-Z<]{1,22}", self.document_number) is not None
            and _BIRTH.fullmatch(self.birth) is not None
            and _DATE.fullmatch(self.expiry) is not None
        )

    def information(self) -> bytes:
        """Number (at least nine characters), birth and expiry, each with its check digit, as BAC and PACE hash it."""
        number = self.document_number.ljust(_NUMBER_WIDTH, "<")
        return "".join(part + check_digit(part) for part in (number, self.birth, self.expiry)).encode("ascii")


@dataclass(frozen=True)
class Mrz:
    """A zone whose check digits are right. Personal. Fields that a layout does not have are empty; no filler."""

    layout: str
    document_code: str
    document_number: str = field(repr=False)
    birth: str = field(repr=False)
    expiry: str = field(repr=False)
    issuer: str = field(default="", repr=False)
    nationality: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)  # M, F or empty
    surname: str = field(default="", repr=False)
    given_names: str = field(default="", repr=False)
    optional: str = field(default="", repr=False)
    optional_2: str = field(default="", repr=False)
    issue_count: str = field(default="", repr=False)
    is_verified_layout: bool = True

    @property
    def key(self) -> MrzKey:
        """What opens the chip."""
        return MrzKey(self.document_number, self.birth, self.expiry)


def check_digit(text: str) -> str:
    """The digit of a text of A-Z, 0-9 and <: weights 7 3 1, modulo 10. Raises KeyError for another character."""
    return str(sum(_VALUES[letter] * _WEIGHTS[at % 3] for at, letter in enumerate(text)) % 10)


def split(text: str) -> list[str]:
    """Cuts a zone without line ends (as DG1 holds it) into lines, or takes its own lines; empty when none fits."""
    lines = text.split()
    if len(lines) != 1:
        return lines
    whole = lines[0]
    for count, width in {(layout.lines, layout.width) for layout in LAYOUTS}:
        if len(whole) == count * width:
            return [whole[n * width : (n + 1) * width] for n in range(count)]
    return []


def parse(text: str, layouts: tuple[MrzLayout, ...] = LAYOUTS) -> Mrz | MrzProblem:
    """Reads a zone of one to three lines.

    Several layouts may fit by size and code; the first whose check digits are right is taken. An empty optional field
    may have ``<`` for its digit (9303-4), and a document number of more than nine characters goes on in the optional
    field (9303-5, TD1 note j).
    """
    lines = split(text)
    if not lines:
        return MrzProblem.NO_LAYOUT
    if not all(_ALLOWED.fullmatch(line) for line in lines):
        return MrzProblem.CHARACTERS
    found: Mrz | MrzProblem = MrzProblem.NO_LAYOUT
    for layout in layouts:
        if len(lines) != layout.lines or {len(line) for line in lines} != {layout.width}:
            continue
        if not layout.codes.match(lines[0]):
            continue
        result = _read(lines, layout)
        if isinstance(result, Mrz):
            return result
        # what the best fitting layout says is the better answer
        found = result if found is MrzProblem.NO_LAYOUT else found
    return found


def _at(lines: list[str], span: Span) -> str:
    line, start, end = span
    return lines[line][start:end]


def _read(lines: list[str], layout: MrzLayout) -> Mrz | MrzProblem:
    raw = {name: _at(lines, span) for name, span in layout.fields.items()}
    for name in layout.checked:
        line, _, end = layout.fields[name]
        digit = lines[line][end]
        if name == "document_number" and digit == "<" and "optional" in raw and layout.lines == 3:
            longer = _long_number(raw)
            if longer is None:
                return MrzProblem.CHECK_DIGIT
            raw["document_number"], raw["optional"] = longer
        elif digit == "<" and name == "optional" and not raw[name].strip("<"):
            continue
        elif digit != check_digit(raw[name]):
            return MrzProblem.CHECK_DIGIT
    if layout.composite is not None:
        parts, place = layout.composite
        if _at(lines, place) != check_digit("".join(_at(lines, part) for part in parts)):
            return MrzProblem.CHECK_DIGIT
    if not _DATE.fullmatch(raw["expiry"]) or not _BIRTH.fullmatch(raw["birth"]):
        return MrzProblem.DATE
    surname, _, given = raw.pop("name", "").partition("<<")
    texts = {name: value.rstrip("<") for name, value in raw.items() if name not in ("birth", "expiry")}
    return Mrz(
        layout=layout.name,
        birth=raw["birth"],
        expiry=raw["expiry"],
        surname=surname.replace("<", " ").strip(),
        given_names=given.replace("<", " ").strip(),
        is_verified_layout=layout.is_verified,
        **texts,
    )


def _long_number(raw: dict[str, str]) -> tuple[str, str] | None:
    """Number and rest of the optional field, when the number goes on there; ``None`` when its digit is wrong."""
    more, _, rest = raw["optional"].partition("<")
    number = raw["document_number"] + more[:-1]
    if len(more) < 2 or more[-1] != check_digit(number):
        return None
    return number, rest
