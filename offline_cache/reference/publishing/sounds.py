"""The sounds of names and the folding of traditional characters, from pypinyin and OpenCC.

Characters of several sounds get theirs by the phrase they stand in (银行 hang, 行政 xing); ü is v, as it is typed.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from offline_cache.reference.units import is_plain, normalise, search_text

_HAN = (0x4E00, 0x9FFF)


@cache
def folding() -> dict[int, str]:
    """Traditional to simplified characters, one to one, as `str.translate` wants it."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    found = {}
    for number in range(_HAN[0], _HAN[1] + 1):
        simple = convert(chr(number))
        if len(simple) == 1 and simple != chr(number):
            found[number] = simple
    return found


class Sounds:
    """Makes search texts; remembers the names it has seen."""

    def __init__(self, fold: dict[int, str]) -> None:
        self._fold = fold
        self._known: dict[tuple[str, ...], str] = {}

    def search_text(self, names: Sequence[str]) -> str:
        """The search text of an entry's names, its own first."""
        key = tuple(names)
        known = self._known.get(key)
        if known is None:
            normal = dict.fromkeys(normalise(name, self._fold) for name in names)
            known = self._known[key] = search_text([(name, _syllables(name)) for name in normal if name])
        return known


def _syllables(name: str) -> list[str]:
    """One syllable a character; empty where pypinyin knows none. 0.1 ms a name."""
    from pypinyin import lazy_pinyin

    unknown: Any = lambda part: [""] * len(part)  # noqa: E731  # its stub forgets that a list is allowed
    found = [sound.lower() for sound in lazy_pinyin(name, errors=unknown)]
    if len(found) != len(name):
        raise ValueError("a syllable a character is needed")
    return [sound if is_plain(sound) else "" for sound in found]
