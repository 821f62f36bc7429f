"""The smart-card reader as the terminal uses it: typed commands, typed outcomes; everything else stays below."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ_DOCUMENT,
    READ_SOCIAL_CARD,
    VERIFY_PIN,
    WATCH_REMOVAL,
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


@dataclass(frozen=True)
class MediaInserted:
    """A card was found; it is being read now and must stay where it is."""


@dataclass(frozen=True)
class InvalidMedia:
    """A try failed and the command goes on waiting; `problem` says what the person can do."""

    problem: Problem


@dataclass(frozen=True)
class MediaRemoved:
    """No card is in the reader."""


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


@dataclass(frozen=True)
class Forgotten:
    """The host holds nothing of any card."""


@dataclass(frozen=True)
class Cancelled:
    """The action was given up on our own wish."""


CardEvent = MediaInserted | InvalidMedia
DocumentOutcome = DocumentRead | DocumentDoubted | Cancelled | Problem
SocialCardOutcome = SocialCardRead | Cancelled | Problem
PinOutcome = PinVerified | PinRefused | Cancelled | Problem
RemovalOutcome = MediaRemoved | Cancelled | Problem
ForgetOutcome = Forgotten | Cancelled | Problem

T = TypeVar("T")

_NO_CARD = Problem("smart_card.none_laid")
_BROKEN = Problem("device.software_error")


class Commands(Protocol):
    """What is needed of `devices.supervisor.Supervisor`."""

    def submit(
        self, device: DeviceClass, command: Command, on_message: Callable[[Acknowledge | Event | Completion], None]
    ) -> None:
        """See `Supervisor.submit`."""

    def cancel(self, device: DeviceClass, action_id: str) -> None:
        """See `Supervisor.cancel`."""


class SmartCardReader:
    """Commands to the reader. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event. A `Problem` ``smart_card.interrupted`` means that the
    host was lost in the middle: a read may be repeated with a new action id. ``smart_card.none_laid`` means that the time
    passed without a readable card, ``smart_card.key_refused`` that the printed zone is another document's.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

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
                on_outcome(_decoded(completion, DocumentRead))

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
            lambda completion: on_outcome(_decoded(completion, SocialCardRead)),
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
            unsuccessful = _unsuccessful(completion)
            if isinstance(unsuccessful, Problem) and completion.payload:
                try:
                    answer = msgspec.msgpack.decode(completion.payload, type=PinAnswer)
                except msgspec.DecodeError:
                    on_outcome(_BROKEN)
                else:
                    on_outcome(PinRefused(unsuccessful, answer.tries_left))
            else:
                on_outcome(unsuccessful)

        payload = msgspec.msgpack.encode(VerifyPin(profile, pin))
        self._submit(action_id, VERIFY_PIN, timeout_s, finish, on_event, payload)

    def watch_removal(self, action_id: str, timeout_s: float, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        """Tells when no card is in the reader any more."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(MediaRemoved() if is_success else _unsuccessful(completion))

        self._submit(action_id, WATCH_REMOVAL, timeout_s, finish)

    def forget(self, action_id: str, timeout_s: float, on_outcome: Callable[[ForgetOutcome], None]) -> None:
        """Answers when no command holds a card: each drops what it read and unpowers the card at its own end."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(Forgotten() if is_success else _unsuccessful(completion))

        self._submit(action_id, FORGET, timeout_s, finish)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.SMART_CARD, action_id)

    def _submit(
        self,
        action_id: str,
        name: str,
        timeout_s: float,
        finish: Callable[[Completion], None],
        on_event: Callable[[CardEvent], None] | None = None,
        payload: bytes = b"",
    ) -> None:
        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                finish(message)
            elif isinstance(message, Event) and on_event is not None:
                if message.name == EVENT_MEDIA_INSERTED:
                    on_event(MediaInserted())
                elif message.name == EVENT_INVALID_MEDIA:
                    on_event(InvalidMedia(_problem_of(message.payload)))

        self._supervisor.submit(DeviceClass.SMART_CARD, Command(action_id, name, timeout_s, payload), take)


def _decoded(completion: Completion, kind: type[T]) -> T | Cancelled | Problem:
    if completion.code is not CompletionCode.SUCCESS:
        return _unsuccessful(completion)
    try:
        return msgspec.msgpack.decode(completion.payload, type=kind)
    except msgspec.DecodeError:
        return _BROKEN


def _problem_of(payload: bytes) -> Problem:
    try:
        return Problem(msgspec.msgpack.decode(payload, type=str))
    except msgspec.DecodeError:
        return _BROKEN


def _unsuccessful(completion: Completion) -> Cancelled | Problem:
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return _NO_CARD
    return Problem(completion.reason or "device.software_error")
