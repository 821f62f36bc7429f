"""What a failure of the line means: which sentence a person reads."""

import ssl
from collections.abc import Iterator
from http.client import IncompleteRead

from kiosk.base.errors import Problem
from kiosk.central.answers import UNEXPECTED
from kiosk.central.line import Stage


def problem_of(error: BaseException, stage: Stage) -> Problem:
    """The problem for what `kiosk.central.transport.exchange` raised, by how far the call had come."""
    causes = list(_chain(error))
    is_cut = any(isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError) for cause in causes)
    if any(isinstance(cause, ssl.SSLError) for cause in causes) and not is_cut:
        return Problem("central.not_trusted")
    if stage in (Stage.NOT_CONNECTED, Stage.REFUSED):
        return Problem("central.unreachable")
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Problem("central.slow")
    if stage is Stage.ANSWERED and not any(_is_breaking_off(cause) for cause in causes):
        return UNEXPECTED
    return Problem("central.interrupted")


def _is_breaking_off(cause: BaseException) -> bool:
    # urllib3's own kinds of an incomplete read are kinds of the standard library's
    return isinstance(cause, ConnectionError | IncompleteRead | ssl.SSLError) and not _is_of_requests(cause)


def _is_of_requests(cause: BaseException) -> bool:
    return type(cause).__module__.startswith("requests.")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it and what its arguments wrap: requests and urllib3 nest both ways."""
    found: list[BaseException] = [error]
    seen: set[int] = set()
    while found:
        current = found.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        nested = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        found.extend(cause for cause in nested if isinstance(cause, BaseException))
