"""A real lab on a socket, a list of codes by HTTP, and the panel's window on both."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QSignalSpy, QTest

from devices.emulators.control import Emulator
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.lab import Lab
from devices.emulators.network_cable import NetworkCable
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.sheet_printer import SheetPrinterEmulator
from kiosk.base.sentences import Language
from screens.panel.codes import CodeList
from screens.panel.lab_line import LabLine
from screens.panel.model import PanelModel
from screens.panel.window import PanelWindow
from screens.panel.worker import PanelWorker
from tests.screens.layout_check import visible_items
from tests.screens.panel.turning import turn_until


class Codes:
    """A platform's list of codes; `body` is what it answers."""

    def __init__(self) -> None:
        self.body = b'{"codes": []}'
        codes = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_known = self.path == "/demo/codes"
                self.send_response(200 if is_known else 404)
                self.end_headers()
                self.wfile.write(codes.body if is_known else b"")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Quiet."""

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="codes", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def send(self, code: str, number: int = 1) -> None:
        """A code goes out."""
        one = {"number": number, "sent_at": "2026-11-21T21:47:09+08:00", "phone_masked": "138****1234", "code": code}
        self.body = json.dumps({"codes": [one]}).encode()

    def stop(self) -> None:
        """Nobody answers any more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(2)
            self._server.server_close()


class Desk:
    """The panel beside its lab.

    Attributes:
        lab: running until `lab_ends`.
    """

    def __init__(self, folder: Path, *, with_sheets: bool = True, language: Language = "zh_CN") -> None:
        self.folder = folder
        self._with_sheets = with_sheets
        self.socket = folder / "lab.sock"
        self.codes = Codes()
        self.lab_starts()
        pictures = folder / "pictures"
        pictures.mkdir(mode=0o700)
        self.pictures = pictures
        self.worker = PanelWorker(LabLine(self.socket), CodeList(self.codes.url), pictures)
        self.model = PanelModel(self.worker, language, look_ms=40)
        self.window = PanelWindow(self.model)
        self._frames = QSignalSpy(self.window.window.frameSwapped)
        self.worker.start()
        self.window.show()
        self.window.window.resize(520, 900)
        self.until(lambda: self.model.property("isConnected"))

    def lab_starts(self) -> None:
        """A lab on the same socket."""
        self.reader = IdCardReaderEmulator(is_paced=False)
        self.receipts = ReceiptPrinterEmulator(paced=False)
        self.cable = NetworkCable("127.0.0.1", 9)
        emulators: dict[str, Emulator] = {one.name: one for one in (self.reader, self.receipts, self.cable)}
        if self._with_sheets:
            self.sheets = SheetPrinterEmulator(self.folder / "sheets")
            emulators[self.sheets.name] = self.sheets
        self.lab = Lab(emulators, str(self.socket)).start()

    def until(self, condition: Callable[[], object], deadline_s: float = 5.0) -> None:
        """Turns Qt's loop."""
        turn_until(condition, deadline_s)

    def frame(self) -> None:
        """A frame from now: things are laid out just before they are drawn."""
        seen = self._frames.count()
        self.window.window.update()
        self.until(lambda: self._frames.count() > seen)

    def item(self, name: str) -> QQuickItem:
        """The visible item of that name."""
        for item in visible_items(self.window.window.contentItem()):
            if item.objectName() == name:
                return item
        raise AssertionError(f"no visible {name!r}")

    def text(self, name: str) -> str:
        """What it says."""
        return str(self.item(name).property("text"))

    def click(self, name: str) -> None:
        """A mouse clicks on it, where it lies after what is to be laid out was laid out."""
        self.frame()
        item = self.item(name)
        at: QPoint = item.mapToScene(item.boundingRect().center()).toPoint()
        QTest.mouseClick(self.window.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def close(self) -> None:
        """Ends all of it."""
        self.window.close()
        self.worker.stop()
        self.lab.stop()
        self.codes.stop()


@pytest.fixture
def open_desk(gui: QGuiApplication, short_tmp: Path) -> Iterator[Callable[..., Desk]]:
    """Opens one desk; it is closed at the end."""
    opened: list[Desk] = []

    def open_one(*, with_sheets: bool = True, language: Language = "zh_CN") -> Desk:
        opened.append(Desk(short_tmp, with_sheets=with_sheets, language=language))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.close()
    gui.processEvents()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """The panel, connected."""
    return open_desk()
