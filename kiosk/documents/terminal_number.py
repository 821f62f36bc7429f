"""The terminal's own number (终端流水号): it names what this terminal did, and can never be taken for a case number.

``T-{terminal id}-{epoch}-{counter}-{check}``: epoch in base 36, counter in at least six decimal digits, check character by
ISO/IEC 7064 MOD 37,36 over all letters and digits before it. Epoch and counter come from the durable counter of the store.
"""

import re
from dataclasses import dataclass

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = 36
_TERMINAL_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_NUMBER = re.compile(r"T-([A-Z0-9]+(?:-[A-Z0-9]+)*)-([0-9A-Z]+)-([0-9]{6,})-([0-9A-Z])")


@dataclass(frozen=True)
class TerminalNumber:
    """The parts of a terminal number; `text` puts them together."""

    terminal_id: str
    epoch: int
    counter: int

    @property
    def text(self) -> str:
        body = f"T-{self.terminal_id}-{_base36(self.epoch)}-{self.counter:06d}"
        return f"{body}-{_check_character(body)}"


def format_terminal_number(terminal_id: str, epoch: int, counter: int) -> str:
    """The number as printed; small letters of `terminal_id` become capitals.

    Raises:
        ValueError: a terminal id with other characters than letters, digits and single hyphens, or a number below 0.
    """
    terminal_id = terminal_id.upper()
    if not _TERMINAL_ID.fullmatch(terminal_id) or len(terminal_id) > 32:
        raise ValueError("terminal id: 1-32 letters, digits, single hyphens")
    if epoch < 0 or counter < 0:
        raise ValueError("epoch and counter are not below zero")
    return TerminalNumber(terminal_id, epoch, counter).text


def parse_terminal_number(text: str) -> TerminalNumber | None:
    """The parts of a typed or scanned number; None if its shape or its check character is wrong."""
    text = text.strip().upper()
    match = _NUMBER.fullmatch(text)
    if match is None or _check_character(text[:-2]) != match[4]:
        return None
    return TerminalNumber(match[1], int(match[2], 36), int(match[3]))


def _check_character(body: str) -> str:
    value = _MODULUS
    for character in body:
        if character == "-":
            continue
        value = (value + _ALPHABET.index(character)) % _MODULUS or _MODULUS
        value = value * 2 % (_MODULUS + 1)
    return _ALPHABET[(_MODULUS + 1 - value) % _MODULUS]


def _base36(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = _ALPHABET[digit] + text
        if not number:
            return text
