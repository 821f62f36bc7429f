"""The smallest PySide6 QML window with one text, the measure beside ours. Run by its path; imports nothing of ours.

Writes ``first frame`` to stdout when it is out and stays until stdin ends.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

app = QGuiApplication(sys.argv[:1])
engine = QQmlApplicationEngine()
engine.load(QUrl.fromLocalFile(str(Path(__file__).with_suffix(".qml"))))
window = engine.rootObjects()[0]
assert isinstance(window, QQuickWindow)
told: list[bool] = []


def tell() -> None:
    if not told:
        told.append(True)
        sys.stdout.write("first frame\n")
        sys.stdout.flush()


window.frameSwapped.connect(tell)
end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
end.activated.connect(app.quit)
app.exec()
