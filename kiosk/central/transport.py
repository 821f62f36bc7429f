"""`requests` on a `Line`: its transport adapter with sockets that obey the call's deadline. Imported at the first call.

The adapter is used without a Session: no cookies, no redirects, no proxies or passwords from the environment, no
retries. Only `build_adapter` and `exchange` are for use elsewhere.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any

from requests import PreparedRequest, Request, Response
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.util import parse_url

from kiosk.base.errors import BudayangError, Problem
from kiosk.central.answers import UNEXPECTED, Reply
from kiosk.central.line import Line, Stage

MAX_REPLY_BYTES = 8 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024

# urllib3 quotes malformed heads of a reply, which may hold parts of its body; every failure is told as a value anyway
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


class WireError(OSError):
    """What urllib3 or http.client raised; its cause tells the kind."""


class _LineSocket(socket.socket):
    """A plain socket of a line."""

    line: Line

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.line.time_to_read())
        count = super().recv_into(buffer, nbytes, flags)
        self.line.traffic.bytes_received += count
        if count:
            self.line.stage = Stage.ANSWERED
        return count

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.line.time_to_read())
        super().sendall(data, flags)
        self.line.traffic.bytes_sent += len(data)


class _LineTlsSocket(ssl.SSLSocket):
    """A TLS socket of a line; its class, made per client, holds the line."""

    line: Line

    def do_handshake(self, block: bool = False) -> None:
        self.line.adopt(self)
        self.settimeout(self.line.time_to_connect())
        super().do_handshake(block)

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.line.time_to_read())
        count = super().recv_into(buffer, nbytes, flags)
        self.line.traffic.bytes_received += count
        if count:
            self.line.stage = Stage.ANSWERED
        return count

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.line.time_to_read())
        super().sendall(data, flags)
        self.line.traffic.bytes_sent += len(data)


def _connect(line: Line, host: str, port: int) -> socket.socket:
    """The first address of `host` that takes the connection.

    The resolver of the system cannot be broken off: a configuration with an address instead of a name avoids it.
    """
    last: OSError = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = _LineSocket(family, kind, protocol)
        sock.line = line
        try:
            line.adopt(sock)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(line.time_to_connect())
            sock.connect(address)
        except ConnectionRefusedError as error:
            line.stage, last = Stage.REFUSED, error
            sock.close()
        except OSError as error:
            last = error
            sock.close()
        else:
            return sock
    raise last


def _open_by(line: Line, connection: HTTPConnection) -> socket.socket:
    try:
        return _connect(line, connection.host.strip("[]"), connection.port)
    except OSError as error:
        raise NewConnectionError(connection, type(error).__name__) from error


def _timed(line: Line, connect: Callable[[], None]) -> None:
    start = time.perf_counter()
    connect()
    line.traffic.connections += 1
    line.traffic.connect_s += time.perf_counter() - start
    line.stage = Stage.CONNECTED


def _pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _open_by(line, self)

        def connect(self) -> None:
            _timed(line, super().connect)

        def request(self, *args: Any, **named: Any) -> None:
            _reuse(line, self.sock)
            super().request(*args, **named)

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _open_by(line, self)

        def connect(self) -> None:
            _timed(line, super().connect)

        def request(self, *args: Any, **named: Any) -> None:
            _reuse(line, self.sock)
            super().request(*args, **named)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


def _reuse(line: Line, sock: Any) -> None:
    if sock is not None:
        line.adopt(sock)
        line.stage = Stage.CONNECTED


class _LineAdapter(HTTPAdapter):
    """requests' adapter over the pools of one line; TLS is decided by the line's own context, never by a request."""

    def __init__(self, line: Line, context: ssl.SSLContext | None) -> None:
        self._line = line
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=False)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        if self._context is not None:
            pool_kwargs["ssl_context"] = self._context
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._line)

    def cert_verify(self, conn: Any, url: str | bytes, verify: Any, cert: Any) -> None:
        """Nothing: the context is complete."""

    def build_connection_pool_key_attributes(
        self,
        request: PreparedRequest,
        verify: Any,  # noqa: ARG002  # the context decides
        cert: Any = None,  # noqa: ARG002
    ) -> tuple[Any, Any]:
        parts = parse_url(str(request.url))
        return {"scheme": parts.scheme, "host": parts.host, "port": parts.port}, {}


def build_adapter(
    line: Line, base_url: str, ca_bundle: Path | None, certificate: Path | None, key: Path | None
) -> HTTPAdapter:
    """An adapter for one platform.

    Args:
        line: whose deadline its sockets obey.
        base_url: http or https.
        ca_bundle: PEM; None means the system's CAs.
        certificate, key: PEM files of the terminal; None for a platform that asks for none.

    Raises:
        BudayangError: ``central.certificates_unusable``.
    """
    context: ssl.SSLContext | None = None
    if base_url.startswith("https:"):
        try:
            context = ssl.create_default_context(cafile=str(ca_bundle) if ca_bundle else None)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            if certificate is not None:
                context.load_cert_chain(str(certificate), str(key) if key else None)
        except (OSError, ValueError):
            raise BudayangError("central.certificates_unusable") from None
        context.sslsocket_class = type("LineTlsSocket", (_LineTlsSocket,), {"line": line})
    return _LineAdapter(line, context)


def exchange(
    adapter: HTTPAdapter, url: str, headers: dict[str, str], body: bytes, timeouts: tuple[float, float]
) -> Reply | Problem:
    """Sends one POST and reads its whole reply, of at most `MAX_REPLY_BYTES`.

    Args:
        adapter: made by `build_adapter`.
        url: the call's address.
        headers: besides those of the content.
        body: JSON.
        timeouts: to connect and to read, seconds; the line's deadline holds beside them.

    Raises:
        OSError, ValueError: the line or the other side failed; see `failures.problem_of`.
    """
    content = {
        "Content-Type": "application/json",
        "Accept": "application/json, application/problem+json",
        "Accept-Encoding": "identity",
    }
    request = Request("POST", url, headers=content | headers, data=body).prepare()
    try:
        response = adapter.send(request, stream=True, timeout=timeouts)
        is_complete = False
        try:
            reply = _read(response)
            is_complete = isinstance(reply, Reply)
            return reply
        finally:
            if is_complete:
                response.raw.release_conn()
            else:
                response.close()
    except (HTTPError, HTTPException) as error:
        raise WireError(type(error).__name__) from error


def _read(response: Response) -> Reply | Problem:
    """The whole reply, bounded."""
    declared = response.headers.get("Content-Length", "0")
    if not declared.isdecimal() or len(declared) > 9 or int(declared) > MAX_REPLY_BYTES:
        return UNEXPECTED
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return UNEXPECTED
    body = bytearray()
    while chunk := response.raw.read(_CHUNK_BYTES, decode_content=False):
        body += chunk
        if len(body) > MAX_REPLY_BYTES:
            return UNEXPECTED
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Reply(response.status_code, media_type, body)
