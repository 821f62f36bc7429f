"""Text as the index sees it: normalised letters and digits, each with its sound.

A *unit* is one character with its pinyin syllable; digits and Latin letters sound as themselves. The search text of an
entry is its names written as units, ``~gong公~ji积~jin金~e~t~c``, names parted by ``|``. It is made once, where the
bundle is published; from it the terminal derives everything else and needs no table of sounds.
"""

import unicodedata
from collections.abc import Mapping, Sequence

UNIT = "~"
NAME = "|"
QUERY_LIMIT = 64
"""Characters of a query that count. What is longer finds at least as much as its beginning."""


def normalise(text: str, fold: Mapping[int, str] | None = None, limit: int | None = None) -> str:
    """Letters and digits alone, full width made half, small letters, traditional characters made simplified by `fold`.

    Args:
        text: anything, also hostile.
        fold: as `str.translate` wants it.
        limit: how many characters of the result are wanted; about four times as many of `text` are looked at.
    """
    if limit is not None:
        text = text[: 4 * limit]
    plain = unicodedata.normalize("NFKC", text).casefold()
    if fold:
        plain = plain.translate(fold)
    kept = "".join(character for character in plain if character.isalnum())
    return kept if limit is None else kept[:limit]


def is_letter(character: str) -> bool:
    """Whether it is one of a to z: what pinyin is typed with."""
    return "a" <= character <= "z"


def is_plain(character: str) -> bool:
    """Whether it sounds as itself: an ASCII letter or digit."""
    return character.isascii()


def search_text(names: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The search text of names, each given as its normalised characters and one syllable a character."""
    return NAME.join(
        "".join(
            UNIT + (character if is_plain(character) else syllable + character)
            for character, syllable in zip(characters, syllables, strict=True)
        )
        for characters, syllables in names
    )


def units_of(name: str) -> list[tuple[str, str]]:
    """The units of one name of a search text as (character, syllable)."""
    return [(unit[-1], unit[:-1] or unit) for unit in name.split(UNIT)[1:]]
