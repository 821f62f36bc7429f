"""The wire of the sheet printer's emulator: IPP over HTTP on loopback, one request at a time."""

import contextlib
import http.server
import socket
from typing import Protocol

from devices.emulators.traffic import Direction, Traffic
from devices.emulators.traffic_http import TappedHandler
from devices.sheet_printer.ipp_codec import IppFormatError, Message, decode

_PATH = "/ipp/print"
_LARGEST_REQUEST = 64 * 1024 * 1024


class IppPrinter(Protocol):
    """What stands behind the wire; called by the server's thread."""

    traffic: Traffic

    def turn(self) -> None:
        """Does what is due."""

    def is_plugged(self) -> bool:
        """Whether the cable is in."""

    def answer(self, request: Message) -> bytes:
        """The response to one request."""


class IppServer(http.server.HTTPServer):
    """Listens on a free port of 127.0.0.1."""

    def __init__(self, printer: IppPrinter) -> None:
        self.printer = printer
        self.traffic = printer.traffic
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        # without HTTPServer's look-up of the host's name
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def verify_request(self, request: object, client_address: object) -> bool:
        del request, client_address
        return self.printer.is_plugged()

    def service_actions(self) -> None:
        self.printer.turn()

    def handle_error(self, request: object, client_address: object) -> None:
        """A host that hung up in the middle is no event for a printer."""


class _Handler(TappedHandler):
    timeout = 1.0
    server: IppServer

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        if self.path != _PATH or not 0 < length <= _LARGEST_REQUEST:
            self.send_error(404)
            return
        with contextlib.suppress(IppFormatError):
            sent = self.rfile.read(length)
            self.tap(Direction.TO_DEVICE, sent)
            request = decode(sent)
            self.server.printer.turn()
            body = self.server.printer.answer(request)
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.tap(Direction.FROM_DEVICE, body)
            self.wfile.write(body)
            return
        self.send_error(400)
