"""Gives each emulator something to put out, through its own wire, as a terminal would."""

import http.client
import io
import socket
from collections.abc import Mapping

import pypdfium2

from devices.emulators.control import Emulator
from devices.sheet_printer.ipp_codec import Attribute, Operation, Tag, decode, encode

_WISH = b"<scan:ScanSettings><pwg:InputSource>Feeder</pwg:InputSource></scan:ScanSettings>"


def feed(emulators: Mapping[str, Emulator]) -> None:
    """A slip, a sheet of two pages, a scanned page, a frame."""
    print_slip(_port(emulators["receipt_printer"]))
    print_sheet(_port(emulators["sheet_printer"]))
    emulators["document_scanner"].do("load", {"sheets": 3})
    scan_page(_port(emulators["document_scanner"]))
    for camera in ("document_camera", "face_camera"):
        watch(_port(emulators[camera]))


def print_slip(port: int, lines: int = 12) -> None:
    """Ends when the printer has taken it."""
    slip = b"\x1b@Budayang\n" + b"line\n" * lines + b"\x1dV\x00"
    with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        line.sendall(slip)


def print_sheet(port: int, name: str = "board", pages: int = 2) -> None:
    """A document of empty pages with a frame; ends when the printer has accepted it."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    body = io.BytesIO()
    document.save(body)
    document.close()
    job = decode(_ipp(port, encode(Operation.CREATE_JOB, 1, [(Tag.OPERATION, [])])))
    number = job.first(Tag.JOB)["job-id"][0]
    assert isinstance(number, int)
    about = [Attribute(Tag.INTEGER, "job-id", [number]), Attribute(Tag.NAME, "document-name", [name])]
    _ipp(port, encode(Operation.SEND_DOCUMENT, 2, [(Tag.OPERATION, about)]) + body.getvalue())


def scan_page(port: int) -> None:
    """One page of a job over eSCL; the job is ended."""
    _http(port, "POST", "/eSCL/ScanJobs", _WISH)
    _http(port, "GET", "/eSCL/ScanJobs/1/NextDocument")
    _http(port, "DELETE", "/eSCL/ScanJobs/1")


def watch(port: int) -> None:
    """Looks at the stream until a picture has begun to come."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    line.request("GET", "/stream")
    line.getresponse().read(600)
    line.close()


def _ipp(port: int, message: bytes) -> bytes:
    return _http(port, "POST", "/ipp/print", message, {"Content-Type": "application/ipp"})


def _http(port: int, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request(method, path, body, dict(headers or {}))
        return line.getresponse().read()
    finally:
        line.close()


def _port(emulator: Emulator) -> int:
    port = emulator.state()["tcp_port"]
    assert isinstance(port, int)
    return port
