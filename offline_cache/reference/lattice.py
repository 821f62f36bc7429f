"""Follows all readings of a query through the index at once and gives the set of entries that may hold it.

Neighbouring elements are looked up as pairs, runs of initials in threes and fours. The set holds every entry that has the query and a few
that have all its pairs but not side by side; `reference` looks at the text of those it shows.
"""

from collections.abc import Callable, Collection
from typing import Protocol

from offline_cache.reference import terms
from offline_cache.reference.query import Element, Reading, elements_at

_State = tuple[Element, str]
"""The last element, and the one or two initials right before it when it is an initial, too."""


class Index(Protocol):
    """Sets by term."""

    def get(self, term: str) -> int:
        """The set of one term, empty when unknown."""

    def starting_with(self, beginning: str) -> int:
        """The union of the sets of all terms that begin so."""


class CancelledError(Exception):
    """The search is not wanted any more."""


def find(
    query: str,
    index: Index,
    known: Collection[str],
    beginnings: Collection[str],
    *,
    at_start: bool = False,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """The entries that may hold `query` (normalised, not empty); with `at_start`, whose name may begin with it.

    Raises:
        CancelledError: `is_cancelled` said so.
    """
    states: list[dict[_State, int | None]] = [{} for _ in query]
    total = 0
    for place in range(len(query)):
        arrived = states[place]
        if place and not arrived:
            continue
        if is_cancelled():
            raise CancelledError
        for element, end in elements_at(query, place, known, beginnings):
            if place == 0:
                if end == len(query):
                    total |= _single(index, element, at_start)
                else:
                    states[end][element, ""] = None
                continue
            for (before, earlier), bitmap in arrived.items():
                pair = _pair(index, before, element, at_start and bitmap is None)
                if bitmap is not None:
                    pair &= bitmap
                is_run = before.reading is element.reading is Reading.INITIAL
                if pair and is_run and earlier:
                    pair &= _run(index, earlier, before.text, element.text)
                if not pair:
                    continue
                if end == len(query):
                    total |= pair
                    continue
                state = (element, (earlier + before.text)[-2:] if is_run else "")
                states[end][state] = (states[end].get(state) or 0) | pair
    return total


def _run(index: Index, earlier: str, before: str, last: str) -> int:
    if len(earlier) == 1:
        return index.get(terms.three_initials(earlier, before, last))
    return index.get(terms.four_initials(earlier[0], earlier[1], before, last))


def _single(index: Index, element: Element, at_start: bool) -> int:
    mark = terms.at_start if at_start else str
    match element.reading:
        case Reading.CHARACTER:
            return index.get(mark(terms.character(element.text)))
        case Reading.INITIAL:
            return index.get(mark(terms.initial(element.text)))
        case Reading.SYLLABLE:
            return index.get(mark(terms.syllable(element.text)))
        case Reading.BEGINNING:
            return index.starting_with(mark(terms.syllable(element.text)))


def _pair(index: Index, one: Element, two: Element, at_start: bool) -> int:
    mark = terms.at_start if at_start else str
    match one.reading, two.reading:
        case Reading.CHARACTER, Reading.CHARACTER:
            return index.get(mark(terms.characters(one.text, two.text)))
        case Reading.INITIAL, Reading.INITIAL:
            return index.get(mark(terms.initials(one.text, two.text)))
        case Reading.INITIAL, Reading.SYLLABLE:
            return index.get(mark(terms.initial_and_syllable(one.text, two.text)))
        case Reading.INITIAL, Reading.BEGINNING:
            return index.starting_with(mark(terms.initial_and_syllable(one.text, two.text)))
        case Reading.SYLLABLE, Reading.SYLLABLE:
            return index.get(mark(terms.syllables(one.text, two.text)))
        case Reading.SYLLABLE, (Reading.INITIAL | Reading.BEGINNING):
            return index.starting_with(mark(terms.syllables(one.text, two.text)))
        case _:
            # a character beside letters: each by itself, the text decides
            first = _single(index, one, at_start)
            return first and first & _single(index, two, at_start=False)
