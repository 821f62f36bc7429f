"""Every page as a picture: ``python -m tests.screens.gallery OUT [name ...]``.

Renders each sample in portrait and landscape, in three languages and two sizes, and prints what the checks find.
"""

import os
import sys
from pathlib import Path

from kiosk.base.record import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtGui import QGuiApplication

from kiosk.session.state import Language, Session, Settings, TextSize
from screens.view_models.registry import PAGES
from screens.window import ScreenHost
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.layout_check import complaints
from tests.screens.samples import samples

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def open_host(session: Session, *, landscape: bool) -> tuple[ScreenHost, FakeTerminal]:
    """A host on a fake terminal, shown."""
    terminal = FakeTerminal(session, landscape=landscape)
    terminal.seconds = {"warning": 23.0, "visit": 88.0, "idle": 51.0, "result": 24.0, "card": 52.0}
    host = ScreenHost(terminal, *SIZES["landscape" if landscape else "portrait"], refuses_close=False)
    host.show()
    QGuiApplication.processEvents()
    return host, terminal


def main(argv: list[str]) -> int:
    """Renders all samples, or those whose name begins with one of the further arguments."""
    out, wanted = Path(argv[0]), tuple(argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication.instance() or QGuiApplication(["gallery"])
    faults = 0
    for orientation in SIZES:
        host, terminal = open_host(samples()["curtain"], landscape=orientation == "landscape")
        for name, session in samples().items():
            if (wanted and not name.startswith(wanted)) or not PAGES[session.visit.page.place].is_there:
                continue
            for language in Language:
                for size in TextSize:
                    visit = replace(
                        session.visit,
                        settings=Settings(language, size),
                        page_serial=terminal.session.visit.page_serial + 1,
                    )
                    terminal.session = replace(session, visit=visit)
                    host.refresh()
                    app.processEvents()
                    label = f"{name}-{orientation}-{language.value}-{size.value}"
                    host.window.grabWindow().save(str(out / f"{label}.png"))
                    shown = host.overlay or host.page
                    assert shown is not None
                    found = complaints(host.window, shown.item, host.theme.px_per_mm, elder=size is TextSize.ELDER)
                    for fault in found:
                        sys.stdout.write(f"{label}: {fault}\n")
                    faults += len(found)
        host.close()
    sys.stdout.write(f"{faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
