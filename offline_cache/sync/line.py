"""One line to the platform: sockets that obey the deadline of the running call, and the way to break it off.

Known time-outs of HTTP libraries are per read: a peer that sends a byte a second would hold a call for ever.
"""

import socket
import ssl
import threading
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from kiosk.base.clock import Clock


class Line:
    """`abort` from any thread, all else from the one that calls.

    Attributes:
        was_sent: whether anything of the running call's request has left.
    """

    def __init__(self, clock: Clock, connect_s: float, read_s: float) -> None:
        self._clock = clock
        self._connect_s = connect_s
        self._read_s = read_s
        self._until = 0.0
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_aborted = False
        self.was_sent = False

    def begin(self, deadline_s: float) -> None:
        """A call starts that is over in `deadline_s` seconds."""
        self._until = self._clock.monotonic() + deadline_s
        self.was_sent = False

    def abort(self) -> None:
        """Fails the running call and all that follow. Does not block."""
        with self._lock:
            self._is_aborted = True
            if self._socket is not None:
                # the plain shutdown also for TLS: its own would race with a running read
                try:
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
                except OSError:
                    return  # not connected any more, which is what was wanted

    def adopt(self, sock: socket.socket) -> None:
        """The socket that `abort` has to break. Raises ConnectionAbortedError."""
        with self._lock:
            self._socket = sock
            if self._is_aborted:
                raise ConnectionAbortedError

    def time_to_connect(self) -> float:
        """Seconds that opening may take. Raises TimeoutError or ConnectionAbortedError."""
        return min(self._connect_s, self._left())

    def time_to_wait(self) -> float:
        """Seconds that the next read or write may take. Raises TimeoutError or ConnectionAbortedError."""
        return min(self._read_s, self._left())

    def _left(self) -> float:
        if self._is_aborted:
            raise ConnectionAbortedError
        left = self._until - self._clock.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _PlainSocket(socket.socket):
    line: Line

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        self.settimeout(self.line.time_to_wait())
        return super().recv_into(buffer, nbytes, flags)

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.line.time_to_wait())
        self.line.was_sent = True
        super().sendall(data, flags)


class _TlsSocket(ssl.SSLSocket):
    line: Line

    def do_handshake(self, block: bool = False) -> None:
        self.line.adopt(self)
        self.settimeout(self.line.time_to_connect())
        super().do_handshake(block)

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(self.line.time_to_wait())
        return super().recv_into(buffer, nbytes, flags)

    def sendall(self, data: Any, flags: int = 0) -> None:
        self.settimeout(self.line.time_to_wait())
        self.line.was_sent = True
        super().sendall(data, flags)


def _open(line: Line, connection: HTTPConnection) -> socket.socket:
    """The first address that takes the connection. The system's resolver cannot be broken off: an address avoids it."""
    failure = "OSError"  # its name alone: the error would hold this frame, and through it whoever sends
    try:
        found = socket.getaddrinfo(connection.host.strip("[]"), connection.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in found:
            sock = _PlainSocket(family, kind, protocol)
            sock.line = line
            try:
                line.adopt(sock)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(line.time_to_connect())
                sock.connect(address)
            except OSError as error:
                failure = type(error).__name__
                sock.close()
            else:
                return sock
    except OSError as error:
        failure = type(error).__name__
    raise NewConnectionError(connection, failure)


class LineAdapter(HTTPAdapter):
    """The transport adapter of requests over one line: no session, so no proxies or passwords of the environment, no cookies.

    TLS is decided by `context` alone.
    """

    def __init__(self, line: Line, context: ssl.SSLContext | None) -> None:
        self._line = line
        self._context = context
        if context is not None:
            context.sslsocket_class = type("LineTlsSocket", (_TlsSocket,), {"line": line})
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=False)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        if self._context is not None:
            pool_kwargs["ssl_context"] = self._context
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        line = self._line

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _open(line, self)

        class Tls(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _open(line, self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = Tls

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}

    def cert_verify(self, conn: Any, url: str | bytes, verify: Any, cert: Any) -> None:
        """Nothing: the context is complete."""

    def build_connection_pool_key_attributes(self, request: Any, verify: Any, cert: Any = None) -> tuple[Any, Any]:  # noqa: ARG002
        host_params, _ = super().build_connection_pool_key_attributes(request, True, None)
        return host_params, {}
