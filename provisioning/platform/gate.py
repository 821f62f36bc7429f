"""What every request passes before a department sees it: size, and whether the terminal is who it says."""

import re
import sys
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provisioning.platform.problems import Refusal, problem_response

MAX_REQUEST_BYTES = 16 * 1024
CERTIFICATE_KEY = "budayang.certificate_name"
_TERMINAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def terminal_id_of(scope: Scope, header: str | None, has_tls: bool) -> str:
    """The calling terminal: with TLS what its certificate says, without (loopback only) what the header says.

    Raises:
        Refusal: terminal-refused, also when certificate and header differ.
    """
    name = scope.get(CERTIFICATE_KEY) if has_tls else header
    if name is None or not _TERMINAL_ID.fullmatch(name) or (header is not None and header != name):
        raise Refusal("terminal-refused")
    return str(name)


class Gate:
    """The outermost layer: bounds requests and turns a failure of the platform itself into a problem without traces.

    `report` gets the path and the name of the exception's class, never its text: it may quote what a citizen sent.
    """

    def __init__(self, app: ASGIApp, report: Callable[[str, str], None] | None = None) -> None:
        self._app = app
        self._report = report or _report_to_stderr

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received = 0
        has_started = False

        async def bounded_receive() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_REQUEST_BYTES:
                raise Refusal("request-too-large")
            return message

        async def watched_send(message: Message) -> None:
            nonlocal has_started
            has_started = True
            await send(message)

        try:
            declared = dict(scope["headers"]).get(b"content-length", b"0")
            if not declared.isdigit() or int(declared) > MAX_REQUEST_BYTES:
                raise Refusal("request-too-large")
            await self._app(scope, bounded_receive, watched_send)
        except Exception as error:  # noqa: BLE001  # the border: nothing of the failure may reach a terminal
            refusal = _refusal_for(error)
            if refusal.name == "internal-error":
                self._report(scope["path"], type(error).__name__)
            if not has_started:
                await problem_response(refusal)(scope, receive, send)


def _refusal_for(error: BaseException) -> Refusal:
    from sqlalchemy.exc import InterfaceError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    if isinstance(error, Refusal):
        return error
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return Refusal("unavailable", retry_after_s=30)
    return Refusal("internal-error")


def _report_to_stderr(path: str, error: str) -> None:
    print(f"platform: request failed path={path} error={error}", file=sys.stderr, flush=True)


def problem_from_status(status: int) -> Refusal:
    """The problem for a refusal of the framework itself (no such address, wrong method)."""
    return Refusal({404: "not-found", 405: "method-not-allowed"}.get(status, "invalid-request"))


def describe_fields(errors: "list[Any]") -> str:
    """Where a request breaks the contract, without what it held: ``body.grade, body.visit_id``."""
    return ", ".join(sorted({".".join(str(part) for part in error.get("loc", ())) for error in errors}))[:300]
