"""What a citizen looks for and finds in the reference. Nothing of it is personal by itself, yet what was typed says something of
who typed it: it never shows in a repr and goes with the visit."""

from enum import Enum

from kiosk.base.errors import Problem
from kiosk.base.record import Hidden, Record

LONGEST_QUERY = 30
"""Characters of what is looked for."""


class FoundKind(str, Enum):
    """What a line of the answer is."""

    ITEM = "item"
    POLICY = "policy"
    PLACE = "place"


class FoundLine(Record, frozen=True):
    """One line. `code` finds the rest; `note`: the body of an item, the issuer of a policy, the place above a place.

    `is_here`: an item of this terminal, so that its own page opens.
    """

    kind: Hidden[FoundKind]
    code: Hidden[str]
    name: Hidden[str]
    note: Hidden[str]
    is_here: Hidden[bool] = False


class Dated(Record, frozen=True):
    """The day of the data, ``YYYY-MM-DD``; with `is_old` it is past its freshness, and the page says the day."""

    made_on: str
    is_old: bool


class Answer(Record, frozen=True):
    """What `text` has found, the first rank first; `is_more`: there are more than these."""

    text: Hidden[str]
    lines: Hidden[tuple[FoundLine, ...]]
    is_more: Hidden[bool]
    dated: Hidden[Dated]


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


class Paper(Record, frozen=True):
    """A paper that an item asks for."""

    name: str
    is_required: bool
    is_original: bool
    copies: int
    source: str


class Days(Record, frozen=True):
    """Working days, 0 = at once; `trips`: how often one must come."""

    promised: int
    legal: int
    trips: int


Content = tuple[str, ...] | tuple[Paper, ...] | Days | int
"""Of a part: lines, papers, days, or a fee in fen."""


class Article(Record, frozen=True):
    """What a line opens: the guide of an item that is done elsewhere, a policy, a place. Chinese, as it is published."""

    line: Hidden[FoundLine]
    parts: Hidden[tuple[tuple[PartName, Content], ...]]
    dated: Hidden[Dated]


class Lookup(Record, frozen=True):
    """What stands on the search page.

    Attributes:
        text: as it stands in the field.
        answer: to this text or, while that is looked for, to the one before.
        article: being read, in place of the list.
        problem: why there is no answer.
        scope: what is looked for, where an item leads to one kind alone; None: everything.
    """

    text: Hidden[str] = ""
    answer: Hidden[Answer | None] = None
    article: Hidden[Article | None] = None
    problem: Problem | None = None
    scope: FoundKind | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the answer is to what stands in the field now: only then can a line be opened."""
        return self.answer is not None and self.answer.text == self.text


def is_worth_looking(text: str) -> bool:
    """Whether there is anything in it to look for."""
    return any(character.isalnum() for character in text)
