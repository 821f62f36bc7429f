"""IPP over HTTP (RFC 8010 section 4), on a Unix socket or TCP; every call is bounded.

Over CUPS's Unix socket the header ``Authorization: PeerCred USER`` says who asks; the kernel proves it.
"""

import http.client
import os
import pwd
import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from devices.sheet_printer.ipp_codec import Attribute, IppFormatError, Message, Operation, Tag, decode, encode

_URL = re.compile(
    r"(?P<scheme>ipps?)://(?P<host>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?(?P<path>/[!-~]{0,255})?"
)


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
    is_tls: bool = False

    @property
    def uri(self) -> str:
        """`printer-uri`."""
        if self.socket_path is not None:
            return f"ipp://localhost{self.path}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps' if self.is_tls else 'ipp'}://{host}:{self.tcp_port}{self.path}"


def address_of(url: str) -> Address | None:
    """The address that an ``ipp://`` or ``ipps://`` URL means (RFC 8010 appendix, port 631), None for any other text."""
    match = _URL.fullmatch(url)
    if match is None:
        return None
    port = int(match["port"] or 631)
    if not 0 < port < 65536:
        return None
    host = match["host"].removeprefix("[").removesuffix("]")
    return Address(match["path"] or "/", None, host, port, is_tls=match["scheme"] == "ipps")


_LONGEST_ANSWER = 1 << 20


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
        elif self.address.is_tls:
            connection = http.client.HTTPSConnection(
                self.address.host, self.address.tcp_port, timeout=self._timeout_s, context=_printer_tls()
            )
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
                answer = response.read(_LONGEST_ANSWER + 1)
            except (OSError, http.client.HTTPException) as error:
                raise PrinterSilentError("no answer from the printer") from error
            if len(answer) > _LONGEST_ANSWER:
                raise PrinterSilentError("no end of the printer's answer")
            return response.status, answer
        finally:
            connection.close()


def _printer_tls() -> ssl.SSLContext:
    """TLS as printers have it, with a certificate of their own making. Only states are asked this way, never a document sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
