"""The keypad as the terminal uses it: typed commands, typed outcomes."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.keypad.types import (
    DATA_ENTRY,
    EVENT_KEY,
    EVENT_TOO_SHORT,
    GET_LAYOUT,
    RESET,
    DataEntered,
    DataEntry,
    EndedBy,
    KeyPressed,
    Layout,
)
from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands, Done, OutcomeReceiver, outcome_of
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem

_BROKEN = Problem("device.software_error")


@dataclass(frozen=True, repr=False)
class Entered:
    """What was typed; maybe a password: never logged, dropped after use."""

    text: str


@dataclass(frozen=True)
class GivenUp:
    """The person pressed 取消."""


@dataclass(frozen=True)
class TooShort:
    """确认 was pressed too early; the entry goes on."""

    problem: Problem


KeypadEvent = KeyPressed | TooShort
EntryOutcome = Entered | GivenUp | Cancelled | Problem
LayoutOutcome = Layout | Cancelled | Problem


class Keypad:
    """Commands to the keypad. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event. ``keypad.no_key`` means that nobody typed in time,
    ``keypad.interrupted`` that the host was lost: the entry may be repeated with a new action id.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def enter(
        self,
        action_id: str,
        timeout_s: float,
        wish: DataEntry,
        on_event: Callable[[KeypadEvent], None],
        on_outcome: Callable[[EntryOutcome], None],
    ) -> None:
        """Takes keys until the entry ends; see `DataEntry`."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(_entry_outcome(message))
            elif isinstance(message, Event) and message.name == EVENT_TOO_SHORT:
                on_event(TooShort(Problem("keypad.too_short")))
            elif isinstance(message, Event) and message.name == EVENT_KEY:
                on_event(msgspec.msgpack.decode(message.payload, type=KeyPressed))

        command = Command(action_id, DATA_ENTRY, timeout_s, msgspec.msgpack.encode(wish))
        self._supervisor.submit(DeviceClass.KEYPAD, command, take)

    def layout(self, action_id: str, timeout_s: float, on_outcome: Callable[[LayoutOutcome], None]) -> None:
        """Asks which keys there are and how they lie."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(_layout_outcome(message))

        self._supervisor.submit(DeviceClass.KEYPAD, Command(action_id, GET_LAYOUT, timeout_s), take)

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None:
        """Makes the host forget the last key."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(outcome_of(message))

        self._supervisor.submit(DeviceClass.KEYPAD, Command(action_id, RESET, timeout_s), take)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.KEYPAD, action_id)


def _entry_outcome(completion: Completion) -> EntryOutcome:
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return Problem("keypad.no_key")
    ended = outcome_of(completion)
    if not isinstance(ended, Done):
        return ended
    try:
        found = msgspec.msgpack.decode(completion.payload, type=DataEntered)
    except msgspec.DecodeError:
        return _BROKEN
    return GivenUp() if found.ended_by is EndedBy.CANCEL else Entered(found.text)


def _layout_outcome(completion: Completion) -> LayoutOutcome:
    ended = outcome_of(completion)
    if not isinstance(ended, Done):
        return ended
    try:
        return msgspec.msgpack.decode(completion.payload, type=Layout)
    except msgspec.DecodeError:
        return _BROKEN
