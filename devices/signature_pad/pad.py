"""The signature pad as the terminal uses it: begin, clear, finish, cancel."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Cancelled, Commands, OutcomeReceiver, outcome_of
from devices.signature_pad.strokes import is_blank
from devices.signature_pad.types import (
    EVENT_OUTSIDE,
    EVENT_PEN_MOVED,
    READ_SIGNATURE,
    RESET,
    PenMoved,
    ReadSignature,
    Signature,
)
from devices.status import CompletionCode, DeviceClass
from kiosk.base.errors import Problem

_BROKEN = Problem("device.software_error")


@dataclass(frozen=True)
class PenOutside:
    """The pen left the area; what lies outside is not taken."""

    problem: Problem


PadEvent = PenMoved | PenOutside
SignatureOutcome = Signature | Cancelled | Problem


@dataclass
class _Capture:
    wish: ReadSignature
    timeout_s: float
    on_event: Callable[[PadEvent], None]
    on_outcome: Callable[[SignatureOutcome], None]
    is_finished: bool = False
    is_cleared: bool = False


class SignaturePad:
    """Commands to the pad. Methods do not block and may be called from any thread; callbacks come on the supervisor's.

    A capture's `on_outcome` is called exactly once, after the last event, however often it was cleared. ``signature.empty`` means that
    there is too little on the pad, ``signature.interrupted`` that it was lost in mid-stroke: begin anew.
    """

    def __init__(self, supervisor: Commands) -> None:
        self._supervisor = supervisor
        self._captures: dict[str, _Capture] = {}
        self._lock = threading.Lock()

    def begin(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[PadEvent], None],
        on_outcome: Callable[[SignatureOutcome], None],
        wish: ReadSignature | None = None,
    ) -> None:
        """Blanks the pad and captures until `finish` or `cancel`; `timeout_s` 0 waits for ever."""
        self._submit(action_id, _Capture(wish or ReadSignature(), timeout_s, on_event, on_outcome))

    def finish(self, action_id: str) -> None:
        """Ends the capture; its outcome is the signature."""
        with self._lock:
            capture = self._captures.get(action_id)
            if capture is not None:
                capture.is_finished = True
        self._supervisor.cancel(DeviceClass.SIGNATURE_PAD, action_id)

    def clear(self, action_id: str, next_action_id: str) -> None:
        """Drops what was written and goes on capturing as `next_action_id`; nothing happens when the capture has ended."""
        with self._lock:
            capture = self._captures.get(action_id)
            if capture is None or capture.is_finished or capture.is_cleared:
                return
            capture.is_cleared = True
        self._supervisor.cancel(DeviceClass.SIGNATURE_PAD, action_id)
        self._submit(next_action_id, _Capture(capture.wish, capture.timeout_s, capture.on_event, capture.on_outcome))

    def cancel(self, action_id: str) -> None:
        """Gives up the capture; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.SIGNATURE_PAD, action_id)

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None:
        """Blanks the pad."""

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(outcome_of(message))

        self._supervisor.submit(DeviceClass.SIGNATURE_PAD, Command(action_id, RESET, timeout_s), take)

    def _submit(self, action_id: str, capture: _Capture) -> None:
        with self._lock:
            self._captures[action_id] = capture

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                with self._lock:
                    self._captures.pop(action_id, None)
                if not capture.is_cleared:
                    capture.on_outcome(_outcome(message, is_finished=capture.is_finished))
            elif isinstance(message, Event) and not capture.is_cleared:
                if message.name == EVENT_OUTSIDE:
                    capture.on_event(PenOutside(Problem("signature.outside")))
                elif message.name == EVENT_PEN_MOVED:
                    capture.on_event(msgspec.msgpack.decode(message.payload, type=PenMoved))

        payload = msgspec.msgpack.encode(capture.wish)
        command = Command(action_id, READ_SIGNATURE, capture.timeout_s, payload)
        self._supervisor.submit(DeviceClass.SIGNATURE_PAD, command, take)


def _outcome(completion: Completion, *, is_finished: bool) -> SignatureOutcome:
    if is_finished and completion.payload:
        try:
            signature = msgspec.msgpack.decode(completion.payload, type=Signature)
        except msgspec.DecodeError:
            return _BROKEN
        return Problem("signature.empty") if is_blank(signature) else signature
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return Problem("signature.no_time_left")
    return Problem(completion.reason or "device.software_error")
