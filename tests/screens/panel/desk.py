"""A real lab on a socket, a list of codes by HTTP, and the panel's window on both."""

import http.server
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QSignalSpy, QTest

from devices.emulators.control import Emulator
from devices.emulators.lab import Lab
from kiosk.base.sentences import Language
from screens.panel.app import SCENES
from screens.panel.codes import CodeList
from screens.panel.lab_line import LabLine
from screens.panel.model import PanelModel
from screens.panel.scene_runner import SceneRunner, scenes_in
from screens.panel.scenes_model import ScenesModel
from screens.panel.window import PanelWindow
from screens.panel.words import Words
from screens.panel.worker import PanelWorker
from tests.screens.layout_check import visible_items
from tests.screens.panel.hall import emulators
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
        lab: running until it is stopped.
    """

    def __init__(
        self,
        folder: Path,
        *,
        without: frozenset[str] = frozenset(),
        beside: Sequence[Emulator] = (),
        language: Language = "zh_CN",
        scenes: Path = SCENES,
    ) -> None:
        self.folder = folder
        self._without = without
        self._beside = beside
        self.socket = folder / "lab.sock"
        self.codes = Codes()
        self.lab_starts()
        self.pictures = folder / "pictures"
        self.pictures.mkdir(mode=0o700)
        self.worker = PanelWorker(LabLine(self.socket), CodeList(self.codes.url), self.pictures)
        self.model = PanelModel(self.worker, language, look_ms=40)
        self.runner = SceneRunner(self.socket)
        self.scenes = ScenesModel(self.runner, scenes_in(scenes), Words(language))
        self.window = PanelWindow(self.model, self.scenes)
        self._frames = QSignalSpy(self.window.window.frameSwapped)
        self._looks = QSignalSpy(self.worker.looked)
        self.worker.start()
        self.window.show()
        self.window.window.resize(1280, 800)
        self.until(lambda: self.model.property("isConnected"))

    def lab_starts(self) -> None:
        """A lab on the same socket."""
        found = emulators(self.folder, self._without) | {one.name: one for one in self._beside}
        self.lab = Lab(found, str(self.socket)).start()

    def state(self, emulator: str) -> dict[str, object]:
        """Of the emulator itself."""
        return self.lab.emulators[emulator].state()

    @property
    def marked(self) -> list[str]:
        """Ids of the marked switches."""
        return list(self.model.board.property("marked"))

    def choose(self, emulator: str) -> None:
        """Opens a device's board and waits for its first look."""
        self.model.choose(emulator)
        self.until(lambda: self.model.board.property("emulator") == emulator and self.model.board.property("isThere"))

    def until(self, condition: Callable[[], object], deadline_s: float = 5.0) -> None:
        """Turns Qt's loop."""
        turn_until(condition, deadline_s)

    def looks(self, count: int) -> None:
        """So many looks from now."""
        seen = self._looks.count()
        self.until(lambda: self._looks.count() >= seen + count)

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
        self.runner.stop()
        self.worker.stop()
        self.lab.stop()
        self.codes.stop()
