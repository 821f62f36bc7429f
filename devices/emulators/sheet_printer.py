"""Emulator of an A4 printer that speaks IPP (RFC 8010/8011) on loopback; its paper is a folder of PDF files.

A job's pages come out one by one; when the tray is empty it stops where it is, keeps the document, and goes on when paper is laid in,
as printers do. A finished job lies in the folder as ``sheet-<document name>.pdf`` (0600); of a cancelled one only the pages are counted.
Two trays: A4 in tray-1, A3 in tray-2; both sides; numbered paper, whose sheets it can say the fate of better than any real printer.
"""

import os
import re
import threading
import time
from pathlib import Path

import pypdfium2

from devices.emulators.ipp_server import IppServer
from devices.emulators.sheet_paper import FULL_TRAY, Job, Tray, job_attributes
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_exchanges import ipp
from devices.sheet_printer.ipp_codec import (
    NOT_FOUND,
    NOT_POSSIBLE,
    Attribute,
    Attributes,
    Collection,
    JobState,
    Message,
    Operation,
    Tag,
    encode,
)

_PRINTER_IDLE, _PRINTER_PROCESSING, _PRINTER_STOPPED = 3, 4, 5
_UNSUPPORTED_FORMAT, _UNSUPPORTED_OPERATION = 0x040A, 0x0501
_SAFE_NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_ENDED = (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)
_REMEMBERED_JOBS = 100
_TURN_S = 0.02
_TONER = "index=1;class=supplyThatIsConsumed;type=toner;unit=percent;maxcapacity=100;level={level};colorantname=black;"
_PICTURE_SCALE = 1.5  # 108 dots per inch
_ACTIONS = (
    "paper_out", "paper_low", "paper_out_after", "refill", "load_serials", "jam", "jam_after", "clear_jam", "open_cover", "close_cover",
    "lose_page", "toner_low", "toner_out", "toner_full", "unplug", "plug", "slow", "normal", "save", "forget",
)  # fmt: skip


class SheetPrinterEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        folder: where finished sheets fall; made 0700 when missing.
        page_s: seconds a page takes.
    """

    name = "sheet_printer"

    def __init__(self, folder: Path, *, page_s: float = 0.15) -> None:
        self.traffic = Traffic(ipp)
        self._folder = folder
        self._normal_page_s = page_s
        self._page_s = page_s
        self._lock = threading.Lock()
        self._jobs: dict[int, Job] = {}
        self._last_number = 0
        self._trays = {
            tray.name: tray
            for tray in (
                Tray("tray-1", "iso_a4_210x297mm", 21000, 29700),
                Tray("tray-2", "iso_a3_297x420mm", 29700, 42000),
            )
        }
        self._is_jammed = self._cover_open = False
        self._toner = "full"
        self._jam_in: tuple[int, int] | None = None
        self._to_lose = 0
        self._serials: dict[str, list[int]] = {"printed": [], "spoiled": []}
        self._last_job: tuple[str, bool] = ("", False)
        self._plugged = True
        self._next_page_at = 0.0
        self._pages = self._sheets = self._cut_short = 0
        self._server: IppServer | None = None
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
        self._server = IppServer(self)
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
                    self._tray(arguments).left = 0
                case "paper_low":
                    self._tray(arguments).is_low = True
                case "paper_out_after":
                    self._tray(arguments).left = _whole(arguments, "pages")
                case "refill":
                    for tray in self._trays.values() if "tray" not in arguments else [self._tray(arguments)]:
                        tray.left, tray.is_low = None, False
                case "load_serials":
                    tray = self._tray({"tray": "tray-2", **arguments})
                    tray.next_serial, tray.left = _whole(arguments, "first"), _whole(arguments, "sheets")
                case "jam" | "clear_jam":
                    self._is_jammed, self._jam_in = action == "jam", None
                case "jam_after":
                    self._jam_in = _whole(arguments, "pages"), _whole({"in_path": 1, **arguments}, "in_path")
                case "lose_page":
                    self._to_lose += 1
                case "open_cover" | "close_cover":
                    self._cover_open = action == "open_cover"
                case "toner_low" | "toner_out" | "toner_full":
                    self._toner = action.removeprefix("toner_")
                case "unplug" | "plug":
                    self._plugged = action == "plug"
                case "slow":
                    self._page_s = _number(arguments, "page_s", 2.0)
                case "normal":
                    self._page_s = self._normal_page_s
                case "save":
                    self._save(arguments)
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
                "paper": self._trays["tray-1"].word(),
                "trays": {tray.name: tray.word() for tray in self._trays.values()},
                "cover": "open" if self._cover_open else "closed",
                "jam": self._is_jammed,
                "toner": self._toner,
                "cable": "in" if self._plugged else "out",
                "tcp_port": self.tcp_port if self._server is not None else None,
                "folder": str(self._folder),
                "page_s": self._page_s,
                "jobs": self._last_number,
                "waiting": sum(job.state not in _ENDED for job in self._jobs.values()),
                "pages": self._pages,
                "last_tray": self._last_job[0],
                "duplex": self._last_job[1],
                "serials_printed": list(self._serials["printed"]),
                "serials_spoiled": list(self._serials["spoiled"]),
                "sheets": self._sheets,
                "cut_short": self._cut_short,
                "last_sheet": self._last_sheet(),
            }

    def _tray(self, arguments: dict[str, object]) -> Tray:
        tray = self._trays.get(str(arguments.get("tray", "tray-1")))
        if tray is None:
            raise ValueError("没有这个纸盒：“tray”要填 " + " 或 ".join(self._trays))
        return tray

    def _save(self, arguments: dict[str, object]) -> None:
        """Writes page 1 of the last sheet as PNG (0600) to `path`."""
        path, sheet = arguments.get("path"), self._last_sheet()
        if not isinstance(path, str) or sheet is None:
            raise ValueError("还没有打印出纸张，或没有写明“path”")
        document = pypdfium2.PdfDocument(sheet)
        try:
            picture = document[0].render(scale=_PICTURE_SCALE).to_pil()
        finally:
            document.close()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            picture.save(file, "PNG")

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
                    job = self._make_job(request.first(Tag.JOB))
                    return _respond(request, 0, [(Tag.JOB, job_attributes(job))])
                case Operation.SEND_DOCUMENT if job is not None:
                    return _respond(
                        request, self._take_document(job, operation, request.data), [(Tag.JOB, job_attributes(job))]
                    )
                case Operation.GET_JOB_ATTRIBUTES if job is not None:
                    return _respond(request, 0, [(Tag.JOB, job_attributes(job))])
                case Operation.CANCEL_JOB if job is not None:
                    return _respond(request, self._cancel(job), [])
                case Operation.SEND_DOCUMENT | Operation.GET_JOB_ATTRIBUTES | Operation.CANCEL_JOB:
                    return _respond(request, NOT_FOUND, [])
                case _:
                    return _respond(request, _UNSUPPORTED_OPERATION, [])

    def _make_job(self, wishes: Attributes) -> Job:
        self._last_number += 1
        job = self._jobs[self._last_number] = Job(self._last_number)
        job.is_duplex = wishes.get("sides", [""])[0] == "two-sided-long-edge"
        column = wishes.get("media-col", [None])[0]
        source = column.members.get("media-source", [""])[0] if isinstance(column, Collection) else ""
        job.tray = str(source) if source in self._trays else "tray-1"
        for number in list(self._jobs)[:-_REMEMBERED_JOBS]:
            del self._jobs[number]
        return job

    def _take_document(self, job: Job, operation: Attributes, pdf: bytes) -> int:
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

    def _cancel(self, job: Job) -> int:
        if job.state in _ENDED:
            return NOT_POSSIBLE
        self._cut_short += job.done > 0
        job.state, job.pdf = JobState.CANCELED, b""
        return 0

    def _work_on(self, job: Job, now: float) -> None:
        tray = self._trays[job.tray]
        while job.done + job.lost < job.pages:
            if self._jam_in is not None and self._jam_in[0] == 0:
                self._jam(tray, self._jam_in[1])
            if self._has_stopped(job):
                job.state = JobState.STOPPED
                self._next_page_at = now + self._page_s
                return
            job.state = JobState.PROCESSING
            if now < self._next_page_at:
                return
            self._next_page_at += self._page_s
            self._put_out_page(job, tray)
        self._finish(job)

    def _put_out_page(self, job: Job, tray: Tray) -> None:
        is_lost = self._to_lose > 0
        if job.begins_sheet:
            tray.feed(self._serials["spoiled" if is_lost else "printed"])
        if is_lost:
            self._to_lose -= 1
            job.lost += 1
            return
        job.done += 1
        self._pages += 1
        if self._jam_in is not None:
            self._jam_in = self._jam_in[0] - 1, self._jam_in[1]

    def _jam(self, tray: Tray, in_path: int) -> None:
        self._is_jammed, self._jam_in = True, None
        for _ in range(in_path):
            if tray.left != 0:
                tray.feed(self._serials["spoiled"])

    def _finish(self, job: Job) -> None:
        target = self._folder / f"sheet-{job.name}.pdf"
        part = target.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(job.pdf)
        part.replace(target)
        job.state, job.pdf = JobState.COMPLETED, b""
        self._sheets += 1
        self._last_job = job.tray, job.is_duplex

    def _has_stopped(self, job: Job | None) -> bool:
        is_empty = job is not None and job.begins_sheet and self._trays[job.tray].left == 0
        return is_empty or self._is_jammed or self._cover_open or self._toner == "out"

    def _printer_attributes(self, request: Message) -> bytes:
        working = next(
            (job for job in self._jobs.values() if job.state in (JobState.PROCESSING, JobState.STOPPED)), None
        )
        words = [tray.word() for tray in self._trays.values()]
        reasons = [
            reason
            for holds, reason in (
                ("out" in words, "media-empty-error"),
                ("low" in words, "media-low-warning"),
                (self._is_jammed, "media-jam-error"),
                (self._cover_open, "cover-open-error"),
                (self._toner == "low", "toner-low-warning"),
                (self._toner == "out", "toner-empty-error"),
            )
            if holds
        ]
        is_busy = any(job.state is JobState.PROCESSING for job in self._jobs.values())
        state = _PRINTER_STOPPED if self._has_stopped(working) else _PRINTER_PROCESSING if is_busy else _PRINTER_IDLE
        attributes = [
            Attribute(Tag.ENUM, "printer-state", [state]),
            Attribute(Tag.KEYWORD, "printer-state-reasons", reasons or ["none"]),
            Attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", [True]),
            Attribute(Tag.TEXT, "printer-make-and-model", ["Budayang A4 emulator"]),
            Attribute(Tag.INTEGER, "printer-impressions-completed", [self._pages]),
            Attribute(Tag.KEYWORD, "sides-supported", ["one-sided", "two-sided-long-edge"]),
            Attribute(Tag.KEYWORD, "media-source-supported", list(self._trays)),
            Attribute(Tag.KEYWORD, "media-supported", [tray.size for tray in self._trays.values()]),
            Attribute(
                Tag.OCTETS,
                "printer-input-tray",
                [
                    f"type=sheetFeedAutoRemovableTray;maxcapacity={FULL_TRAY};level={tray.level()};name={tray.name};"
                    for tray in self._trays.values()
                ],
            ),
            Attribute(
                Tag.OCTETS, "printer-supply", [_TONER.format(level={"full": 80, "low": 5, "out": 0}[self._toner])]
            ),
        ]
        return _respond(request, 0, [(Tag.PRINTER, attributes)])


def _respond(request: Message, status: int, groups: list[tuple[Tag, list[Attribute]]]) -> bytes:
    return encode(status, request.request_id, [(Tag.OPERATION, []), *groups])


def _int(attributes: Attributes, name: str) -> int:
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
