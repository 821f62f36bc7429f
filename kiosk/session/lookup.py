"""What a citizen looks for and finds in the reference. Nothing of it is personal by itself, yet what was typed says something of
who typed it: it never shows in a repr and goes with the visit."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.base.errors import Problem

LONGEST_QUERY = 30
"""Characters of what is looked for."""


class FoundKind(str, Enum):
    """What a line of the answer is."""

    ITEM = "item"
    POLICY = "policy"
    PLACE = "place"


@dataclass(frozen=True, repr=False)
class FoundLine:
    """One line. `code` finds the rest; `note`: the body of an item, the issuer of a policy, the place above a place.

    `is_here`: an item of this terminal, so that its own page opens.
    """

    kind: FoundKind
    code: str
    name: str
    note: str
    is_here: bool = False


@dataclass(frozen=True)
class Dated:
    """The day of the data, ``YYYY-MM-DD``; with `is_old` it is past its freshness, and the page says the day."""

    made_on: str
    is_old: bool


@dataclass(frozen=True, repr=False)
class Answer:
    """What `text` has found, the first rank first; `is_more`: there are more than these."""

    text: str
    lines: tuple[FoundLine, ...]
    is_more: bool
    dated: Dated


class PartName(str, Enum):
    """A part of what is read; the page names it."""

    CONDITIONS = "conditions"
    MATERIALS = "materials"
    TIME = "time"
    FEE = "fee"
    PROCEDURE = "procedure"
    LEGAL_BASIS = "legal_basis"
    PHONE = "phone"
    ISSUED = "issued"
    TEXT = "text"
    ABOVE = "above"
    BELOW = "below"
    CODE = "code"


@dataclass(frozen=True)
class Paper:
    """A paper that an item asks for."""

    name: str
    is_required: bool
    is_original: bool
    copies: int
    source: str


@dataclass(frozen=True)
class Days:
    """Working days, 0 = at once; `trips`: how often one must come."""

    promised: int
    legal: int
    trips: int


Content = tuple[str, ...] | tuple[Paper, ...] | Days | int
"""Of a part: lines, papers, days, or a fee in fen."""


@dataclass(frozen=True, repr=False)
class Article:
    """What a line opens: the guide of an item that is done elsewhere, a policy, a place. Chinese, as it is published."""

    line: FoundLine
    parts: tuple[tuple[PartName, Content], ...]
    dated: Dated


@dataclass(frozen=True)
class Lookup:
    """What stands on the search page.

    Attributes:
        text: as it stands in the field.
        answer: to this text or, while that is looked for, to the one before.
        article: being read, in place of the list.
        problem: why there is no answer.
    """

    text: str = field(default="", repr=False)
    answer: Answer | None = field(default=None, repr=False)
    article: Article | None = field(default=None, repr=False)
    problem: Problem | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the answer is to what stands in the field now: only then can a line be opened."""
        return self.answer is not None and self.answer.text == self.text


def is_worth_looking(text: str) -> bool:
    """Whether there is anything in it to look for."""
    return any(character.isalnum() for character in text)
