"""Which characters stand on a sheet of any data as they are; every other one is printed as 〓. Pure.

Kept out is what takes its shape from its neighbours or from the direction of writing: what is printed is read back, and must
be what was meant. The font may still lack one of the rest, which the layout then tells.
"""

import re
import unicodedata

SUBSTITUTE = "〓"
"""Stands for a character that is not printed, as in Chinese and Japanese printing."""
INVISIBLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]"
)
"""Control and format characters, which no font shows."""
_HYPHENS = re.compile("[\u2010\u2011]")  # at the end of a line a reader of PDF takes them for a word's division
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KEPT = re.compile(
    "["
    "\x20-\x7e\xa0-\u024f"  # ASCII, Latin with marks
    "\u0370-\u03ff\u0400-\u045f"  # Greek, Cyrillic
    "\u1e00-\u1eff"  # Latin with two marks, as in Vietnamese
    "\u2012-\u2027\u2030-\u205e\u20a0-\u20bf"  # dashes, quotation marks, signs, currencies
    "\u2100-\u22ff\u2460-\u26ff"  # letterlike signs, numerals, arrows, mathematics, circled figures, shapes
    "\u2e80-\u3029\u3030-\u3098\u309b-\u312f\u3190-\ua4cf"  # radicals, CJK, kana, bopomofo, compatibility, Yi
    "\uac00-\ud7a3"  # Hangul syllables
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9d\uffe0-\uffee"  # compatibility ideographs and forms, full and half width
    "\U00020000-\U000323af"  # the planes of further ideographs
    "]"
)
_SURE = re.compile(
    "[\x20-\x7e\xa0-\xff\u2013-\u2016\u2018-\u201a\u201c-\u201e\u2025\u2026\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]"
)


def plain(text: str) -> str:
    """`text` with composed letters, with spaces for what is invisible, and 〓 for what does not stand on a sheet.

    Variation selectors go: they choose among the shapes of one character. Every hyphen is the common one.
    """
    composed = _HYPHENS.sub("-", _SELECTORS.sub("", unicodedata.normalize("NFC", text)))
    return "".join(one if _KEPT.fullmatch(one) else SUBSTITUTE for one in INVISIBLE.sub(" ", composed))


def unsure(text: str) -> set[str]:
    """The characters of `text` that a font for Chinese may lack."""
    return {one for one in set(text) if not _SURE.fullmatch(one)}
