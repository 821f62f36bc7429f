"""The barcode reader as the terminal uses it: typed commands, typed outcomes."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.barcode_reader.types import (
    EVENT_INVALID_DATA,
    PART_SCANNER,
    READ,
    RESET,
    BarcodeRead,
    ReadBarcode,
    Scanner,
    Symbology,
)
from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands, Done, Outcome, OutcomeReceiver, outcome_of, part
from devices.status import CompletionCode, DeviceClass, DeviceStatus
from kiosk.base.errors import Problem

__all__ = ["BarcodeReader", "CodeRefused", "ReadOutcome", "scanner_of"]

_BROKEN = Problem("device.software_error")


@dataclass(frozen=True)
class CodeRefused:
    """A code was seen and not taken; the read goes on waiting. `problem` says what the person can do."""

    problem: Problem


ReadOutcome = BarcodeRead | Cancelled | Problem


def scanner_of(status: DeviceStatus) -> Scanner | None:
    """The scanner's light; ``None`` when the device has not told it."""
    word = part(status, PART_SCANNER)
    return Scanner(word) if word is not None else None


class BarcodeReader:
    """Commands to the reader. Methods do not block; callbacks come on the supervisor's thread.

    Each `on_outcome` is called exactly once, after the last event. ``barcode.none_read`` means that the time passed without
    a code, ``barcode.interrupted`` that the host was lost: the read may be repeated with a new action id. The text of a
    code is input from outside: check it before use.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[CodeRefused], None],
        on_outcome: Callable[[ReadOutcome], None],
        *,
        symbologies: tuple[Symbology, ...] = (),
    ) -> None:
        """Waits for one code; `timeout_s` 0 waits until `cancel`. `symbologies` needs a scanner with identifiers."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(_read_outcome(message))
            elif isinstance(message, Event) and message.name == EVENT_INVALID_DATA:
                on_event(CodeRefused(_problem_of(message.payload)))

        payload = msgspec.msgpack.encode(ReadBarcode(symbologies))
        self._supervisor.submit(DeviceClass.BARCODE_READER, Command(action_id, READ, timeout_s, payload), take)

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None:
        """Makes the host forget whatever was scanned."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(outcome_of(message))

        self._supervisor.submit(DeviceClass.BARCODE_READER, Command(action_id, RESET, timeout_s), take)

    def cancel(self, action_id: str) -> None:
        """Gives up an action; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.BARCODE_READER, action_id)


def _read_outcome(completion: Completion) -> ReadOutcome:
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return Problem("barcode.none_read")
    ended: Outcome = outcome_of(completion)
    if not isinstance(ended, Done):
        return ended
    try:
        return msgspec.msgpack.decode(completion.payload, type=BarcodeRead)
    except msgspec.DecodeError:
        return _BROKEN


def _problem_of(payload: bytes) -> Problem:
    try:
        return Problem(msgspec.msgpack.decode(payload, type=str))
    except msgspec.DecodeError:
        return _BROKEN
