"""Lays a sheet out under a code that signs it: reads the pages back, compares them with their words, and signs what stands there.

The code stands on the paper that it signs, so the texts of the pages are foretold; a wrong forecast costs another layout.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.documents import pdf_text
from kiosk.documents.attestation import squeeze
from kiosk.documents.page_words import PageWords, pages_say

_MOST_LAYOUTS = 3


class Layout(Protocol):
    """A sheet that can be laid out with a code."""

    def pdf(self, code: str) -> bytes:
        """The document with this text as its code, "" for none."""

    def words(self) -> PageWords:
        """The words as they are printed; asked after `pdf`, which finds out what the font lacks."""


@dataclass(frozen=True)
class SealedSheet:
    """A document that says its words and nothing else."""

    document: bytes = field(repr=False)
    pages: int


def seal(layout: Layout, foretold: list[str], sign: Callable[[list[str]], str] | None) -> SealedSheet | None:
    """The sheet under the code that `sign` makes of its squeezed pages; None: what stands there is not what was meant.

    Without `sign` there is no code, and nothing needs to be foretold.
    """
    pages = foretold
    for _ in range(_MOST_LAYOUTS):
        document = layout.pdf("" if sign is None else sign(pages))
        found = [squeeze(page) for page in pdf_text.page_texts(document)]
        if not pages_say(layout.words(), found):
            return None
        if sign is None or found == pages:
            return SealedSheet(document, len(found))
        pages = found
    return None
