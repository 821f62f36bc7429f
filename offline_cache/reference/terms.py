"""The terms under which an entry is found: what the index holds, made from the entry's search text alone.

==========  ==================================================================================
``u证``     a character that is no Latin letter        ``h社保``    two of them, neighbours
``p she``   a syllable (``p`` and the syllable)        ``s she bao`` two syllables, neighbours
``i s``     an initial                                 ``d s b``    two initials, neighbours
``t s b x`` three initials, neighbours                 ``q s b x c`` four of them
``m s bao`` an initial and a whole syllable            ``=社保卡``  a whole name
==========  ==================================================================================

The same with ``^`` before it says that a name begins so (not for three and four initials). ``K`` kind, ``H`` hot, ``L`` level and ``R`` region order
what was found.
"""

from collections.abc import Iterable

from offline_cache.reference.units import NAME, is_letter, units_of

WHOLE = "="
KIND = "K"
HOT = "H"
LEVEL = "L"
REGION = "R"


def character(one: str) -> str:
    """A character that is no Latin letter."""
    return "u" + one


def characters(one: str, two: str) -> str:
    """Two of them, neighbours."""
    return "h" + one + two


def syllable(one: str) -> str:
    """A syllable."""
    return "p " + one


def syllables(one: str, two: str) -> str:
    """Two syllables, neighbours."""
    return f"s {one} {two}"


def initial(one: str) -> str:
    """An initial."""
    return "i " + one


def initials(one: str, two: str) -> str:
    """Two initials, neighbours."""
    return f"d {one} {two}"


def three_initials(one: str, two: str, three: str) -> str:
    """Three initials in a row."""
    return f"t {one} {two} {three}"


def four_initials(one: str, two: str, three: str, four: str) -> str:
    """Four initials in a row."""
    return f"q {one} {two} {three} {four}"


def initial_and_syllable(one: str, two: str) -> str:
    """An initial and the whole syllable after it."""
    return f"m {one} {two}"


def at_start(term: str) -> str:
    """The term that a name begins with it."""
    return "^" + term


def terms_of_text(text: str) -> set[str]:
    """All terms of a search text."""
    found: set[str] = set()
    for name in text.split(NAME):
        units = units_of(name)
        if not units:
            continue
        found.add(WHOLE + "".join(one for one, _ in units))
        found.update(at_start(term) for term in _single(units[0]))
        if len(units) > 1:
            found.update(at_start(term) for term in _pair(units[0], units[1]))
        for place, unit in enumerate(units):
            found.update(_single(unit))
            if place:
                found.update(_pair(units[place - 1], unit))
            if place > 1:
                found.add(three_initials(*(sound[0] for _, sound in units[place - 2 : place + 1])))
            if place > 2:
                found.add(four_initials(*(sound[0] for _, sound in units[place - 3 : place + 1])))
    return found


def _single(unit: tuple[str, str]) -> Iterable[str]:
    one, sound = unit
    yield initial(sound[0])
    yield syllable(sound)
    if not is_letter(one):
        yield character(one)


def _pair(first: tuple[str, str], second: tuple[str, str]) -> Iterable[str]:
    (one, sound), (other, other_sound) = first, second
    yield initials(sound[0], other_sound[0])
    yield syllables(sound, other_sound)
    yield initial_and_syllable(sound[0], other_sound)
    if not (is_letter(one) or is_letter(other)):
        yield characters(one, other)


def terms_of_entry(kind: int, region: str, level: int, hot: int, text: str) -> set[str]:
    """All terms of an entry."""
    found = terms_of_text(text)
    found.update((f"{KIND}{kind}", f"{HOT}{hot}", f"{LEVEL}{level}", f"{REGION}{region}"))
    return found
