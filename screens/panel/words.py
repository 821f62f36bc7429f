"""The panel's words in one language."""

from collections.abc import Iterable, Mapping

from kiosk.base.errors import Problem
from kiosk.base.sentences import Language, known_sentences, sentence, sentence_of
from screens.panel.boards import Row, Switch
from screens.panel.boards.board import keys_of


class Words:
    """Says what the catalogue has; for what only an emulator knows, the emulator's own name with blanks."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def say(self, key: str, /, **placeholders: str) -> str:
        """The sentence of a key that the catalogue has."""
        return sentence(key, self._language, **placeholders)

    def first(self, keys: Iterable[str], otherwise: str, /, **placeholders: str) -> str:
        """The sentence of the first known key."""
        known = known_sentences()
        for key in keys:
            if key in known:
                return self.say(key, **placeholders)
        return otherwise.replace("_", " ")

    def of(self, texts: Mapping[str, str]) -> str:
        """The text in this language of one that came in all."""
        return texts.get(self._language, "")

    def sentence_of(self, problem: Problem) -> str:
        """The sentence of an expected failure."""
        return sentence_of(problem, self._language)

    def device(self, emulator: str) -> str:
        """The name of a device."""
        return self.first((f"panel.device.{emulator}",), emulator)

    def switch(self, switch: Switch) -> str:
        """What is on a button."""
        return self.first(switch.keys, switch.label or switch.action)

    def row(self, row: Row, emulator: str) -> str:
        """What stands before a row."""
        return self.first((f"panel.row.{name}" for name in keys_of(row.title, emulator)), row.label or row.title)
