"""Commands and results of the class `smart_card` (XFS4IoT CardReader terms where it has one)."""

from enum import Enum

import msgspec

from devices.card_commands import EVENT_INVALID_MEDIA, EVENT_MEDIA_INSERTED, FORGET, WATCH_REMOVAL
from devices.smart_card.passive_authentication import Authenticity

__all__ = ["EVENT_INVALID_MEDIA", "EVENT_MEDIA_INSERTED", "FORGET", "WATCH_REMOVAL", "Authenticity"]


class Access(str, Enum):
    """By which protocol the chip opened."""

    BAC = "bac"
    PACE = "pace"


class ZoneKey(msgspec.Struct, frozen=True):
    """The printed zone's number and dates (YYMMDD), which open the chip. Personal."""

    document_number: str
    birth: str
    expiry: str

    def __repr__(self) -> str:
        return "ZoneKey(...)"


class ReadDocument(msgspec.Struct, frozen=True):
    """`readDocument`: wait for a document, open its chip, read and judge it. Personal.

    Attributes:
        zone: from the printed zone; or `can`: the six digits of the card access number. One of the two.
        wants_details: DG11. wants_portrait: DG2, which otherwise is not even read.
        accepts_lying: a document that lies there already counts as laid.
        judged_at: seconds since 1970 UTC, only from a trusted clock; ``None`` = nothing counts as expired.
    """

    zone: ZoneKey | None = None
    can: str | None = None
    wants_details: bool = True
    wants_portrait: bool = False
    accepts_lying: bool = True
    judged_at: float | None = None

    def __repr__(self) -> str:
        return "ReadDocument(...)"


class DocumentText(msgspec.Struct, frozen=True):
    """DG1 and DG11. Personal. Dates of the zone YYMMDD, `full_birth` YYYYMMDD; empty where the chip has none."""

    layout: str
    document_code: str
    document_number: str
    birth: str
    expiry: str
    issuer: str = ""
    nationality: str = ""
    sex: str = ""
    surname: str = ""
    given_names: str = ""
    full_name: str = ""
    personal_number: str = ""
    full_birth: str = ""
    birthplace: str = ""
    address: str = ""

    def __repr__(self) -> str:
        return f"DocumentText(layout={self.layout!r}, ...)"


class DocumentRead(msgspec.Struct, frozen=True):
    """Success of `readDocument`.

    Attributes:
        authenticity: `genuine`, or `notChecked` when no state's certificate is installed: then nothing is vouched for.
        portrait: DG2, whole and unopened; biometric; empty unless asked for.
        exchanges, exchange_ms: APDUs and the time that service, reader and card took for them.
    """

    text: DocumentText
    access: Access
    authenticity: Authenticity
    portrait: bytes = b""
    exchanges: int = 0
    exchange_ms: float = 0.0

    def __repr__(self) -> str:
        return f"DocumentRead(access={self.access.value!r}, authenticity={self.authenticity.value!r}, ...)"


class ReadSocialCard(msgspec.Struct, frozen=True):
    """`readSocialCard`: the basic files of a social-security card, by a profile's name."""

    profile: str
    accepts_lying: bool = True


class SocialCardRead(msgspec.Struct, frozen=True):
    """Success of `readSocialCard`: the profile's field names to texts. Personal."""

    profile: str
    fields: dict[str, str]

    def __repr__(self) -> str:
        return f"SocialCardRead(profile={self.profile!r}, {len(self.fields)} fields)"


class VerifyPin(msgspec.Struct, frozen=True):
    """`verifyPin`: the holder's PIN, as typed digits. Secret."""

    profile: str
    pin: str

    def __repr__(self) -> str:
        return f"VerifyPin(profile={self.profile!r}, ...)"


class PinAnswer(msgspec.Struct, frozen=True):
    """Payload of `verifyPin`, also of a refused one. `tries_left` ``None`` = the card does not tell."""

    is_right: bool
    tries_left: int | None = None


READ_DOCUMENT = "readDocument"
READ_SOCIAL_CARD = "readSocialCard"
VERIFY_PIN = "verifyPin"
