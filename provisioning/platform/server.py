"""Serving the platform: the socket is bound here, so that a parent can ask for port 0 and read back the port."""

import asyncio
import functools
import os
import signal
import socket
import ssl
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.base.errors import BudayangError
from provisioning.platform.app import Platform, create_app
from provisioning.platform.gate import CERTIFICATE_KEY
from provisioning.platform.settings import PlatformSettings

_STOP_WITHIN_S = 1
_KEEP_ALIVE_S = 75


class _CertificateProtocol(H11Protocol):
    """Tells the application the common name of the client's certificate."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        certificate = transport.get_extra_info("peercert")
        if certificate:
            self.app = functools.partial(_call_with_name, self.app, common_name(certificate))


async def _call_with_name(app: Any, name: str | None, scope: Any, receive: Any, send: Any) -> None:
    scope[CERTIFICATE_KEY] = name
    await app(scope, receive, send)


def common_name(certificate: dict[str, Any]) -> str | None:
    """The one common name of a certificate as `ssl` describes it; None when it has none or several."""
    names = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
    return names[0] if len(names) == 1 else None


class _Server(uvicorn.Server):
    """Calls `announce` once requests are answered."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        BudayangError: ``platform.address_taken``.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise BudayangError("platform.address_taken", host=host, port=str(port)) from None
    return listener


def _config(app: FastAPI, settings: PlatformSettings) -> uvicorn.Config:
    """Server settings with the TLS files read.

    Raises:
        BudayangError: ``platform.tls_file_unusable``.
    """
    tls: dict[str, Any] = {}
    if settings.has_tls:
        tls = {
            "ssl_certfile": str(settings.tls_certificate),
            "ssl_keyfile": str(settings.tls_key),
            "ssl_ca_certs": str(settings.client_ca),
            "ssl_cert_reqs": ssl.CERT_REQUIRED,
        }
    config = uvicorn.Config(
        app,
        http=_CertificateProtocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        access_log=False,  # addresses hold nothing personal, and still nobody needs them
        log_config=None,
        log_level="critical",  # `Gate` reports failures, without what they quote
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_STOP_WITHIN_S,
        **tls,
    )
    try:
        config.load()
    except (ssl.SSLError, OSError):
        raise BudayangError("platform.tls_file_unusable") from None
    return config


def serve(settings: PlatformSettings, ready_fd: int | None = None) -> None:
    """Serves until SIGTERM or SIGINT; blocks.

    Args:
        settings: checked before anything is opened.
        ready_fd: gets the bound port in decimal and a newline once requests are answered, and is closed then. The
            same goes to standard output as ``platform listening on http://127.0.0.1:PORT``.

    Raises:
        BudayangError: settings, database or address refused.
    """
    settings.check()
    listener = bind(settings.host, settings.port)
    with listener:
        app = create_app(settings)
        platform: Platform = app.state.platform
        port = int(listener.getsockname()[1])

        def announce() -> None:
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            print(f"platform listening on {'https' if settings.has_tls else 'http'}://{host}:{port}", flush=True)
            if ready_fd is not None:
                os.write(ready_fd, f"{port}\n".encode())
                os.close(ready_fd)

        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                # uvicorn raises the signal again after its orderly end; the default would kill before the clean-up
                signal.signal(number, lambda *_: None)
            _Server(_config(app, settings), announce).run(sockets=[listener])
        finally:
            platform.close()
