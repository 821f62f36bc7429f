"""What a query may mean: characters as typed, letters as syllables, initials or the beginning of a syllable.

``gjj``, ``gongjijin``, ``gongjj``, ``公积jin`` and ``gjj2`` are all read. All readings of a run of letters are kept (``xian`` is
西安 and 先); `lattice` follows them side by side, so that none has to be chosen.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from offline_cache.reference.units import NAME, UNIT, is_letter, is_plain

_LONGEST = 6
_TWO_LETTER_INITIALS = ("zh", "ch", "sh")


class Reading(Enum):
    """How an element is read."""

    CHARACTER = "character"
    INITIAL = "initial"
    SYLLABLE = "syllable"
    BEGINNING = "beginning"


@dataclass(frozen=True)
class Element:
    """One unit of a query: `text` is the character, the one letter, the syllable or its beginning."""

    reading: Reading
    text: str


def elements_at(
    query: str, place: int, known: Collection[str], beginnings: Collection[str]
) -> list[tuple[Element, int]]:
    """The elements that may stand at `place` of a normalised query, each with where the next begins.

    Args:
        query: normalised.
        place: 0 to its length - 1.
        known: the syllables that occur.
        beginnings: all their beginnings, themselves included.
    """
    first = query[place]
    if not is_letter(first):
        return [(Element(Reading.CHARACTER, first), place + 1)]
    found = [(Element(Reading.INITIAL, first), place + 1)]
    if query[place : place + 2] in _TWO_LETTER_INITIALS:
        found.append((Element(Reading.INITIAL, first), place + 2))
    for end in range(place + 2, min(place + _LONGEST, len(query)) + 1):
        part = query[place:end]
        if end == len(query):
            if part in beginnings:
                found.append((Element(Reading.BEGINNING, part), end))
        elif part in known:
            found.append((Element(Reading.SYLLABLE, part), end))
    return found


def pattern_of(query: str) -> re.Pattern[str]:
    """A pattern that the search text of an entry has when it really holds the query, units side by side.

    The group ``start`` takes part when a name begins with the query.
    """
    parts = [rf"(?P<start>^|\{NAME})?{UNIT}"]
    for place, one in enumerate(query):
        following = query[place + 1 : place + 2]
        if is_letter(one):
            parts.append(one)
            if following and not is_letter(following):
                parts.append(f"[^{UNIT}{NAME}]*{UNIT}")
            elif following:
                parts.append(f"(?:[^{UNIT}{NAME}]*{UNIT})?")
        else:
            parts.append(re.escape(one) if is_plain(one) else f"[a-z]*{re.escape(one)}")
            if following:
                parts.append(UNIT)
    return re.compile("".join(parts))
