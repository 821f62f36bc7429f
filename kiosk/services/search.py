"""The search of the whole program: what is typed goes to one worker, and only the newest keystroke is answered.

No page asks the reference's search by itself: home, help and staff pages all have a `SearchDesk`, so that there is one index, one order and one
rule about old data.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.base.errors import Problem
from kiosk.services.catalogue import Catalogue
from kiosk.services.item import Item
from offline_cache.reference import Cancelled, Freshness, Hit, ItemRow, Kind, Reference

ITEMS = frozenset({Kind.ITEM})
_STOP_S = 2.0


@dataclass(frozen=True)
class FoundLine:
    """One line: `here` is the terminal's own item when it can be begun on this terminal, None when only its guide can be read."""

    hit: Hit
    here: Item | None


@dataclass(frozen=True)
class Found:
    """The answer to a keystroke.

    Attributes:
        ticket: what `SearchDesk.ask` returned.
        lines: first rank first; empty when nothing was found.
        count: how many there are; an upper bound where `is_more`.
        is_more: whether there are more than `lines`.
        freshness: when it says old, the page shows the date (sentence ``reference.old``).
    """

    ticket: int
    lines: tuple[FoundLine, ...] = field(repr=False)  # tells what a citizen looked for
    count: int
    is_more: bool
    freshness: Freshness


@dataclass(frozen=True)
class NotSearched:
    """Why there is no answer, for the page to say."""

    ticket: int
    problem: Problem


OnAnswer = Callable[[Found | NotSearched], None]


class SearchDesk:
    """Searches on a thread of its own; whoever makes it stops it.

    A keystroke that arrives while another is searched for cancels that one; the cancelled one has no answer. The reference is opened on the
    thread, at once, and anew after `renew`.
    """

    def __init__(
        self,
        open_reference: Callable[[], Reference | Problem],
        catalogue: Catalogue,
        region: str | None,
        on_answer: OnAnswer,
    ) -> None:
        """
        Args:
            open_reference: blocks some 0.3 s; called on the thread.
            catalogue: what this terminal can do.
            region: the terminal's, 6 or 12 digits.
            on_answer: called on the thread; hands over to the screen and returns at once.
        """
        self._open_reference = open_reference
        self._catalogue = catalogue
        self._region = region
        self._on_answer = on_answer
        self._changed = threading.Condition()
        self._newest = 0
        self._asked: tuple[int, str, frozenset[Kind]] | None = None
        self._is_stopping = False
        self._must_open = True
        self._reference: Reference | Problem = Problem("reference.none")
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def ask(self, text: str, kinds: frozenset[Kind] = ITEMS) -> int:
        """Searches for `text`, any text, in place of what was asked before. Returns its ticket at once."""
        with self._changed:
            self._newest += 1
            self._asked = (self._newest, text, kinds)
            self._changed.notify()
            return self._newest

    def forget(self) -> None:
        """Drops what was asked: at the end of a visit, and when the field is empty. Nothing asked before is answered any more."""
        with self._changed:
            self._newest += 1
            self._asked = None

    def renew(self) -> None:
        """Opens the reference anew before the next answer: a new version was installed."""
        with self._changed:
            self._must_open = True
            self._changed.notify()

    def stop(self) -> bool:
        """Ends the thread and closes the reference. False when it did not end within 2 s."""
        with self._changed:
            self._newest += 1
            self._asked = None
            self._is_stopping = True
            self._changed.notify()
        self._thread.join(_STOP_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._is_stopping or self._asked or self._must_open)
                    if self._is_stopping:
                        return
                    asked, self._asked = self._asked, None
                    must_open, self._must_open = self._must_open, False
                if must_open:
                    self._close()
                    self._reference = self._open_reference()
                if asked is not None:
                    self._answer(*asked)
                del asked
        finally:
            self._close()

    def _answer(self, ticket: int, text: str, kinds: frozenset[Kind]) -> None:
        reference = self._reference
        if isinstance(reference, Problem):
            self._tell(NotSearched(ticket, reference))
            return
        hits = reference.search(text, self._region, kinds=kinds, is_cancelled=lambda: ticket != self._newest)
        if isinstance(hits, Cancelled):
            return
        if isinstance(hits, Problem):
            self._tell(NotSearched(ticket, hits))
            return
        lines = tuple(FoundLine(hit, self._here(hit)) for hit in hits.items)
        self._tell(Found(ticket, lines, hits.count, hits.is_more, reference.age()))

    def _here(self, hit: Hit) -> Item | None:
        return self._catalogue.by_code(hit.code) if hit.kind is Kind.ITEM else None

    def _tell(self, answer: Found | NotSearched) -> None:
        if answer.ticket == self._newest:
            self._on_answer(answer)

    def _close(self) -> None:
        if isinstance(self._reference, Reference):
            self._reference.close()


def own_rows(catalogue: Catalogue, region: str, level: int) -> tuple[ItemRow, ...]:
    """The terminal's own items as a publisher publishes them, so that the one search finds them, too. Asked for every day: hot 3."""
    return tuple(
        ItemRow(
            item_code=item.item_code,
            basic_code=item.basic_code,
            business_item_code=item.business_item_code,
            name=item.name.zh_CN,
            body=item.body.zh_CN,
            department=item.theme,
            region=region,
            level=level,
            stars=item.stars,
            theme=item.theme,
            hot=3,
            guide="",
        )
        for item in catalogue.items
    )
