"""Tells a scanner that types as a keyboard from a person's typing, and its keys from characters.

Known from practice: a scanner in keyboard mode sends a key every few milliseconds and Enter at the end; the quickest
typists come to some 60 ms. What would prove it wrong: a scanner set to a long pause between keys (its manual's
"inter-character delay"), which must be set to 0.
"""

from enum import Enum

ENTER = "\n"

_ROWS = {
    # Linux input-event-codes.h, with the characters of a US keyboard, which is the scanners' factory setting
    2: ("1234567890-=", "!@#$%^&*()_+"),
    16: ("qwertyuiop[]", "QWERTYUIOP{}"),
    30: ("asdfghjkl;'`", 'ASDFGHJKL:"~'),
    43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
    57: (" ", " "),
    71: ("789-456+1230.", "789-456+1230."),
}
_ENTERS = (28, 96)
_SHIFTS = (42, 54)
_SILENT = frozenset((29, 97, 56, 100, 58, 69, 70, 125, 126))  # Ctrl, Alt, locks, Meta: no character of their own
_KEYS = {
    first + place: (plain[place], shifted[place])
    for first, (plain, shifted) in _ROWS.items()
    for place in range(len(plain))
}


class WedgeDamage(Enum):
    """Why quick keys are no code."""

    TOO_LONG = "tooLong"
    NOT_TEXT = "notText"
    NO_PREFIX = "noPrefix"


class Keyboard:
    """Linux key codes to characters, with the state of Shift."""

    def __init__(self) -> None:
        self._shifts: set[int] = set()

    def press(self, code: int) -> str | None:
        """A key went down: its character, `ENTER`, ``""`` for one that says nothing, ``None`` for an unknown one."""
        if code in _SHIFTS:
            self._shifts.add(code)
            return ""
        if code in _ENTERS:
            return ENTER
        if code in _SILENT:
            return ""
        pair = _KEYS.get(code)
        return None if pair is None else pair[bool(self._shifts)]

    def release(self, code: int) -> None:
        """A key went up."""
        self._shifts.discard(code)

    def clear(self) -> None:
        """No key is down."""
        self._shifts.clear()


class WedgeReader:
    """Cuts a stream of keys into codes.

    Args:
        within_s: keys further apart are a person's and begin anew.
        shortest, longest: characters of a code; shorter rows are passed over without a word.
        prefix: the characters that the scanner is set to send first; they are not part of the code.
    """

    def __init__(self, within_s: float = 0.03, shortest: int = 4, longest: int = 2048, prefix: str = "") -> None:
        self._within_s = within_s
        self._shortest = shortest
        self._longest = longest + len(prefix)
        self._prefix = prefix
        self._keys: list[str] = []
        self._pressed_at = float("-inf")
        self._damage: WedgeDamage | None = None

    def press(self, character: str | None, at: float) -> str | WedgeDamage | None:
        """One key (see `Keyboard.press`) at `at` seconds of any clock; returns a code at its Enter."""
        if not character and character is not None:
            return None
        if at - self._pressed_at > self._within_s:
            self.clear()
        self._pressed_at = at
        if character == ENTER:
            return self._finish()
        if character is None:
            self._damage = self._damage or WedgeDamage.NOT_TEXT
        elif len(self._keys) >= self._longest:
            self._damage = self._damage or WedgeDamage.TOO_LONG
        else:
            self._keys.append(character)
        return None

    def clear(self) -> None:
        """Forgets the keys so far."""
        self._keys.clear()
        self._damage = None

    def _finish(self) -> str | WedgeDamage | None:
        text, damage = "".join(self._keys), self._damage
        self.clear()
        if len(text) < self._shortest + len(self._prefix):
            return None
        if damage is not None:
            return damage
        return text.removeprefix(self._prefix) if text.startswith(self._prefix) else WedgeDamage.NO_PREFIX
