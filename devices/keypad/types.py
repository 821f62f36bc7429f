"""Commands and results of the class `keypad` (XFS4IoT Keyboard terms)."""

from enum import Enum

import msgspec


class Key(str, Enum):
    """XFS4IoT Keyboard key names."""

    ZERO = "zero"
    ONE = "one"
    TWO = "two"
    THREE = "three"
    FOUR = "four"
    FIVE = "five"
    SIX = "six"
    SEVEN = "seven"
    EIGHT = "eight"
    NINE = "nine"
    DOUBLE_ZERO = "doubleZero"
    DEC_POINT = "decPoint"
    ENTER = "enter"  # 确认
    CANCEL = "cancel"  # 取消
    CLEAR = "clear"  # 更正
    BACKSPACE = "backspace"  # 退格
    HELP = "help"

    @property
    def text(self) -> str:
        """What the key adds to an entry; empty for a function key."""
        return _TEXTS.get(self, "")


_TEXTS = {
    **{key: str(digit) for digit, key in enumerate(list(Key)[:10])},
    Key.DOUBLE_ZERO: "00",
    Key.DEC_POINT: ".",
}


class EndedBy(str, Enum):
    """XFS4IoT DataEntry `completion`."""

    ENTER = "enter"
    CANCEL = "cancel"
    AUTO = "auto"


class DataEntry(msgspec.Struct, frozen=True, rename="camel"):
    """`dataEntry`: take keys until 确认, 取消 or the last place.

    Attributes:
        min_length, max_length: characters, 0-64; 确认 before the minimum is told and passed over, keys beyond the maximum dropped.
        auto_end: whether the last place ends it without 确认.
        is_masked: whether events hide which digit was pressed (passwords).
        has_point: whether the decimal point counts.
        idle_s: without a key for so long it ends; 0 = never.
    """

    min_length: int = 1
    max_length: int = 6
    auto_end: bool = False
    is_masked: bool = True
    has_point: bool = False
    idle_s: float = 30.0


class KeyPressed(msgspec.Struct, frozen=True, rename="camel"):
    """`keyPressed`: `key` is ``None`` for a digit of a masked entry; `length` characters stand there now."""

    length: int
    key: Key | None = None

    def __repr__(self) -> str:
        return "KeyPressed(...)"


class DataEntered(msgspec.Struct, frozen=True, rename="camel"):
    """Success of `dataEntry`. The text may be a password: never logged. Empty after 取消."""

    text: str
    ended_by: EndedBy

    def __repr__(self) -> str:
        return f"DataEntered(..., {self.ended_by.value!r})"


class Layout(msgspec.Struct, frozen=True):
    """Success of `getLayout`: the keys as they lie, row by row."""

    rows: tuple[tuple[Key, ...], ...]


DATA_ENTRY = "dataEntry"
GET_LAYOUT = "getLayout"
RESET = "reset"
EVENT_KEY = "keyPressed"
EVENT_TOO_SHORT = "tooShort"  # 确认 came before the minimum
LONGEST_ENTRY = 64
