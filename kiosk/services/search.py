"""The search of the whole program: what is typed goes to one worker, and only the newest question is answered.

No page asks the reference's search by itself: home, help and staff pages all have a `SearchDesk`, so that there is one index, one order and one
rule about old data.
"""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.base.errors import Problem
from kiosk.services.catalogue import Catalogue
from kiosk.services.item import Item
from offline_cache.reference import (
    ALL_KINDS,
    Cancelled,
    Freshness,
    GuideRow,
    Hit,
    ItemRow,
    Kind,
    PlaceRow,
    PolicyRow,
    Reference,
)

_STOP_S = 2.0
_TRY_AGAIN_S = 30.0
"""A reference that could not be opened is tried again when somebody asks, this often at most."""
_HIGHEST = 8
GONE = Problem("reference.gone")


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
class PlaceFile:
    """A place with those above it, the nearest first, and those right below it."""

    place: PlaceRow
    above: tuple[PlaceRow, ...]
    below: tuple[PlaceRow, ...]


@dataclass(frozen=True)
class Opened:
    """All that there is to read of one line: an item with its guide (if it has one), a policy, or a place."""

    ticket: int
    content: tuple[ItemRow, GuideRow | None] | PolicyRow | PlaceFile = field(repr=False)
    freshness: Freshness


@dataclass(frozen=True)
class NotSearched:
    """Why there is no answer, for the page to say."""

    ticket: int
    problem: Problem


OnAnswer = Callable[[Found | Opened | NotSearched], None]
_Question = Callable[[Reference, int], Found | Opened | NotSearched | None]


class SearchDesk:
    """Searches on a thread of its own; whoever makes it stops it.

    A question that arrives while another is worked on cancels that one; the cancelled one has no answer. The reference is opened on the
    thread, at once, and anew after `renew`; whoever reads a page meanwhile loses nothing of it.
    """

    def __init__(
        self,
        open_reference: Callable[[], Reference | Problem],
        find_here: Callable[[str], Item | None],
        region: str | None,
        on_answer: OnAnswer,
        on_fault: Callable[[], None] = lambda: None,
    ) -> None:
        """
        Args:
            open_reference: blocks some 0.3 s; called on the thread.
            find_here: the terminal's own item with that 31-character code; called on the thread.
            region: the terminal's, 6 or 12 digits.
            on_answer: called on the thread; hands over to the screen and returns at once.
            on_fault: hears on the thread of a mistake of ours in an answer; the thread goes on.
        """
        self._open_reference = open_reference
        self._find_here = find_here
        self._region = region
        self._on_answer = on_answer
        self._on_fault = on_fault
        self._changed = threading.Condition()
        self._newest = 0
        self._asked: tuple[int, _Question] | None = None
        self._forgetting: list[Callable[[], None]] = []
        self._is_stopping = False
        self._must_open = True
        self._tried_at = 0.0
        self._reference: Reference | Problem = Problem("reference.none")
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> Problem | None:
        """Why nothing can be searched now, None when it can. Any thread."""
        reference = self._reference
        return reference if isinstance(reference, Problem) else None

    def ask(self, text: str, kinds: frozenset[Kind] = ALL_KINDS) -> int:
        """Searches for `text`, any text, in place of what was asked before. Returns its ticket at once."""
        return self._put(lambda reference, ticket: self._search(reference, ticket, text, kinds))

    def open(self, kind: Kind, code: str) -> int:
        """Reads all that there is of a line, in place of what was asked before. Returns its ticket at once.

        ``reference.gone`` when a version came in that does not have it any more.
        """
        return self._put(lambda reference, ticket: self._open_one(reference, ticket, kind, code))

    def forget(self, done: Callable[[], None] = lambda: None) -> None:
        """Drops what was asked and all that is left of it, at the end of a visit; nothing asked before is answered any more.

        `done` is called on the thread once it is so.
        """
        with self._changed:
            self._newest += 1
            self._asked = None
            self._forgetting.append(done)
            self._changed.notify()

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

    def _put(self, question: _Question) -> int:
        with self._changed:
            self._newest += 1
            self._asked = (self._newest, question)
            self._changed.notify()
            return self._newest

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(
                        lambda: self._is_stopping or self._asked or self._must_open or self._forgetting
                    )
                    if self._is_stopping:
                        return
                    asked, self._asked = self._asked, None
                    must_open, self._must_open = self._must_open, False
                    forgetting, self._forgetting = self._forgetting, []
                try:
                    if must_open:
                        self._open()
                    if asked is not None:
                        self._answer(*asked)
                except Exception:  # noqa: BLE001 - a mistake of ours must not leave the next citizen without a search
                    threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), threading.current_thread()]))
                    self._on_fault()
                del asked
                if forgetting:
                    self._forget()
                for done in forgetting:
                    done()
        finally:
            self._close()

    def _open(self) -> None:
        self._close()
        self._tried_at = time.monotonic()
        self._reference = self._open_reference()

    def _answer(self, ticket: int, question: _Question) -> None:
        if isinstance(self._reference, Problem) and time.monotonic() > self._tried_at + _TRY_AGAIN_S:
            self._open()
        reference = self._reference
        answer = NotSearched(ticket, reference) if isinstance(reference, Problem) else question(reference, ticket)
        if answer is not None and ticket == self._newest:
            self._on_answer(answer)

    def _search(
        self, reference: Reference, ticket: int, text: str, kinds: frozenset[Kind]
    ) -> Found | NotSearched | None:
        hits = reference.search(text, self._region, kinds=kinds, is_cancelled=lambda: ticket != self._newest)
        if isinstance(hits, Cancelled):
            return None
        if isinstance(hits, Problem):
            return NotSearched(ticket, hits)
        lines = tuple(FoundLine(hit, self._here(hit)) for hit in hits.items)
        return Found(ticket, lines, hits.count, hits.is_more, reference.age())

    def _here(self, hit: Hit) -> Item | None:
        return self._find_here(hit.code) if hit.kind is Kind.ITEM else None

    def _open_one(self, reference: Reference, ticket: int, kind: Kind, code: str) -> Opened | NotSearched:
        content: tuple[ItemRow, GuideRow | None] | PolicyRow | PlaceFile | Problem | None
        match kind:
            case Kind.ITEM:
                content = _item(reference, code)
            case Kind.POLICY:
                content = reference.policy(code)
            case Kind.PLACE:
                content = _place(reference, code)
        if content is None or isinstance(content, Problem):
            return NotSearched(ticket, content or GONE)
        return Opened(ticket, content, reference.age())

    def _forget(self) -> None:
        if isinstance(self._reference, Reference):
            self._reference.forget()

    def _close(self) -> None:
        if isinstance(self._reference, Reference):
            self._reference.close()


def _item(reference: Reference, code: str) -> tuple[ItemRow, GuideRow | None] | Problem | None:
    item = reference.item(code)
    if item is None or isinstance(item, Problem):
        return item
    guide = reference.guide(code)
    return guide if isinstance(guide, Problem) else (item, guide)


def _place(reference: Reference, code: str) -> PlaceFile | Problem | None:
    place = reference.place(code)
    if place is None or isinstance(place, Problem):
        return place
    above: list[PlaceRow] = []
    while len(above) < _HIGHEST and (parent := (above[-1] if above else place).parent):
        upper = reference.place(parent)
        if isinstance(upper, Problem):
            return upper
        if upper is None:
            break
        above.append(upper)
    below = reference.places(code)
    return below if isinstance(below, Problem) else PlaceFile(place, tuple(above), below)


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
