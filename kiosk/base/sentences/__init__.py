"""The sentences that people read, by message key, in three languages; made at the border, never earlier.

Each room keeps its texts in a module of this folder: ``SENTENCES: dict[str, tuple[str, str, str]]``, key -> (zh_CN,
zh_HK, en), placeholders in braces. The modules are read at the first sentence, so that importing this costs nothing.
"""

import string
import threading
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from kiosk.base.errors import Problem
from kiosk.base.logs import Log

__all__ = [
    "GENERAL_KEY",
    "LANGUAGES",
    "Language",
    "known_sentences",
    "placeholders_of",
    "raise_on_unknown",
    "sentence",
    "sentence_of",
]

Language = Literal["zh_CN", "zh_HK", "en"]
LANGUAGES: Final[tuple[Language, Language, Language]] = ("zh_CN", "zh_HK", "en")
GENERAL_KEY: Final = "general.something_failed"
"""Shown in place of a sentence that is missing: it still says what one can do."""

_log = Log("base")
_reading = threading.Lock()
_unknown_raises = False


def raise_on_unknown(raises: bool) -> None:
    """Whether an unknown key or a missing placeholder raises KeyError (in tests) or falls back to the general sentence."""
    global _unknown_raises
    _unknown_raises = raises


@cache
def _read_modules() -> Mapping[str, tuple[str, str, str]]:
    import importlib
    import pkgutil

    merged: dict[str, tuple[str, str, str]] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        texts: Mapping[str, tuple[str, str, str]] = importlib.import_module(f"{__name__}.{module}").SENTENCES
        twice = merged.keys() & texts.keys()
        if twice:
            raise ValueError(f"sentences of {module} that another room has already: {sorted(twice)}")
        merged.update(texts)
    return merged


def known_sentences() -> Mapping[str, tuple[str, str, str]]:
    """Every key with its three texts; read once, thread-safe, about 1 ms for a dozen rooms."""
    with _reading:
        return _read_modules()


def placeholders_of(text: str) -> frozenset[str]:
    """The names in braces of a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def sentence(key: str, language: Language, /, **placeholders: str) -> str:
    """The text of `key` in `language` with its placeholders filled in.

    An unknown key or a missing placeholder is an error of the program: it is logged and the general sentence returned,
    since a person must never see a code (see `raise_on_unknown` for tests). Superfluous placeholders are ignored.
    """
    column = LANGUAGES.index(language)
    texts = known_sentences()
    found = texts.get(key)
    if found is None:
        if _unknown_raises:
            raise KeyError(f"no sentence {key!r}")
        _log.event("sentence_missing", key=key)
        return texts[GENERAL_KEY][column]
    try:
        return found[column].format_map(placeholders)
    except KeyError:
        if _unknown_raises:
            raise
        _log.event("sentence_unfilled", key=key)
        return texts[GENERAL_KEY][column]


def sentence_of(problem: Problem, language: Language) -> str:
    """The sentence of an expected failure."""
    return sentence(problem.key, language, **problem.placeholders)
