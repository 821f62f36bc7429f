"""The terminal as a process that a test drives: ``python -m tests.journeys.driven --config FILE``.

One JSON command a line on stdin, one JSON answer a line on stdout. It is the very terminal of `screens.terminal_app` but for
three things: it runs offscreen, its clock can be moved on, and its touches come from here. It holds nothing of a
citizen by itself: what a test wants to know is asked of the session in words that are not personal.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.base import memory

if __name__ == "__main__":
    memory.ensure(["-m", "tests.journeys.driven", *sys.argv[1:]])
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent

from kiosk.base.clock import HALL_TIME
from kiosk.base.config import load_config
from kiosk.base.errors import Problem
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.session.events import Broke
from kiosk.session.state import Overlay, Place
from screens.journey.player import JourneyError, Player
from screens.running import RunningTerminal


class MovedClock:
    """The machine's clock plus what a test has moved it on."""

    def __init__(self) -> None:
        self.moved_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.moved_s

    def now(self) -> datetime:
        return datetime.now(HALL_TIME) + timedelta(seconds=self.moved_s)


class Driver(QObject):
    """Takes commands from stdin on the GUI thread."""

    def __init__(self, running: RunningTerminal, clock: MovedClock) -> None:
        super().__init__()
        self._running = running
        self._clock = clock
        self._player = Player(running.host, running.terminal)
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self.take)
        self._buffer = b""

    @Slot()
    def take(self) -> None:
        chunk = os.read(sys.stdin.fileno(), 65536)
        if not chunk:
            self._running.app.quit()
            return
        self._buffer += chunk
        self._notifier.setEnabled(False)  # a command lets Qt work while it waits
        while b"\n" in self._buffer:
            line, _, self._buffer = self._buffer.partition(b"\n")
            self._answer(line)
        self._notifier.setEnabled(True)

    def _answer(self, line: bytes) -> None:
        command = json.loads(line)
        try:
            answer = {"ok": True, "value": self._do(command.pop("do"), command)}
        except JourneyError as error:
            answer = {"ok": False, "error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def _do(self, name: str, arguments: dict[str, object]) -> object:
        handler: Callable[..., object] = getattr(self, f"do_{name}")
        return handler(**arguments)

    def do_touch(self, name: str) -> None:
        self._player.touch(name)

    def do_sees(self, name: str) -> bool:
        return self._player.find(name) is not None

    def do_wait_for(self, place: str, deadline_s: float = 20.0) -> None:
        self._player.wait_for(Place(place), deadline_s)

    def do_wait_page(self, deadline_s: float = 20.0, **wanted: object) -> None:
        """Until the page's fields are these: enum values and problem keys as text."""

        def holds() -> bool:
            page = self._running.terminal.session.visit.page
            return all(_plain(getattr(page, name, None)) == value for name, value in wanted.items())

        self._player.wait(f"a page with {wanted}", holds, deadline_s)

    def do_wait_overlay(self, overlay: str, deadline_s: float = 10.0) -> None:
        self._player.wait(
            f"the overlay {overlay}", lambda: self._running.terminal.session.overlay is Overlay(overlay), deadline_s
        )

    def do_wait_device(self, device: str, deadline_s: float = 15.0, **wanted: object) -> None:
        def holds() -> bool:
            for name, status in self._running.terminal.session.availability.devices.items():
                if name.value == device:
                    return all(_plain(getattr(status, key)) == value for key, value in wanted.items())
            return False

        self._player.wait(f"{device} with {wanted}", holds, deadline_s)

    def do_wait_platform(self, platform: str, deadline_s: float = 15.0) -> None:
        self._player.wait(
            f"the platform {platform}",
            lambda: self._running.terminal.session.availability.platform.value == platform,
            deadline_s,
        )

    def do_wait_visits(self, count: int, deadline_s: float = 20.0) -> None:
        self._player.wait(f"{count} ended visits", lambda: self._running.terminal.visits_ended >= count, deadline_s)

    def do_state(self) -> dict[str, object]:
        session = self._running.terminal.session
        page = session.visit.page
        return {
            "place": page.place.value,
            "serial": session.visit.page_serial,
            "overlay": session.overlay.value,
            "dropped": session.dropped,
            "problem": _plain(getattr(page, "problem", None)),
            "stage": _plain(getattr(page, "stage", None)),
            "tries_left": getattr(page, "tries_left", None),
            "stopped": getattr(page, "stopped", None),
            "slow": getattr(page, "slow", None),
            "empty": getattr(page, "statement", "") is None,
            "outcomes": [_plain(job.outcome) for job in getattr(page, "jobs", ())],
            "problems": [_plain(job.problem) for job in getattr(page, "jobs", ())],
            "settings": [session.visit.settings.language.value, session.visit.settings.text_size.value],
            "visits_ended": self._running.terminal.visits_ended,
            "platform": session.availability.platform.value,
        }

    def do_pids(self) -> dict[str, int]:
        return self._running.pids()

    def do_counts(self) -> dict[str, object]:
        return self._running.counts()

    def do_advance(self, seconds: float) -> None:
        """Moves the terminal's clock on and lets its timers fire."""
        self._clock.moved_s += seconds
        self._running.turn()
        QGuiApplication.processEvents()

    def do_break(self) -> None:
        """A bug of ours was caught in mid-visit."""
        self._running.terminal.post(Broke())

    def do_picture(self, path: str) -> None:
        self._player.picture(Path(path))

    def do_close_window(self) -> bool:
        """Alt+F4 as the window system sends it; whether it was refused."""
        event = QCloseEvent()
        event.accept()
        QGuiApplication.sendEvent(self._running.host.window, event)
        return not event.isAccepted()

    def do_key(self, key: int, modifiers: int = 0) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier(modifiers))
            QGuiApplication.sendEvent(self._running.host.window, event)

    def do_quit(self) -> None:
        self._running.app.quit()


def _plain(value: object) -> object:
    if isinstance(value, Problem):
        return value.key
    return getattr(value, "value", value)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--touch-guard", type=float, default=0.0)
    arguments = parser.parse_args()
    config = load_config(arguments.config)
    private_umask()
    memory.refuse_dumps()
    clock = MovedClock()
    with start_logging("terminal", config.state_dir / "log", stderr=False):
        install_hooks(config.state_dir / "log" / "terminal.crash")
        with RunningTerminal(config, clock, touch_guard_s=arguments.touch_guard, full_screen=True) as running:
            driver = Driver(running, clock)
            status = running.app.exec()
            del driver
    return status


if __name__ == "__main__":
    raise SystemExit(main())
