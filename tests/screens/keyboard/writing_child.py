"""A terminal's screens in a process of their own, written on from outside: ``python -m tests.screens.keyboard.writing_child``.

One command a line on stdin, one JSON answer a line on stdout. What is written comes one key at a time, so that no command
holds a word.

start: shows the attract page and compiles in idle time. write: the page with the field. touch NAME. candidates.
careless. wipe: the curtain, then the wipe. end.
"""

import json
import os
import sys
from pathlib import Path

from kiosk.base import memory
from kiosk.base.record import replace

if __name__ == "__main__":
    memory.ensure(["-m", "tests.screens.keyboard.writing_child"])
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from screens import keyboard
from screens.app import prepare
from screens.view_models.registry import PAGES
from screens.window import ScreenHost
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.keyboard.writing_page import PLACE, SPEC
from tests.screens.layout_check import centre_of, visible_items
from tests.screens.samples import samples


class Child:
    """See the module."""

    def __init__(self) -> None:
        self._app = prepare()
        PAGES[PLACE] = SPEC
        self._terminal = FakeTerminal(samples()["attract"])
        self._host = ScreenHost(self._terminal, 540, 960, touch_guard_s=0.0)

    def do_start(self) -> None:
        self._host.show()
        for _ in range(200):
            self._turn()

    def do_write(self) -> None:
        self._show("query")

    def do_touch(self, name: str) -> None:
        shown = self._host.page
        assert shown is not None
        item = next(i for i in visible_items(shown.item) if i.objectName() == name)
        at = QPointF(centre_of(item))
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            QGuiApplication.sendEvent(
                self._host.window, QMouseEvent(kind, at, at, left, held, Qt.KeyboardModifier.NoModifier)
            )
        self._turn()
        self._host.window.grabWindow()

    def do_careless(self) -> None:
        """The field no longer says that it is sensitive: what the engine does then is the tests' positive control."""
        shown = self._host.page
        assert shown is not None
        next(i for i in visible_items(shown.item) if i.objectName() == "text_field").setProperty("inputMethodHints", 0)
        self._turn()

    def do_candidates(self) -> list[str]:
        shown = self._host.page
        assert shown is not None
        items = [i for i in visible_items(shown.item) if i.objectName().removeprefix("candidate_").isdigit()]
        return [str(i.property("text")) for i in sorted(items, key=lambda i: i.x())]

    def do_length(self) -> int:
        shown = self._host.page
        assert shown is not None
        return len(str(shown.model.property("text")))

    def do_wipe(self) -> None:
        self._show("curtain")
        self._host.forget()
        memory.trim()

    def do_folder(self) -> str:
        return str(keyboard.folder.path or "")

    def do_libraries(self) -> list[str]:
        with Path("/proc/self/maps").open(encoding="utf-8") as maps:
            paths = {line.split()[-1] for line in maps if ".so" in line}
        return sorted(path.rpartition("/")[2] for path in paths if "irtual" in path or "qtvkb" in path)

    def do_end(self) -> None:
        self._host.close()
        keyboard.folder.close()

    def _show(self, sample: str) -> None:
        session = samples()[sample]
        serial = self._terminal.session.visit.page_serial + 1
        self._terminal.session = replace(session, visit=replace(session.visit, page_serial=serial))
        self._host.refresh()
        self._turn()
        self._host.window.grabWindow()

    def _turn(self) -> None:
        for _ in range(4):
            QGuiApplication.processEvents()


def main() -> None:
    """Answers until ``end``."""
    child = Child()
    for line in sys.stdin:
        name, _, argument = line.strip().partition(" ")
        answer = getattr(child, f"do_{name}")(*([argument] if argument else []))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        if name == "end":
            return


if __name__ == "__main__":
    main()
