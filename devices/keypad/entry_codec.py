"""An entry from key to key, pure: what stands there, what is told, when it is done."""

from enum import Enum

from devices.keypad.types import LONGEST_ENTRY, DataEntry, EndedBy, Key


class Told(Enum):
    """What the person is told of a key."""

    KEY = "key"  # it counts
    TOO_SHORT = "tooShort"
    NOTHING = "nothing"  # dropped


def is_possible(wish: DataEntry) -> bool:
    """Whether an entry can be carried out."""
    return 0 <= wish.min_length <= wish.max_length <= LONGEST_ENTRY and wish.max_length > 0 and wish.idle_s >= 0


class Entry:
    """One entry. What was typed is held in a buffer that `erase` overwrites.

    Attributes:
        ended_by: how it ended, ``None`` while it goes on.
    """

    def __init__(self, wish: DataEntry) -> None:
        self._wish = wish
        self._typed = bytearray()
        self.ended_by: EndedBy | None = None

    @property
    def length(self) -> int:
        """Characters that stand there."""
        return len(self._typed)

    def text(self) -> str:
        """What was typed; empty after 取消."""
        return self._typed.decode("ascii")

    def press(self, key: Key) -> Told:
        """Takes one key; after the end every key is dropped."""
        wish = self._wish
        if self.ended_by is not None:
            return Told.NOTHING
        if key is Key.CANCEL:
            self.erase()
            self.ended_by = EndedBy.CANCEL
        elif key is Key.ENTER:
            if self.length < wish.min_length:
                return Told.TOO_SHORT
            self.ended_by = EndedBy.ENTER
        elif key is Key.CLEAR:
            self.erase()
        elif key is Key.BACKSPACE:
            self._typed[-1:] = b""
        else:
            if not self._takes(key):
                return Told.NOTHING
            self._typed += key.text.encode("ascii")
            if wish.auto_end and self.length == wish.max_length:
                self.ended_by = EndedBy.AUTO
        return Told.KEY

    def erase(self) -> None:
        """Overwrites what was typed."""
        self._typed[:] = bytes(len(self._typed))
        self._typed.clear()

    def _takes(self, key: Key) -> bool:
        if not key.text or self.length + len(key.text) > self._wish.max_length:
            return False
        return key is not Key.DEC_POINT or (self._wish.has_point and b"." not in self._typed)
