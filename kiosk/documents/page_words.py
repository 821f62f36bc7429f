"""What stands on the pages of a sheet, piece by piece, and the check that laid-out pages say just that. Pure.

Each piece stays whole on one page. Texts are compared squeezed (`kiosk.documents.attestation.squeeze`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.documents.attestation import squeeze


@dataclass(frozen=True)
class PageWords:
    """The words of a sheet in reading order.

    Attributes:
        head: at the head of every page, before the page's number.
        lead: the pieces before the rows, in order.
        columns: the head of the rows, on every page that has any.
        rows: in order; none of them may be without a visible character.
        foot: at the foot of every page.
    """

    head: str = field(repr=False)
    lead: tuple[str, ...] = field(repr=False)
    columns: str
    rows: tuple[str, ...] = field(repr=False)
    foot: str = field(repr=False)

    def pages(self, breaks: Sequence[int]) -> list[str]:
        """The squeezed text of each page if the pieces, first those of the lead and then the rows, stand on these pages.

        `breaks`: numbers from 1, never falling, as many as there are pieces; none gives one page without any.
        """
        count = max(breaks, default=1)
        split = len(self.lead)
        lead = list(zip(breaks[:split], self.lead, strict=True))
        rows = list(zip(breaks[split:], self.rows, strict=True))
        return [
            self.page(
                number,
                count,
                [text for page, text in lead if page == number],
                [text for page, text in rows if page == number],
            )
            for number in range(1, count + 1)
        ]

    def page(self, number: int, count: int, lead: Sequence[str], rows: Sequence[str]) -> str:
        """The squeezed text of page `number` of `count` with these pieces of the lead and these rows."""
        body = [*lead, self.columns, *rows] if rows else lead
        # The spaces keep a piece that begins with a combining mark from melting into the one before it.
        return squeeze(" ".join((self.head, _page_number(number, count), *body, self.foot)))


def pages_say(words: PageWords, pages: Sequence[str]) -> bool:
    """Whether the squeezed texts of `pages` are exactly the sheet: each piece once, in order, page n of m, nothing else."""
    lead, rows = _squeezed(words.lead), _squeezed(words.rows)
    columns, after = squeeze(words.columns), squeeze(words.foot)
    told = done = 0
    for number, page in enumerate(pages, 1):
        before = squeeze(f"{words.head} {_page_number(number, len(pages))}")
        if len(page) < len(before) + len(after) or not page.startswith(before) or not page.endswith(after):
            return False
        rest = page[len(before) : len(page) - len(after)]
        told, rest = _taken(lead, told, rest)
        if rest:
            before_these = done
            if told == len(lead) and rest.startswith(columns):
                done, rest = _taken(rows, done, rest[len(columns) :])
            if rest or done == before_these:
                return False
    return told == len(lead) and done == len(rows)


def _taken(pieces: Sequence[str], done: int, rest: str) -> tuple[int, str]:
    """How many pieces are done when `rest` begins with the next ones, and what is left of it."""
    while done < len(pieces) and rest.startswith(pieces[done]):
        rest = rest[len(pieces[done]) :]
        done += 1
    return done, rest


def _squeezed(pieces: Sequence[str]) -> list[str]:
    return [squeeze(piece) for piece in pieces]


def _page_number(number: int, count: int) -> str:
    return f"第{number}页共{count}页"
