"""From what the platform answered to a value: a contract dataclass, or a problem with its message key."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec

from kiosk.base.errors import Problem
from kiosk.central.contract import PROBLEM_PREFIX, ProblemDetails

Answer = TypeVar("Answer")

UNEXPECTED = Problem("central.unexpected_answer")

_KEYS = {
    "no-registered-phone": "identity.no_phone",
    "no-service-password": "identity.no_password",
    "code-expired": "identity.code_expired",
    "token-expired": "identity.token_expired",
    "terminal-refused": "central.terminal_refused",
    "invalid-request": "central.request_refused",
    "request-too-large": "central.request_refused",
    "not-found": "central.request_refused",
    "method-not-allowed": "central.request_refused",
    "internal-error": "central.failed",
    "unavailable": "central.maintenance",
}
_problems = msgspec.json.Decoder(ProblemDetails)


@dataclass(frozen=True)
class Reply:
    """What came over the wire, complete."""

    status: int
    media_type: str
    body: bytearray = field(repr=False)


class Call(Generic[Answer]):
    """One of the contract's calls: where it goes and what it answers with. Made once, at import.

    Attributes:
        path: address below the platform's.
        not_found_key: which sentence person-not-found means here.
        too_often_key: which sentence too-many-requests means here.
    """

    def __init__(
        self,
        path: str,
        answer: type[Answer],
        not_found_key: str = "identity.person_not_found",
        too_often_key: str = "central.busy",
    ) -> None:
        self.path = path
        self.not_found_key = not_found_key
        self.too_often_key = too_often_key
        self._answers = msgspec.json.Decoder(answer)

    def decode(self, reply: Reply) -> Answer | Problem:
        """The answer, or why there is none; never raises for what a peer may send."""
        if reply.status == 200:
            if reply.media_type != "application/json":
                return UNEXPECTED
            try:
                return self._answers.decode(reply.body)
            except (msgspec.MsgspecError, UnicodeError, RecursionError):
                return UNEXPECTED
        details = _details(reply)
        if details is not None:
            return self._problem(details)
        return Problem("central.failed") if 500 <= reply.status <= 599 else UNEXPECTED

    def _problem(self, details: ProblemDetails) -> Problem:
        name = details.type.removeprefix(PROBLEM_PREFIX)
        wait_s = min(max(details.retry_after_s or 0, 0), 86_400)
        if name == "person-not-found":
            return Problem(self.not_found_key)
        if name == "factor-refused":
            if details.tries_left is None or not 0 <= details.tries_left <= 99:
                return UNEXPECTED
            return Problem("identity.factor_refused", {"tries": str(details.tries_left)})
        if name == "factor-blocked":
            return Problem("identity.blocked", {"minutes": str(-(-(wait_s or 900) // 60))})
        if name == "too-many-requests":
            return Problem(self.too_often_key, {"seconds": str(wait_s or 60)})
        if name in _KEYS:
            return Problem(_KEYS[name])
        return Problem("central.failed") if details.status >= 500 else UNEXPECTED


def _details(reply: Reply) -> ProblemDetails | None:
    if reply.media_type != "application/problem+json":
        return None
    try:
        details = _problems.decode(reply.body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return details if details.status == reply.status and details.type.startswith(PROBLEM_PREFIX) else None
