"""A text while a citizen writes it: held in one place, cleaned, counted, and gone at the first reason to go.

A view-model that shows a `TextEntry` makes one before its page is made, hands it every `edited` text, and reads the
result from it when the page's act is touched.
"""

import unicodedata

from screens import keyboard

LIMIT = 500


class TextDraft:
    """What has been written so far.

    Attributes:
        limit: characters (code points) taken at most.
    """

    def __init__(self, limit: int = LIMIT, text: str = "") -> None:
        """Makes the keyboard's folder ready, too: its engine looks for it when the first field is made.

        Raises:
            ValueError: the limit is not positive.
        """
        if limit <= 0:
            raise ValueError("a text has room for something")
        self.limit = limit
        self._text = ""
        keyboard.folder.make_ready()
        self.take(text)

    def __repr__(self) -> str:
        return f"TextDraft({len(self._text)} of {self.limit} characters)"

    @property
    def text(self) -> str:
        """As it is on the screen."""
        return self._text

    @property
    def result(self) -> str:
        """As it goes on: normalised (NFC), without white space at its ends and of its lines, no more than one empty line
        in a row."""
        lines = [line.rstrip() for line in unicodedata.normalize("NFC", self._text).strip().split("\n")]
        kept = [line for number, line in enumerate(lines) if line or lines[number - 1]]
        return "\n".join(kept)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but white space."""
        return not self._text.strip()

    def take(self, text: str) -> bool:
        """The field's text now. Control characters are dropped, what is beyond the limit is cut off.

        Returns whether the text is another one than before.
        """
        clean = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})[: self.limit]
        changed = clean != self._text
        self._text = clean
        return changed

    def forget(self) -> None:
        """Drops it."""
        self._text = ""
