"""What every request passes before a department sees it: size, and whether the terminal is who it says."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

import provisioning.platform.log_events  # noqa: F401  # declares the events
from kiosk.base.logs import Log
from provisioning.platform.problems import RefusedError, problem_response

MAX_REQUEST_BYTES = 16 * 1024
CERTIFICATE_KEY = "budayang.certificate_name"
_log = Log("platform")
_TERMINAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def terminal_id_of(scope: Scope, header: str | None, has_tls: bool) -> str:
    """The calling terminal: with TLS what its certificate says, without (loopback only) what the header says.

    Raises:
        RefusedError: terminal-refused, also when certificate and header differ.
    """
    name = scope.get(CERTIFICATE_KEY) if has_tls else header
    if name is None or not _TERMINAL_ID.fullmatch(name) or (header is not None and header != name):
        raise RefusedError("terminal-refused")
    return str(name)


class Gate:
    """The outermost layer: bounds requests and turns a failure of the platform itself into a problem without traces.

    `larger` names the addresses that take more than `MAX_REQUEST_BYTES`, with their bytes. The log gets the path and the class of the exception, never its text: it may quote what a citizen sent.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0
        has_started = is_too_large = False
        most = self._larger.get(scope["path"], MAX_REQUEST_BYTES)

        async def bounded_receive() -> Message:
            nonlocal received, is_too_large
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                is_too_large = True
                raise RefusedError("request-too-large")
            return message

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            if is_too_large and not has_started:
                return  # what the framework makes of an error while it reads: a malformed request
            has_started = True
            await send(message)

        try:
            declared = dict(scope["headers"]).get(b"content-length", b"0")
            if not declared.isdigit() or int(declared) > most:
                raise RefusedError("request-too-large")
            await self._app(scope, bounded_receive, watched_send)
            if is_too_large:
                raise RefusedError("request-too-large")
        except Exception as error:  # noqa: BLE001  # the border: nothing of the failure may reach a terminal
            refusal = _refusal_for(error)
            if refusal.name == "internal-error":
                _log.event("request_failed", path=scope["path"], error=error)
            if not has_started:
                await problem_response(refusal)(scope, receive, send)


def _refusal_for(error: BaseException) -> RefusedError:
    from sqlalchemy.exc import InterfaceError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    if isinstance(error, RefusedError):
        return error
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return RefusedError("unavailable", retry_after_s=30)
    return RefusedError("internal-error")


def problem_from_status(status: int) -> RefusedError:
    """The problem for a refusal of the framework itself (no such address, wrong method)."""
    return RefusedError({404: "not-found", 405: "method-not-allowed"}.get(status, "invalid-request"))


def describe_fields(errors: "list[Any]") -> str:
    """Where a request breaks the contract, without what it held: ``body.grade, body.visit_id``."""
    return ", ".join(sorted({".".join(str(part) for part in error.get("loc", ())) for error in errors}))[:300]
