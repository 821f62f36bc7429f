"""The other cards of the virtual reader: a social-security card with a PIN, an ID card in a PC/SC reader's mode."""

from typing import Protocol

from devices.emulators.cards import CARDS, PHOTO
from devices.emulators.virtual_document import contactless_atr


class VirtualCard(Protocol):
    """What the virtual reader asks of a card."""

    @property
    def atr(self) -> bytes:
        """Answer to reset."""

    def reset(self) -> None:
        """Power was taken and given again."""

    def answer(self, raw: bytes) -> bytes:
        """A command's bytes to a reply's."""


_NAME = "sx1.sh.社会保障".encode("gb18030")


class VirtualSocialCard:
    """Files by short identifier, one TLV a record; three tries of the PIN, which only a right one gives back."""

    atr = bytes.fromhex("3B6D000000814D865358CA000000000000")

    def __init__(self, pin: str = "123456", tries: int = 3) -> None:
        self._pin = bytes.fromhex(pin)
        self.tries = tries
        self._all_tries = tries
        self._records = {
            (5, 1): b"\x01\x10" + bytes.fromhex("44030000000000000000000000000001"),
            (5, 3): b"\x03\x043.00",
            (5, 4): b"\x04\x0c" + bytes(12),
            (5, 5): b"\x05\x04" + bytes.fromhex("20200101"),
            (5, 6): b"\x06\x04" + bytes.fromhex("20300101"),
            (5, 7): b"\x07\x09A00000000",
            (6, 1): b"\x08\x12440308199901101512",
            (6, 2): b"\x09\x1e" + "李思远".encode("gb18030").ljust(30, b"\x00"),
            (6, 3): b"\x0a\x011",
            (6, 4): b"\x0b\x01\x01",
            (6, 6): b"\x0d\x04" + bytes.fromhex("19990110"),
        }
        self._is_selected = False

    def reset(self) -> None:
        """Power was taken and given again."""
        self._is_selected = False

    def answer(self, raw: bytes) -> bytes:
        """One exchange."""
        instruction = raw[1]
        if instruction == 0xA4 and raw[2] == 0x04:
            self._is_selected = raw[5 : 5 + raw[4]] == _NAME
            return b"\x90\x00" if self._is_selected else b"\x6a\x82"
        if not self._is_selected:
            return b"\x6a\x82" if instruction == 0xA4 else b"\x69\x85"
        if instruction == 0xB2:
            found = self._records.get((raw[3] >> 3, raw[2]))
            return found + b"\x90\x00" if found is not None else b"\x6a\x83"
        if instruction == 0x20:
            return self._verify(raw[5:])
        return b"\x6d\x00"

    def _verify(self, data: bytes) -> bytes:
        if self.tries == 0:
            return b"\x69\x83"
        if data == self._pin:
            self.tries = self._all_tries
            return b"\x90\x00"
        if data:
            self.tries -= 1
        return bytes((0x63, 0xC0 | self.tries))


class VirtualIdCard:
    """A second-generation ID card as a PC/SC reader shows it: READ BINARY FF B0 in blocks of 256 bytes."""

    atr = contactless_atr("804F0CA0000003060B001400000000")

    def __init__(self, card: str = "resident", is_defective: bool = False) -> None:
        self._content = b"\x01\x00\x04\x00" + CARDS[card].text + PHOTO
        self._is_defective = is_defective

    def reset(self) -> None:
        """Nothing is kept."""

    def answer(self, raw: bytes) -> bytes:
        """One exchange."""
        if raw[:2] != b"\xff\xb0" or raw[3:] != b"\x00\x00":
            return b"\x6d\x00"
        part = self._content[raw[2] * 256 :][:256]
        if not part:
            return b"\x6a\x82"
        return b"\x64\x00" if self._is_defective else part + b"\x90\x00"
