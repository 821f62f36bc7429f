"""Every board as a picture: ``python -m tests.screens.panel.gallery OUT [language [width height]]``.

A lab with every emulator runs in this process; slips, sheets, frames and pages are put out first.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from typing import cast

from kiosk.base.sentences import Language
from screens.app import prepare
from tests.screens.panel.desk import Desk
from tests.screens.panel.feeding import feed


def main(argv: list[str]) -> int:
    """Renders all boards."""
    out = Path(argv[0])
    language = cast("Language", argv[1] if len(argv) > 1 else "zh_CN")
    size = (int(argv[2]), int(argv[3])) if len(argv) > 3 else (1280, 800)
    out.mkdir(parents=True, exist_ok=True)
    prepare()
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        desk = Desk(Path(folder), language=language)
        try:
            desk.window.window.resize(*size)
            feed(desk.lab.emulators)
            desk.codes.send("482913")
            for group in desk.model.property("groups"):
                for device in group["devices"]:
                    name = device["emulator"]
                    desk.choose(name)
                    desk.looks(3)
                    desk.frame()
                    desk.window.window.grabWindow().save(str(out / f"{name}-{language}.png"))
            desk.click("scenes")
            desk.scenes.run("reader-flickers")
            desk.until(lambda: any(step["progress"] == "now" for step in desk.scenes.property("steps")))
            desk.frame()
            desk.window.window.grabWindow().save(str(out / f"scenes-{language}.png"))
        finally:
            desk.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
