"""What both card readers have in common as the terminal uses them: a card is waited for, read, and watched until it goes."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import Record

EVENT_MEDIA_INSERTED = "mediaInserted"
EVENT_INVALID_MEDIA = "invalidMedia"  # a try failed; the command goes on waiting. payload: msgpack of the message key
WATCH_REMOVAL = "watchRemoval"
FORGET = "reset"


class MediaInserted(Record, frozen=True):
    """A card was found; it is being read now and must not be moved."""


class InvalidMedia(Record, frozen=True):
    """A try failed and the command goes on waiting; `problem` says what the person can do."""

    problem: Problem


class MediaRemoved(Record, frozen=True):
    """No card is on or in the reader."""


class Forgotten(Record, frozen=True):
    """The host holds nothing of any card."""


CardEvent = MediaInserted | InvalidMedia
RemovalOutcome = MediaRemoved | Cancelled | Problem
ForgetOutcome = Forgotten | Cancelled | Problem

T = TypeVar("T")
BROKEN = Problem("device.software_error")


class CardCommands:
    """The commands of every card reader. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event.

    Args:
        supervisor: gives the commands.
        device: which of the readers.
        no_card: what a wait for a card says whose time has passed.
    """

    def __init__(self, supervisor: Commands, device: DeviceClass, no_card: Problem) -> None:
        self._supervisor = supervisor
        self._device = device
        self._no_card = no_card

    def watch_removal(self, action_id: str, timeout_s: float, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        """Tells when no card is there any more; at once when none is."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(MediaRemoved() if is_success else unsuccessful(completion))

        self._submit(action_id, WATCH_REMOVAL, timeout_s, finish)

    def forget(self, action_id: str, timeout_s: float, on_outcome: Callable[[ForgetOutcome], None]) -> None:
        """Makes the host overwrite every buffer that may hold a citizen's data."""

        def finish(completion: Completion) -> None:
            is_success = completion.code is CompletionCode.SUCCESS
            on_outcome(Forgotten() if is_success else unsuccessful(completion))

        self._submit(action_id, FORGET, timeout_s, finish)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(self._device, action_id)

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

        self._supervisor.submit(self._device, Command(action_id, name, timeout_s, payload), take)

    def _read(self, completion: Completion, kind: type[T]) -> T | Cancelled | Problem:
        """What a command that waits for a card has read."""
        if completion.code is not CompletionCode.SUCCESS:
            return self._unread(completion)
        return decoded(completion, kind)

    def _unread(self, completion: Completion) -> Cancelled | Problem:
        """How such a command ended without a card."""
        if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
            return self._no_card
        return unsuccessful(completion)


def decoded(completion: Completion, kind: type[T]) -> T | Problem:
    """The payload of a successful completion."""
    try:
        return msgspec.msgpack.decode(completion.payload, type=kind)
    except msgspec.DecodeError:
        return BROKEN


def unsuccessful(completion: Completion) -> Cancelled | Problem:
    """How an unsuccessful completion is told."""
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    return Problem(completion.reason or BROKEN.key)


def _problem_of(payload: bytes) -> Problem:
    try:
        return Problem(msgspec.msgpack.decode(payload, type=str))
    except msgspec.DecodeError:
        return BROKEN
