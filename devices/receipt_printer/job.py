"""From the messages of one print action to its one `JobResult`, whatever happened to the host; used for slips and sheets."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from devices.messages import Acknowledge, Completion, Message
from devices.receipt_printer.types import JobResult, Outcome
from devices.status import CompletionCode

ResultReceiver = Callable[[JobResult], None]
_Result = TypeVar("_Result", bound=JobResult)

# without a payload these are only ever said before a driver has begun
_NEVER_BEGUN = frozenset(
    {
        CompletionCode.DEVICE_NOT_READY,
        CompletionCode.UNSUPPORTED_COMMAND,
        CompletionCode.INVALID_COMMAND,
        CompletionCode.SEQUENCE_ERROR,
    }
)
_LEFT_THE_QUEUE = frozenset({(CompletionCode.TIME_OUT, "device.no_time_left"), (CompletionCode.CANCELED, None)})


class JobWatch(Generic[_Result]):
    """Receives the messages of one action and tells its result exactly once.

    A host that died, hung or was stopped leaves no payload: the outcome is then *unknown*, unless the command provably never
    reached a driver.

    Args:
        kind: what the driver's payload is.
    """

    def __init__(self, job_id: str, on_result: Callable[[_Result], None], kind: type[_Result]) -> None:
        self._job_id = job_id
        self._on_result = on_result
        self._kind = kind
        self._is_acknowledged = False
        self._is_told = False

    def __call__(self, message: Message) -> None:
        """Takes one message; on the supervisor's thread."""
        if isinstance(message, Acknowledge):
            self._is_acknowledged = True
        elif isinstance(message, Completion) and not self._is_told:
            self._is_told = True
            self._on_result(self._result(message))

    def _result(self, completion: Completion) -> _Result:
        if completion.payload:
            try:
                result: Any = msgspec.msgpack.decode(completion.payload, type=self._kind)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                return self._kind(self._job_id, Outcome.UNKNOWN, completion.reason or "device.software_error")
            named: _Result = msgspec.structs.replace(result, job_id=self._job_id)
            return named
        is_unsent = not self._is_acknowledged and (completion.code, completion.reason) in _LEFT_THE_QUEUE
        outcome = Outcome.NOT_PRINTED if completion.code in _NEVER_BEGUN or is_unsent else Outcome.UNKNOWN
        return self._kind(self._job_id, outcome, completion.reason)
