"""Emulator of a network document scanner that speaks eSCL (Mopria eSCL 2.97) on loopback: flatbed, feeder, duplex.

Each page carries its number as twelve black or white fields along its upper edge (`page_number` reads them), so that a test sees order
and loss; the rest is lines of print, or nothing on a blank page. Faults: jam, two sheets at once, open hatch, empty feeder, network
cut in the middle of a page, silence.
"""

import http.server
import io
import os
import re
import socket
import threading
import time
from functools import lru_cache

from PIL import Image, ImageDraw

from devices.emulators.traffic import Traffic
from devices.emulators.traffic_exchanges import http as decode_http
from devices.emulators.traffic_http import TappedHandler

_ROOT = "/eSCL"
_BITS = 12
_ACTIONS = (
    "load", "empty", "jam_after", "clear_jam", "double_feed_after", "take_out", "open_hatch", "close_hatch", "cut_after",
    "unplug", "plug", "silent", "answering", "busy", "idle", "stop_lamp", "mend_lamp",
    "save", "normal",
)  # fmt: skip
_CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>2.97</pwg:Version><pwg:MakeAndModel>Budayang emulated scanner</pwg:MakeAndModel>
<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>
<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps><scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps>
<scan:FeederCapacity>500</scan:FeederCapacity>
<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf>
</scan:ScannerCapabilities>"""
_CAPS = """<scan:MinWidth>300</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>300</scan:MinHeight>
<scan:MaxHeight>4200</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>
<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode>
<scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>
<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>"""
_RESOLUTION = (
    "<scan:DiscreteResolution><scan:XResolution>{0}</scan:XResolution><scan:YResolution>{0}</scan:YResolution>"
    "</scan:DiscreteResolution>"
)
_STATUS = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerStatus xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>2.97</pwg:Version><pwg:State>{state}</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"""
_RESOLUTIONS = (75, 100, 150, 200, 300)
_SILENCE_S = 30.0
_JOB_S = 1.0  # a job whose pages nobody fetches is given up


@lru_cache(maxsize=128)
def page_picture(number: int, width: int, height: int, is_colour: bool, is_blank: bool) -> bytes:
    """A page as JPEG."""
    picture = Image.new("RGB" if is_colour else "L", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    if not is_blank:
        field = width // (_BITS * 2)
        top = width // 20
        for bit in range(_BITS):
            left = field + bit * 2 * field
            draw.rectangle((left, top, left + field, top + field), fill="black")  # a frame that says: here is a bit
            if number >> bit & 1 == 0:
                inset = field // 4
                draw.rectangle((left + inset, top + inset, left + field - inset, top + field - inset), fill="white")
        for line in range(4, 30):
            middle = height * line // 32
            draw.rectangle(
                (width // 10, middle, width * 9 // 10, middle + height // 120), fill=(90,) * 3 if is_colour else 90
            )
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=80)
    return body.getvalue()


def page_number(picture: Image.Image) -> int:
    """The number on a scanned page of the emulator."""
    grey = picture.convert("L")
    field = grey.width // (_BITS * 2)
    middle = grey.width // 20 + field // 2
    return sum(1 << bit for bit in range(_BITS) if _level(grey, field + bit * 2 * field + field // 2, middle) < 128)


def _level(grey: Image.Image, x: int, y: int) -> int:
    return grey.crop((x, y, x + 1, y + 1)).tobytes()[0]


class EsclScannerEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        page_s: seconds that a page takes.
    """

    name = "document_scanner"

    def __init__(self, *, page_s: float = 0.0) -> None:
        self.traffic = Traffic(decode_http)
        self._page_s = page_s
        self._changed = threading.Condition()
        self._sheets = 0
        self._blank: frozenset[int] = frozenset()
        self._adf_fault: str | None = None
        self._jam_in: int | None = None
        self._double_in: int | None = None
        self._cut_in: int | None = None
        self._is_plugged = True
        self._is_silent = False
        self._is_busy = False
        self._is_stopped = False
        self._has_ended = False
        self._job: _Job | None = None
        self._last_page = b""
        self.jobs = 0
        self.pages = 0
        self.status_asked = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def tcp_port(self) -> int:
        """Where it listens on 127.0.0.1."""
        assert self._server is not None
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """For the driver's `escl_url`."""
        return f"http://127.0.0.1:{self.tcp_port}{_ROOT}"

    def start(self) -> None:
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="emulated-scanner", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join(2)
            self._server.server_close()

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action: ``load`` (sheets, blank=[page numbers]), ``…_after`` (pages; of `cut` the page that is hit), the others without arguments."""
        with self._changed:
            if action not in _ACTIONS:
                raise ValueError(f"扫描仪没有“{action}”这个动作 / the scanner has no action {action!r}")
            self._do(action, arguments)
            self._changed.notify_all()

    def _do(self, action: str, arguments: dict[str, object]) -> None:
        if action == "load":
            self._sheets = _number(arguments.get("sheets", 1))
            blank = arguments.get("blank", [])
            self._blank = frozenset(_number(page) for page in blank) if isinstance(blank, list) else frozenset()
            self._adf_fault = None
        elif action == "empty":
            self._sheets = 0
        elif action == "jam_after":
            self._jam_in = _number(arguments.get("pages", 1))
        elif action == "double_feed_after":
            self._double_in = _number(arguments.get("pages", 1))
        elif action == "cut_after":
            self._cut_in = _number(arguments.get("pages", 1))
        elif action in ("clear_jam", "take_out", "close_hatch"):
            self._adf_fault = None
        elif action == "open_hatch":
            self._adf_fault = "ScannerAdfHatchOpen"
        elif action in ("unplug", "plug"):
            self._is_plugged = action == "plug"
        elif action in ("silent", "answering"):
            self._is_silent = action == "silent"
        elif action in ("busy", "idle"):
            self._is_busy = action == "busy"
        elif action == "normal":
            self._adf_fault = self._jam_in = self._double_in = self._cut_in = None
            self._is_plugged, self._is_silent, self._is_busy, self._is_stopped = True, False, False, False
        elif action == "save":
            self._save(arguments.get("path"))
        else:
            self._is_stopped = action == "stop_lamp"

    def _save(self, path: object) -> None:
        """Writes the last page that was given out as JPEG (0600) to `path`."""
        if not isinstance(path, str) or not self._last_page:
            raise ValueError("还没有扫过一页，或没有写明“path”")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self._last_page)

    def state(self) -> dict[str, object]:
        with self._changed:
            return {
                "tcp_port": self.tcp_port,
                "sheets": self._sheets,
                "adf": self._adf_state(),
                "plugged": self._is_plugged,
                "silent": self._is_silent,
                "busy": self._is_busy,
                "lamp": "broken" if self._is_stopped else "ok",
                "jobs": self.jobs,
                "pages": self.pages,
                "actions": list(_ACTIONS),
            }

    def wait_for_pages(self, count: int, timeout_s: float) -> bool:
        """Waits until so many pages were sent since the start."""
        with self._changed:
            return self._changed.wait_for(lambda: self.pages >= count, timeout_s)

    # -- for the server's threads

    def is_reachable(self) -> bool:
        """Waits while it is silent; whether an answer is given at all."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_silent or self._has_ended, _SILENCE_S)
            return self._is_plugged and not self._has_ended

    def _adf_state(self) -> str:
        return self._adf_fault or ("ScannerAdfLoaded" if self._sheets else "ScannerAdfEmpty")

    def status_xml(self) -> str:
        with self._changed:
            self.status_asked += 1
            if self._job is not None and time.monotonic() - self._job.asked_at > _JOB_S:
                self._job = None  # whoever asked for it has gone
            state = "Stopped" if self._is_stopped else "Processing" if self._is_busy or self._job else "Idle"
            return _STATUS.format(state=state, adf=self._adf_state())

    def begin(self, wish: str) -> int:
        """A new job; returns the HTTP status."""
        with self._changed:
            is_adf = "Platen" not in wish
            if self._is_busy or self._job is not None:
                return 503
            if is_adf and (self._adf_fault or not self._sheets):
                return 409
            self.jobs += 1
            self._job = _Job(wish, is_adf)
            return 201

    def end(self, number: int) -> None:
        """Ends that job; a late word about an earlier one does nothing."""
        with self._changed:
            if self._job is not None and self.jobs == number:
                self._job = None

    def next_page(self, number: int) -> tuple[int, bytes, bool]:
        """HTTP status, the page, and whether the network goes in the middle of it."""
        with self._changed:
            job = self._job
            if job is None or self.jobs != number:
                return 404, b"", False
            if self._page_s:
                self._changed.wait_for(lambda: self._has_ended, self._page_s)
            if job.is_adf and self._stops(job):
                self._job = None
                return 404 if self._adf_fault is None else 503, b"", False
            job.sent += 1
            job.asked_at = time.monotonic()
            self.pages += 1
            if job.is_adf and (not job.is_duplex or job.sent % 2 == 0):
                self._sheets -= 1
            if not job.is_adf:
                self._job = None  # a flatbed's job ends with its page
            is_cut = self._cut_in == job.sent
            if is_cut:
                self._cut_in, self._is_plugged, self._job = None, False, None
            self._changed.notify_all()
            picture = page_picture(job.sent, job.width, job.height, job.is_colour, job.sent in self._blank)
            self._last_page = picture
            return 200, picture, is_cut

    def _stops(self, job: "_Job") -> bool:
        for name, after in (("ScannerAdfJam", self._jam_in), ("ScannerAdfMultipickDetected", self._double_in)):
            if after is not None and job.sent >= after:
                self._adf_fault = name
                self._jam_in = self._double_in = None
        return self._adf_fault is not None or self._sheets == 0


class _Job:
    def __init__(self, wish: str, is_adf: bool) -> None:
        resolution = _element(wish, "XResolution", 300)
        self.width = _element(wish, "Width", 2480) * resolution // 300
        self.height = _element(wish, "Height", 3508) * resolution // 300
        self.is_colour = "RGB24" in wish
        self.is_adf = is_adf
        self.is_duplex = re.search(r"Duplex>\s*true", wish) is not None
        self.sent = 0
        self.asked_at = time.monotonic()


def _element(text: str, name: str, default: int) -> int:
    found = re.search(rf"<(?:\w+:)?{name}>\s*(\d+)", text)
    return int(found[1]) if found else default


def _job_number(path: str) -> int:
    found = re.search(r"/ScanJobs/(\d{1,9})", path)
    return int(found[1]) if found else 0


def _number(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 100_000:
        raise ValueError("页数要写成 0 到 100000 的整数 / a number of pages is wanted")
    return value


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, emulator: EsclScannerEmulator) -> None:
        self.emulator = emulator
        self.traffic = emulator.traffic
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no error of ours."""


class _Handler(TappedHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        emulator = self.server.emulator
        if not emulator.is_reachable():
            self.close_connection = True
        elif self.path == f"{_ROOT}/ScannerCapabilities":
            caps = _CAPS.format(resolutions="".join(_RESOLUTION.format(dpi) for dpi in _RESOLUTIONS))
            self._answer(200, _CAPABILITIES.format(caps=caps).encode(), "text/xml")
        elif self.path == f"{_ROOT}/ScannerStatus":
            self._answer(200, emulator.status_xml().encode(), "text/xml")
        elif self.path.endswith("/NextDocument"):
            status, picture, is_cut = emulator.next_page(_job_number(self.path))
            if is_cut:
                self._begin(200, "image/jpeg", len(picture))
                self.wfile.write(picture[: len(picture) // 2])
                self.close_connection = True
            else:
                self._answer(status, picture, "image/jpeg")
        else:
            self._answer(404, b"", "text/plain")

    def do_POST(self) -> None:
        emulator = self.server.emulator
        wish = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
        if not emulator.is_reachable():
            self.close_connection = True
            return
        status = emulator.begin(wish)
        self._begin(status, "text/plain", 0, location=f"{_ROOT}/ScanJobs/{emulator.jobs}" if status == 201 else "")

    def do_DELETE(self) -> None:
        self.server.emulator.end(_job_number(self.path))
        self._answer(200, b"", "text/plain")

    def _begin(self, status: int, kind: str, length: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self._begin(status, kind, len(body))
        self.wfile.write(body)


__all__ = ["EsclScannerEmulator", "page_number", "page_picture"]
