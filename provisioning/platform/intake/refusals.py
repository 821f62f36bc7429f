"""Refusals of a whole call of the intake: a problem document with the machine-readable code that terminals decide by."""

from starlette.responses import JSONResponse

from provisioning.platform.problems import RefusedError, problem_response

# code -> name of the platform's problem
_PROBLEMS = {
    "malformed": "invalid-request",
    "other_payload": "invalid-request",
    "too_large": "request-too-large",
    "not_enrolled": "terminal-refused",
    "certificate_expired": "terminal-refused",
    "terminal_suspended": "terminal-refused",
    "maintenance": "unavailable",
}
STANDINGS = ("", "not_enrolled", "certificate_expired", "terminal_suspended")
"""A terminal's standing; "" means enrolled."""


class IntakeRefusedError(RefusedError):
    """A refusal with its code."""

    def __init__(self, code: str, detail: str = "", *, retry_after_s: int | None = None) -> None:
        super().__init__(_PROBLEMS[code], detail, retry_after_s=retry_after_s)
        self.code = code


def intake_problem_response(refusal: IntakeRefusedError) -> JSONResponse:
    """The refusal on the wire."""
    return problem_response(refusal, code=refusal.code)
