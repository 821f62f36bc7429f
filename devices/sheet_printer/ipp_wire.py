"""IPP over HTTP (RFC 8010 section 4), on a Unix socket or TCP; every call is bounded.

Over CUPS's Unix socket the header ``Authorization: PeerCred USER`` says who asks; the kernel proves it.
"""

import http.client
import os
import pwd
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from devices.sheet_printer.ipp_codec import Attribute, IppFormatError, Message, Operation, Tag, decode, encode


class PrinterUnreachableError(OSError):
    """No connection: nothing of the request has arrived."""


class PrinterSilentError(OSError):
    """The connection was made, but no sound answer came: the request may have arrived."""


@dataclass(frozen=True)
class Address:
    """Where the printer listens: `socket_path`, or `host` and `tcp_port`; `path` such as ``/printers/sheets``."""

    path: str
    socket_path: str | None = None
    host: str = "localhost"
    tcp_port: int = 631

    @property
    def uri(self) -> str:
        """`printer-uri`."""
        return f"ipp://localhost{self.path}"


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout_s: float) -> None:
        super().__init__("localhost", timeout=timeout_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class IppWire:
    """Asks one printer; a connection a request. One thread at a time."""

    def __init__(self, address: Address, timeout_s: float) -> None:
        self.address = address
        self._timeout_s = timeout_s
        self._request_id = 0

    def ask(
        self,
        operation: Operation,
        attributes: Sequence[Attribute] = (),
        groups: Sequence[tuple[Tag, Sequence[Attribute]]] = (),
        document: bytes = b"",
    ) -> Message:
        """Sends a request for this printer. Raises `PrinterUnreachableError` or `PrinterSilentError`."""
        self._request_id += 1
        own = [Attribute(Tag.URI, "printer-uri", [self.address.uri]), *attributes]
        body = encode(operation, self._request_id, [(Tag.OPERATION, own), *groups], document)
        status, answer = self._exchange("POST", self.address.path, body)
        if status != 200:
            raise PrinterSilentError("the printer's HTTP server refused")
        try:
            return decode(answer)
        except IppFormatError:
            raise PrinterSilentError("the answer is no IPP message") from None

    def read(self, path: str) -> bytes | None:
        """An HTTP GET; None when it is refused. Raises as `ask`."""
        status, answer = self._exchange("GET", path, b"")
        return answer if status == 200 else None

    def _exchange(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        headers = {"Connection": "close"}
        if body:
            headers["Content-Type"] = "application/ipp"
        if self.address.socket_path is not None:
            headers["Authorization"] = f"PeerCred {pwd.getpwuid(os.geteuid()).pw_name}"
            connection: http.client.HTTPConnection = _UnixConnection(self.address.socket_path, self._timeout_s)
        else:
            connection = http.client.HTTPConnection(self.address.host, self.address.tcp_port, timeout=self._timeout_s)
        try:
            try:
                connection.connect()
            except OSError as error:
                raise PrinterUnreachableError("no connection to the printer") from error
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException) as error:
                raise PrinterSilentError("no answer from the printer") from error
        finally:
            connection.close()
