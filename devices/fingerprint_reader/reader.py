"""The fingerprint reader as the terminal uses it: typed commands, typed outcomes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from devices.fingerprint_reader.types import (
    EVENT_IMAGE_REFUSED,
    EVENT_PRESENT_SUBJECT,
    EVENT_REMOVE_SUBJECT,
    EVENT_SUBJECT_DETECTED,
    MATCH,
    READ,
    RESET,
    FingerMatched,
    FingerRead,
    MatchFinger,
    PresentSubject,
)
from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands, Done, OutcomeReceiver, outcome_of
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem

_Result = TypeVar("_Result", FingerRead, FingerMatched)
_BROKEN = Problem("device.software_error")


@dataclass(frozen=True)
class SubjectDetected:
    """A finger lies on the sensor; it must not be moved."""


@dataclass(frozen=True)
class RemoveSubject:
    """The finger is to be lifted."""


@dataclass(frozen=True)
class ImageRefused:
    """A press was no good and is asked for again; `problem` says what to do better."""

    problem: Problem


FingerEvent = PresentSubject | SubjectDetected | RemoveSubject | ImageRefused
ReadOutcome = FingerRead | Cancelled | Problem
MatchOutcome = FingerMatched | Cancelled | Problem


class FingerprintReader:
    """Commands to the reader. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event. ``fingerprint.none_laid`` means that the time passed,
    ``fingerprint.interrupted`` that reader or host were lost in the middle: begin anew with a new action id. Whoever gets a template
    owns it: drop it at the end of the visit at the latest.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[FingerEvent], None],
        on_outcome: Callable[[ReadOutcome], None],
    ) -> None:
        """Two presses of one finger make a template; `timeout_s` 0 waits until `cancel`."""
        self._submit(
            Command(action_id, READ, timeout_s), on_event, lambda ended: on_outcome(_decoded(ended, FingerRead))
        )

    def match(
        self,
        action_id: str,
        timeout_s: float,
        template: bytes,
        on_event: Callable[[FingerEvent], None],
        on_outcome: Callable[[MatchOutcome], None],
    ) -> None:
        """One press is compared with `template`. That it does not match is a result, no problem."""
        command = Command(action_id, MATCH, timeout_s, msgspec.msgpack.encode(MatchFinger(template)))
        self._submit(command, on_event, lambda ended: on_outcome(_decoded(ended, FingerMatched)))

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None:
        """Overwrites the sensor's buffers."""
        self._submit(Command(action_id, RESET, timeout_s), None, lambda ended: on_outcome(outcome_of(ended)))

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.FINGERPRINT_READER, action_id)

    def _submit(
        self,
        command: Command,
        on_event: Callable[[FingerEvent], None] | None,
        finish: Callable[[Completion], None],
    ) -> None:
        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                finish(message)
            elif isinstance(message, Event) and on_event is not None:
                event = _event_of(message)
                if event is not None:
                    on_event(event)

        self._supervisor.submit(DeviceClass.FINGERPRINT_READER, command, take)


def _event_of(message: Event) -> FingerEvent | None:
    if message.name == EVENT_PRESENT_SUBJECT:
        return msgspec.msgpack.decode(message.payload, type=PresentSubject)
    if message.name == EVENT_SUBJECT_DETECTED:
        return SubjectDetected()
    if message.name == EVENT_REMOVE_SUBJECT:
        return RemoveSubject()
    if message.name == EVENT_IMAGE_REFUSED:
        return ImageRefused(Problem(msgspec.msgpack.decode(message.payload, type=str)))
    return None


def _decoded(completion: Completion, wanted: type[_Result]) -> _Result | Cancelled | Problem:
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return Problem("fingerprint.none_laid")
    ended = outcome_of(completion)
    if not isinstance(ended, Done):
        return ended
    try:
        return msgspec.msgpack.decode(completion.payload, type=wanted)
    except msgspec.DecodeError:
        return _BROKEN
