"""Reads a social-security card by its profile and verifies its PIN.

Source of the commands: ISO/IEC 7816-4 (SELECT, READ RECORD, VERIFY); of the values: the profile.
"""

from dataclasses import dataclass

from devices.smart_card.apdu_codec import SHORT_LE, CommandApdu, ResponseApdu, Sw
from devices.smart_card.card_session import CardSession
from devices.smart_card.social_profile import Profile, RecordField
from kiosk.base.errors import Problem


@dataclass(frozen=True)
class PinVerdict:
    """What the card said; `key` is the sentence for a PIN that is not right."""

    is_right: bool
    tries_left: int | None
    key: str = ""


class SocialCard:
    """One run over one session. `CardTroubleError` passes through every method."""

    def __init__(self, session: CardSession, profile: Profile) -> None:
        self._session = session
        self._profile = profile

    def read(self) -> dict[str, str] | Problem:
        """The profile's fields; one that the card does not have is empty."""
        if not self._select():
            return Problem("smart_card.unknown_type")
        found = {}
        for file in self._profile.files:
            for field in file.fields:
                response = self._record(file.short_identifier, field.record)
                if response.meaning in (Sw.NOT_FOUND, Sw.END_OF_FILE):
                    found[field.name] = ""
                    continue
                text = _text(field, response.data) if response.meaning is Sw.DONE else None
                if text is None:
                    return Problem("smart_card.read_failed")
                found[field.name] = text
        return found

    def verify(self, pin: str) -> PinVerdict | Problem:
        """Gives the PIN once; never when as few tries are left as the profile spares."""
        rule = self._profile.pin
        if rule is None or not self._select():
            return Problem("smart_card.unknown_type")
        if rule.asks_tries:
            left = self._session.transmit(CommandApdu(0x00, 0x20, 0x00, rule.reference)).tries_left
            if left is None:
                return Problem("smart_card.read_failed")
            if left == 0:
                return PinVerdict(False, 0, "smart_card.pin_blocked")
            if left <= rule.spares:
                return PinVerdict(False, left, "smart_card.pin_last_try")
        answer = self._session.transmit(CommandApdu(0x00, 0x20, 0x00, rule.reference, rule.encode(pin)))
        if answer.meaning is Sw.DONE:
            return PinVerdict(True, None)
        left = answer.tries_left
        if left == 0:
            return PinVerdict(False, 0, "smart_card.pin_blocked")
        if left is None and answer.meaning is not Sw.REFUSED:
            return Problem("smart_card.read_failed")
        return PinVerdict(False, left, "smart_card.pin_wrong")

    def _select(self) -> bool:
        for step in self._profile.select:
            by_name = step.name is not None
            data = bytes.fromhex(step.name or step.identifier or "3F00")
            command = CommandApdu(0x00, 0xA4, 0x04 if by_name else 0x00, 0x00, data, SHORT_LE)
            if self._session.transmit(command).meaning is not Sw.DONE:
                return False
        return True

    def _record(self, short_identifier: int, record: int) -> ResponseApdu:
        return self._session.transmit(CommandApdu(0x00, 0xB2, record, short_identifier << 3 | 4, le=SHORT_LE))


def _text(field: RecordField, data: bytes) -> str | None:
    if field.tag is not None:
        tag = bytes.fromhex(field.tag)
        at = len(tag)
        if not data.startswith(tag) or len(data) <= at or len(data) < at + 1 + data[at]:
            return None
        data = data[at + 1 : at + 1 + data[at]]
    if field.encoding == "hex":
        return data.hex().upper()
    if field.encoding == "digits":
        return data.hex().upper().rstrip("F")
    try:
        return data.rstrip(b"\x00\xff").decode(field.encoding).strip(" ")
    except UnicodeDecodeError:
        return None
