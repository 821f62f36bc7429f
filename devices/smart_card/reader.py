"""The smart-card reader as the terminal uses it: typed commands, typed outcomes; everything else stays below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from devices.card_commands import (
    CardCommands,
    CardEvent,
    ForgetOutcome,
    Forgotten,
    InvalidMedia,
    MediaInserted,
    MediaRemoved,
    RemovalOutcome,
    decoded,
)
from devices.messages import Completion
from devices.outcomes import Cancelled, Commands
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.types import (
    READ_DOCUMENT,
    READ_SOCIAL_CARD,
    VERIFY_PIN,
    DocumentRead,
    PinAnswer,
    ReadDocument,
    ReadSocialCard,
    SocialCardRead,
    VerifyPin,
    ZoneKey,
)
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem

__all__ = [
    "Cancelled",
    "CardEvent",
    "DocumentDoubted",
    "DocumentOutcome",
    "ForgetOutcome",
    "Forgotten",
    "InvalidMedia",
    "MediaInserted",
    "MediaRemoved",
    "PinOutcome",
    "PinRefused",
    "PinVerified",
    "RemovalOutcome",
    "SmartCardReader",
    "SocialCardOutcome",
]


@dataclass(frozen=True)
class DocumentDoubted:
    """The chip answered, but nothing vouches for what it says; no data of it left the host. `problem` tells why."""

    problem: Problem


@dataclass(frozen=True)
class PinVerified:
    """The holder knows the PIN."""


@dataclass(frozen=True)
class PinRefused:
    """Not the PIN, or not tried; `tries_left` ``None`` when the card does not tell."""

    problem: Problem
    tries_left: int | None


DocumentOutcome = DocumentRead | DocumentDoubted | Cancelled | Problem
SocialCardOutcome = SocialCardRead | Cancelled | Problem
PinOutcome = PinVerified | PinRefused | Cancelled | Problem


class SmartCardReader(CardCommands):
    """Commands to the reader; how they are told, see `CardCommands`. To forget means here that no command holds a card: each
    drops what it read and unpowers the card at its own end.

    A `Problem` ``smart_card.interrupted`` means that the host was lost in the middle: a read may be repeated with a new
    action id. ``smart_card.none_laid`` means that the time passed without a readable card, ``smart_card.key_refused`` that
    the printed zone is another document's.
    """

    def __init__(self, supervisor: Commands) -> None:
        super().__init__(supervisor, DeviceClass.SMART_CARD, Problem("smart_card.none_laid"))

    def read_document(
        self,
        action_id: str,
        timeout_s: float,
        key: MrzKey | str,
        on_event: Callable[[CardEvent], None],
        on_outcome: Callable[[DocumentOutcome], None],
        *,
        wants_details: bool = True,
        wants_portrait: bool = False,
        accepts_lying: bool = True,
        judged_at: datetime | None = None,
    ) -> None:
        """Waits for a travel document, opens its chip, reads it and judges whether a state vouches for it.

        Args:
            action_id: never used twice.
            timeout_s: 0 waits until `cancel`.
            key: from the printed zone (`mrz_codec.parse` gives it), or the six digits of the card access number.
            on_event, on_outcome: see the class.
            wants_details: DG11 (name in the holder's script, personal number, address).
            wants_portrait: DG2, biometric, some seconds more.
            accepts_lying: false wants the document that lies there now to be lifted first.
            judged_at: now by a trusted clock; without it no certificate counts as expired.
        """

        def finish(completion: Completion) -> None:
            if completion.code is CompletionCode.FRAUD_ATTEMPT:
                on_outcome(DocumentDoubted(Problem(completion.reason or "smart_card.altered")))
            else:
                on_outcome(self._read(completion, DocumentRead))

        zone = ZoneKey(key.document_number, key.birth, key.expiry) if isinstance(key, MrzKey) else None
        wish = ReadDocument(
            zone,
            None if isinstance(key, MrzKey) else key,
            wants_details,
            wants_portrait,
            accepts_lying,
            judged_at.timestamp() if judged_at is not None else None,
        )
        self._submit(action_id, READ_DOCUMENT, timeout_s, finish, on_event, msgspec.msgpack.encode(wish))

    def read_social_card(
        self,
        action_id: str,
        timeout_s: float,
        profile: str,
        on_event: Callable[[CardEvent], None],
        on_outcome: Callable[[SocialCardOutcome], None],
        *,
        accepts_lying: bool = True,
    ) -> None:
        """Waits for a social-security card and reads the basic files that the profile describes."""
        payload = msgspec.msgpack.encode(ReadSocialCard(profile, accepts_lying))
        self._submit(
            action_id,
            READ_SOCIAL_CARD,
            timeout_s,
            lambda completion: on_outcome(self._read(completion, SocialCardRead)),
            on_event,
            payload,
        )

    def verify_pin(
        self,
        action_id: str,
        timeout_s: float,
        profile: str,
        pin: str,
        on_event: Callable[[CardEvent], None],
        on_outcome: Callable[[PinOutcome], None],
    ) -> None:
        """Gives the holder's PIN to the card once. It is not tried when the profile spares the tries that are left."""

        def finish(completion: Completion) -> None:
            if completion.code is CompletionCode.SUCCESS:
                on_outcome(PinVerified())
                return
            ended = self._unread(completion)
            if isinstance(ended, Problem) and completion.payload:
                answer = decoded(completion, PinAnswer)
                on_outcome(answer if isinstance(answer, Problem) else PinRefused(ended, answer.tries_left))
            else:
                on_outcome(ended)

        payload = msgspec.msgpack.encode(VerifyPin(profile, pin))
        self._submit(action_id, VERIFY_PIN, timeout_s, finish, on_event, payload)
