"""The ID-card reader as the terminal uses it: typed commands, typed outcomes; everything else stays below."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from devices.id_card_reader.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ,
    WATCH_REMOVAL,
    CardRead,
    ReadCard,
)
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem


@dataclass(frozen=True)
class MediaInserted:
    """A card was found; it is being read now and must not be moved."""


@dataclass(frozen=True)
class InvalidMedia:
    """A try failed and the read goes on waiting; `problem` says what the person can do."""

    problem: Problem


@dataclass(frozen=True)
class MediaRemoved:
    """No card lies on the reader."""


@dataclass(frozen=True)
class Forgotten:
    """The host holds nothing of any card."""


@dataclass(frozen=True)
class Cancelled:
    """The action was given up on our own wish."""


ReaderEvent = MediaInserted | InvalidMedia
ReadOutcome = CardRead | Cancelled | Problem
RemovalOutcome = MediaRemoved | Cancelled | Problem
ForgetOutcome = Forgotten | Cancelled | Problem

_NO_CARD = Problem("card.none_laid")
_BROKEN = Problem("device.software_error")


class Commands(Protocol):
    """What is needed of `devices.supervisor.Supervisor`."""

    def submit(
        self, device: DeviceClass, command: Command, on_message: Callable[[Acknowledge | Event | Completion], None]
    ) -> None:
        """See `Supervisor.submit`."""

    def cancel(self, device: DeviceClass, action_id: str) -> None:
        """See `Supervisor.cancel`."""


class IdCardReader:
    """Commands to the reader. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event. A `Problem` ``reader.interrupted`` means that the
    host was lost in the middle: the read may be repeated with a new action id. ``card.none_laid`` means that the time
    passed without a readable card.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[ReaderEvent], None],
        on_outcome: Callable[[ReadOutcome], None],
        *,
        accepts_lying: bool = True,
    ) -> None:
        """Waits for a card and reads its text; `timeout_s` 0 waits until `cancel`.

        `accepts_lying` false wants the card that lies there now to be lifted first.
        """

        def finish(completion: Completion) -> None:
            if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
                on_outcome(_NO_CARD)
            elif completion.code is not CompletionCode.SUCCESS:
                on_outcome(_unsuccessful(completion))
            else:
                try:
                    card: ReadOutcome = msgspec.msgpack.decode(completion.payload, type=CardRead)
                except msgspec.DecodeError:
                    card = _BROKEN
                on_outcome(card)

        self._submit(action_id, READ, timeout_s, finish, on_event, msgspec.msgpack.encode(ReadCard(accepts_lying)))

    def watch_removal(self, action_id: str, timeout_s: float, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        """Tells when no card lies on the reader any more; at once when none does."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(MediaRemoved() if is_success else _unsuccessful(completion))

        self._submit(action_id, WATCH_REMOVAL, timeout_s, finish)

    def forget(self, action_id: str, timeout_s: float, on_outcome: Callable[[ForgetOutcome], None]) -> None:
        """Makes the host overwrite every buffer that may hold a citizen's data."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(Forgotten() if is_success else _unsuccessful(completion))

        self._submit(action_id, FORGET, timeout_s, finish)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.ID_CARD_READER, action_id)

    def _submit(
        self,
        action_id: str,
        name: str,
        timeout_s: float,
        finish: Callable[[Completion], None],
        on_event: Callable[[ReaderEvent], None] | None = None,
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

        self._supervisor.submit(DeviceClass.ID_CARD_READER, Command(action_id, name, timeout_s, payload), take)


def _problem_of(payload: bytes) -> Problem:
    try:
        return Problem(msgspec.msgpack.decode(payload, type=str))
    except msgspec.DecodeError:
        return _BROKEN


def _unsuccessful(completion: Completion) -> Cancelled | Problem:
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    return Problem(completion.reason or "device.software_error")
