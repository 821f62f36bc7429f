"""Figures of the screens: ``python -m tests.screens.measure [first|touch]``.

first: start to first frame of the attract page beside the smallest QML window with one text, in fresh processes.
touch: a touch on a button to the first frame of the page that follows, for each pair of neighbouring pages.
"""

import json
import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

_SMALLEST = """
import time, os
started = float(os.environ["STARTED"])
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
app = QGuiApplication([])
engine = QQmlApplicationEngine()
engine.load(QUrl.fromLocalFile(os.environ["QML"]))
window = engine.rootObjects()[0]
def out():
    print((time.time() - started) * 1000, flush=True)
    os._exit(0)
window.frameSwapped.connect(out)
app.exec()
"""
_SMALLEST_QML = """import QtQuick
Window { width: 1080; height: 1920; visible: true
    Text { anchors.centerIn: parent; text: "轻触屏幕开始"; font.family: "Noto Sans CJK SC"; font.pixelSize: 40 } }
"""
_OURS = """
import time, os
started = float(os.environ["STARTED"])
from screens.app import prepare
app = prepare()
from screens.window import ScreenHost
from kiosk.session.state import Session
from kiosk.terminal.port import Site
class Port:
    session = Session()
    site = Site("XH-01", {"zh_CN": "信和区政务服务大厅"}, demo=True, panel_width_mm=268.0)
    def post(self, event): pass
    def seconds_left(self, timer): return None
host = ScreenHost(Port())
def out():
    print((time.time() - started) * 1000, flush=True)
    os._exit(0)
host.first_frame.connect(out)
host.show()
app.exec()
"""


def _once(code: str, qml: str) -> float:
    environment = {**os.environ, "STARTED": repr(time.time()), "QML": qml}
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(done.stderr)
    return float(done.stdout.split()[-1])


def measure_first(rounds: int = 7) -> dict[str, float]:
    """Milliseconds from the start of the process: median of the smallest window, of ours, and the difference."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        qml = Path(folder) / "smallest.qml"
        qml.write_text(_SMALLEST_QML, encoding="utf-8")
        pairs = [(_once(_SMALLEST, str(qml)), _once(_OURS, str(qml))) for _ in range(rounds + 1)][1:]
    smallest, ours = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
    return {"smallest_ms": round(smallest), "ours_ms": round(ours), "extra_ms": round(ours - smallest)}


def measure_touch(rounds: int = 12) -> dict[str, object]:
    """Milliseconds from a click at a page's act or end button to the first frame of the next page, by page."""
    from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
    from PySide6.QtTest import QTest

    from kiosk.base.record import replace
    from screens.app import prepare
    from screens.view_models.registry import PAGES
    from screens.window import ScreenHost
    from tests.screens.fake_terminal import FakeTerminal
    from tests.screens.samples import samples

    app = prepare()
    sessions = {name: s for name, s in samples().items() if not name.startswith("over-")}
    sessions = {name: s for name, s in sessions.items() if PAGES[s.visit.page.place].is_there}
    names = list(sessions)

    class Jumping(FakeTerminal):
        """Every intent leads to the next sample."""

        armed = False
        at = 0

        def post(self, event: object) -> None:
            if not self.armed or type(event).__name__ == "Touched":
                return
            self.armed = False
            self.at = (self.at + 1) % len(names)
            session = sessions[names[self.at]]
            serial = self.session.visit.page_serial + 1
            self.session = replace(session, visit=replace(session.visit, page_serial=serial))
            host.refresh()

    terminal = Jumping(sessions[names[0]])
    host = ScreenHost(terminal, touch_guard_s=0.0, refuses_close=False)
    host.show()
    QTest.qWait(1500)  # components compile in idle time
    times: dict[str, list[float]] = {}
    loop = QEventLoop()
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(loop.quit)
    shown_at: list[float] = []  # a click handles events itself, so the frame may be out before the loop turns

    def on_shown() -> None:
        shown_at.append(time.perf_counter())
        loop.quit()

    host.page_shown.connect(on_shown)
    for _ in range(rounds * len(names)):
        terminal.armed = True
        before = terminal.at
        shown = host.page
        assert shown is not None
        from tests.screens.layout_check import centre_of, is_target, visible_items

        targets = [i for i in visible_items(shown.item) if is_target(i) and i.isEnabled()]
        button = next((i for i in targets if i.objectName() in ("end", "start")), None)
        point = QPoint(4, 4) if button is None else centre_of(button).toPoint()
        shown_at.clear()
        started = time.perf_counter()
        if button is None:  # curtain and card call have none
            terminal.post("next")
        else:
            QTest.mouseClick(host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        if terminal.at == before:
            raise RuntimeError(f"no touch reached {names[before]}")
        if not shown_at:
            patience.start(3000)
            loop.exec()
            patience.stop()
        if not shown_at:
            raise RuntimeError(f"no frame of {names[terminal.at]}")
        times.setdefault(names[terminal.at], []).append((shown_at[0] - started) * 1000)
    host.close()
    app.processEvents()
    every = sorted(t for found in times.values() for t in found[1:])
    firsts = {name: round(found[0]) for name, found in times.items()}
    worst = {name: round(statistics.median(found[1:])) for name, found in times.items()}
    return {
        "p95_ms": round(every[int(0.95 * len(every))]),
        "median_ms": round(statistics.median(every)),
        "first_visit": firsts,
        "by_page": worst,
    }


if __name__ == "__main__":
    kinds = sys.argv[1:] or ["first", "touch"]
    for kind in kinds:
        found = measure_first() if kind == "first" else measure_touch()
        sys.stdout.write(f"{kind}: {json.dumps(found, ensure_ascii=False)}\n")
