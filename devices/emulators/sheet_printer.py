"""Emulator of an A4 printer that speaks IPP (RFC 8010/8011) on loopback; its paper is a folder of PDF files.

A job's pages come out one by one; when the tray is empty it stops where it is, keeps the document, and goes on when paper is laid in,
as printers do. A finished job lies in the folder as ``sheet-<document name>.pdf`` (0600); of a cancelled one only the pages are counted.
"""

import contextlib
import http.server
import os
import re
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from devices.sheet_printer.ipp_codec import (
    NOT_FOUND,
    NOT_POSSIBLE,
    Attribute,
    IppFormatError,
    JobState,
    Message,
    Operation,
    Tag,
    decode,
    encode,
)

_PATH = "/ipp/print"
_PRINTER_IDLE, _PRINTER_PROCESSING, _PRINTER_STOPPED = 3, 4, 5
_UNSUPPORTED_FORMAT, _UNSUPPORTED_OPERATION = 0x040A, 0x0501
_LARGEST_REQUEST = 64 * 1024 * 1024
_SAFE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_ENDED = (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)
_REMEMBERED_JOBS = 100
_TURN_S = 0.02
_ACTIONS = (
    "paper_out", "paper_low", "paper_out_after", "refill", "jam", "clear_jam", "open_cover", "close_cover", "toner_low", "toner_full",
    "unplug", "plug", "slow", "normal", "forget",
)  # fmt: skip


@dataclass(repr=False)
class _Job:
    number: int
    state: JobState = JobState.PENDING
    name: str = ""
    pdf: bytes = b""
    pages: int = 0
    done: int = 0


class SheetPrinterEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        folder: where finished sheets fall; made 0700 when missing.
        page_s: seconds a page takes.
    """

    name = "sheet_printer"

    def __init__(self, folder: Path, *, page_s: float = 0.15) -> None:
        self._folder = folder
        self._normal_page_s = page_s
        self._page_s = page_s
        self._lock = threading.Lock()
        self._jobs: dict[int, _Job] = {}
        self._last_number = 0
        self._paper_left: int | None = None
        self._is_low = self._is_jammed = self._cover_open = self._toner_low = False
        self._plugged = True
        self._next_page_at = 0.0
        self._pages = self._sheets = self._cut_short = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    # -- life

    @property
    def tcp_port(self) -> int:
        """TCP port on 127.0.0.1."""
        assert self._server is not None
        return int(self._server.server_address[1])

    @property
    def folder(self) -> Path:
        """Where finished sheets lie."""
        return self._folder

    def start(self) -> None:
        """Opens the wire and starts the thread."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_TURN_S,), name="sheet-printer-emulator", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        if self._thread is None or self._server is None:
            return
        self._server.shutdown()
        self._thread.join(2.0)
        self._thread = None
        self._server.server_close()

    # -- the panel

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """Carries out an action at once."""
        with self._lock:
            match action:
                case "paper_out":
                    self._paper_left = 0
                case "paper_low":
                    self._is_low = True
                case "paper_out_after":
                    self._paper_left = _whole(arguments, "pages")
                case "refill":
                    self._paper_left, self._is_low = None, False
                case "jam" | "clear_jam":
                    self._is_jammed = action == "jam"
                case "open_cover" | "close_cover":
                    self._cover_open = action == "open_cover"
                case "toner_low" | "toner_full":
                    self._toner_low = action == "toner_low"
                case "unplug" | "plug":
                    self._plugged = action == "plug"
                case "slow":
                    self._page_s = _number(arguments, "page_s", 2.0)
                case "normal":
                    self._page_s = self._normal_page_s
                case "forget":
                    for sheet in self._folder.glob("sheet-*.pdf"):
                        sheet.unlink(missing_ok=True)
                case _:
                    raise ValueError(f"A4 打印机没有“{action}”这个动作")

    def state(self) -> dict[str, object]:
        """Paper, cover, cable and counters; `last_sheet` is a path or None."""
        with self._lock:
            return {
                "actions": list(_ACTIONS),
                "paper": "out" if self._paper_left == 0 else "low" if self._is_low else "full",
                "cover": "open" if self._cover_open else "closed",
                "jam": self._is_jammed,
                "toner": "low" if self._toner_low else "full",
                "cable": "in" if self._plugged else "out",
                "tcp_port": self.tcp_port if self._server is not None else None,
                "folder": str(self._folder),
                "page_s": self._page_s,
                "jobs": self._last_number,
                "waiting": sum(job.state not in _ENDED for job in self._jobs.values()),
                "pages": self._pages,
                "sheets": self._sheets,
                "cut_short": self._cut_short,
                "last_sheet": self._last_sheet(),
            }

    def _last_sheet(self) -> str | None:
        sheets = sorted(self._folder.glob("sheet-*.pdf"), key=lambda path: path.stat().st_mtime_ns)
        return str(sheets[-1]) if sheets else None

    # -- the printer (called by the server's thread)

    def turn(self) -> None:
        """Prints the pages that are due."""
        with self._lock:
            now = time.monotonic()
            for job in list(self._jobs.values()):
                if job.state in (JobState.PROCESSING, JobState.STOPPED):
                    self._work_on(job, now)
                    return  # one job at a time

    def is_plugged(self) -> bool:
        """Whether the cable is in."""
        with self._lock:
            return self._plugged

    def answer(self, request: Message) -> bytes:
        """The response to one request."""
        with self._lock:
            operation = request.first(Tag.OPERATION)
            job = self._jobs.get(_int(operation, "job-id"))
            match request.code:
                case Operation.GET_PRINTER_ATTRIBUTES:
                    return self._printer_attributes(request)
                case Operation.CREATE_JOB:
                    job = self._make_job()
                    return _respond(request, 0, [(Tag.JOB, _job_attributes(job))])
                case Operation.SEND_DOCUMENT if job is not None:
                    return _respond(
                        request, self._take_document(job, operation, request.data), [(Tag.JOB, _job_attributes(job))]
                    )
                case Operation.GET_JOB_ATTRIBUTES if job is not None:
                    return _respond(request, 0, [(Tag.JOB, _job_attributes(job))])
                case Operation.CANCEL_JOB if job is not None:
                    return _respond(request, self._cancel(job), [])
                case Operation.SEND_DOCUMENT | Operation.GET_JOB_ATTRIBUTES | Operation.CANCEL_JOB:
                    return _respond(request, NOT_FOUND, [])
                case _:
                    return _respond(request, _UNSUPPORTED_OPERATION, [])

    def _make_job(self) -> _Job:
        self._last_number += 1
        job = self._jobs[self._last_number] = _Job(self._last_number)
        for number in list(self._jobs)[:-_REMEMBERED_JOBS]:
            del self._jobs[number]
        return job

    def _take_document(self, job: _Job, operation: dict[str, list[int | bool | str | bytes]], pdf: bytes) -> int:
        if job.state is not JobState.PENDING:
            return NOT_POSSIBLE
        name = str(operation.get("document-name", [""])[0])
        job.name = name if _SAFE_NAME.fullmatch(name) else str(job.number)
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            job.state = JobState.ABORTED
            return _UNSUPPORTED_FORMAT
        job.pages = len(document)
        document.close()
        job.pdf = pdf
        job.state = JobState.PROCESSING
        self._next_page_at = time.monotonic() + self._page_s
        return 0

    def _cancel(self, job: _Job) -> int:
        if job.state in _ENDED:
            return NOT_POSSIBLE
        self._cut_short += job.done > 0
        job.state, job.pdf = JobState.CANCELED, b""
        return 0

    def _work_on(self, job: _Job, now: float) -> None:
        while job.done < job.pages:
            if self._has_stopped():
                job.state = JobState.STOPPED
                self._next_page_at = now + self._page_s
                return
            job.state = JobState.PROCESSING
            if now < self._next_page_at:
                return
            self._next_page_at += self._page_s
            job.done += 1
            self._pages += 1
            if self._paper_left is not None:
                self._paper_left -= 1
        self._finish(job)

    def _finish(self, job: _Job) -> None:
        target = self._folder / f"sheet-{job.name}.pdf"
        part = target.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(job.pdf)
        part.replace(target)
        job.state, job.pdf = JobState.COMPLETED, b""
        self._sheets += 1

    def _has_stopped(self) -> bool:
        return self._paper_left == 0 or self._is_jammed or self._cover_open

    def _printer_attributes(self, request: Message) -> bytes:
        reasons = [
            reason
            for holds, reason in (
                (self._paper_left == 0, "media-empty-error"),
                (self._is_low, "media-low-warning"),
                (self._is_jammed, "media-jam-error"),
                (self._cover_open, "cover-open-error"),
                (self._toner_low, "toner-low-warning"),
            )
            if holds
        ]
        is_busy = any(job.state is JobState.PROCESSING for job in self._jobs.values())
        state = _PRINTER_STOPPED if self._has_stopped() else _PRINTER_PROCESSING if is_busy else _PRINTER_IDLE
        attributes = [
            Attribute(Tag.ENUM, "printer-state", [state]),
            Attribute(Tag.KEYWORD, "printer-state-reasons", reasons or ["none"]),
            Attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", [True]),
            Attribute(Tag.TEXT, "printer-make-and-model", ["Budayang A4 emulator"]),
        ]
        return _respond(request, 0, [(Tag.PRINTER, attributes)])


class _Server(http.server.HTTPServer):
    def __init__(self, printer: SheetPrinterEmulator) -> None:
        self.printer = printer
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


class _Handler(http.server.BaseHTTPRequestHandler):
    timeout = 1.0
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        if self.path != _PATH or not 0 < length <= _LARGEST_REQUEST:
            self.send_error(404)
            return
        with contextlib.suppress(IppFormatError):
            request = decode(self.rfile.read(length))
            self.server.printer.turn()
            body = self.server.printer.answer(request)
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        self.send_error(400)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """A printer writes no log."""


def _respond(request: Message, status: int, groups: list[tuple[Tag, list[Attribute]]]) -> bytes:
    return encode(status, request.request_id, [(Tag.OPERATION, []), *groups])


def _job_attributes(job: _Job) -> list[Attribute]:
    return [
        Attribute(Tag.INTEGER, "job-id", [job.number]),
        Attribute(Tag.ENUM, "job-state", [job.state]),
        Attribute(Tag.INTEGER, "job-impressions-completed", [job.done]),
    ]


def _int(attributes: dict[str, list[int | bool | str | bytes]], name: str) -> int:
    value = attributes.get(name, [0])[0]
    return value if isinstance(value, int) else 0


def _whole(arguments: dict[str, object], name: str) -> int:
    value = arguments.get(name)
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"“{name}”要填不小于 0 的整数")
    return value


def _number(arguments: dict[str, object], name: str, default: float) -> float:
    value = arguments.get(name, default)
    if not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"“{name}”要填不小于 0 的数")
    return float(value)
