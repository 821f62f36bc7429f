"""Refusals of the platform as RFC 9457 problem details: names, statuses and titles in one table."""

from dataclasses import asdict

from starlette.responses import JSONResponse

from kiosk.central.contract import PROBLEM_PREFIX, ProblemDetails

MEDIA_TYPE = "application/problem+json"

_TABLE: dict[str, tuple[int, str]] = {
    "person-not-found": (404, "The department holds nothing of this person"),
    "no-registered-phone": (409, "No phone is registered for this person"),
    "no-service-password": (409, "This person never set a service password"),
    "factor-refused": (403, "The factor does not match"),
    "factor-blocked": (429, "Too many wrong tries"),
    "code-expired": (403, "There is no valid code"),
    "token-expired": (401, "The token is not valid for this visit"),
    "terminal-refused": (403, "The terminal is not known by this name"),
    "invalid-request": (422, "The request does not follow the contract"),
    "request-too-large": (413, "The request is too large"),
    "not-found": (404, "There is nothing at this address"),
    "method-not-allowed": (405, "This address does not take this method"),
    "too-many-requests": (429, "Too many requests"),
    "internal-error": (500, "The platform failed"),
    "unavailable": (503, "The department's system is not available"),
}


class RefusedError(Exception):
    """A request that is answered with a problem. Holds a name of the table, nothing personal."""

    def __init__(
        self, name: str, detail: str = "", *, tries_left: int | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(name)
        self.name = name
        status, title = _TABLE[name]
        self.details = ProblemDetails(PROBLEM_PREFIX + name, title, status, detail, tries_left, retry_after_s)


def problem_response(refusal: RefusedError, **members: str) -> JSONResponse:
    """The refusal on the wire, with more extension members; absent ones are left out, as RFC 9457 has it."""
    details = refusal.details
    content = {key: value for key, value in asdict(details).items() if value is not None} | members
    headers = {"Cache-Control": "no-store"}
    if details.retry_after_s is not None:
        headers["Retry-After"] = str(details.retry_after_s)
    if details.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(content, details.status, headers, MEDIA_TYPE)


def names() -> frozenset[str]:
    """Every name that this platform may answer with."""
    return frozenset(_TABLE)
