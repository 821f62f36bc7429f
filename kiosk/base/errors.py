"""Expected failures as values: a message key, never a sentence, travels through the program.

The sentence a person reads is made at the border (screen, slip, command line) by `kiosk.base.sentences`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """An expected failure, fit to be shown to a person.

    Attributes:
        key: message key in `kiosk.base.sentences`, e.g. ``"card.read_failed"``.
        placeholders: values for the sentence, already formatted for people, nothing personal.
    """

    key: str
    placeholders: Mapping[str, str] = field(default_factory=dict)


class BudayangError(Exception):
    """An expected failure raised where a value cannot be returned; carries its `Problem`.

    Its text is the message key alone, so that a traceback never holds anything personal.
    """

    def __init__(self, key: str, **placeholders: str) -> None:
        super().__init__(key)
        self.problem = Problem(key, placeholders)
