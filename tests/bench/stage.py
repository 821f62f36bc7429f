"""The terminal's process under the stop-watch: ``python -m tests.bench.stage --config FILE``.

The terminal of `tests.journeys.driven` with commands that measure. All times are CLOCK_MONOTONIC, which every process of
a machine shares.
"""

import argparse
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kiosk.base import confinement, memory

if __name__ == "__main__":
    memory.ensure(["-m", "tests.bench.stage", *sys.argv[1:]])

from PySide6.QtCore import QEventLoop, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.base.config import load_config
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.session.state import PlatformState
from screens.journey.player import JourneyError
from screens.running import RunningTerminal
from tests.bench.quick import quickened
from tests.bench.unique_memory import unique_kb
from tests.journeys.driven import Driver, MovedClock, _plain


class TimedDriver(Driver):
    """Takes the commands of `Driver` and those that measure."""

    def __init__(self, running: RunningTerminal, clock: MovedClock) -> None:
        super().__init__(running, clock)
        # since the stimulus: when which page's first frame was out
        self._pages: deque[tuple[float, str]] = deque(maxlen=200)
        self._frame_at = 0.0
        self._tick = QTimer(self)
        self._tick.setObjectName("bench deadline")
        self._tick.setInterval(250)
        running.host.page_shown.connect(self._on_page)
        running.host.window.frameSwapped.connect(self._on_frame)

    @Slot()
    def _on_page(self) -> None:
        place = self._running.host.shown_place
        self._pages.append((time.monotonic(), "" if place is None else place.value))

    @Slot()
    def _on_frame(self) -> None:
        self._frame_at = time.monotonic()

    def _work_until(self, what: str, holds: Callable[[], bool], deadline_s: float = 60.0) -> None:
        """Like `Player.wait`, but wakes with each event instead of looking every two milliseconds."""
        until = time.monotonic() + deadline_s
        self._tick.start()
        try:
            while not holds():
                if time.monotonic() > until:
                    raise JourneyError(f"waited {deadline_s:g} s for {what} at {self._player.place.value}")
                QGuiApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        finally:
            self._tick.stop()

    def do_timed(
        self,
        touch: str | None = None,
        since: float | None = None,
        place: str | None = None,
        advance_s: float = 0.0,
        **wanted: object,
    ) -> dict[str, object]:
        """From a stimulus to the frame that shows its whole effect.

        The stimulus is a touch on `touch` (press and release, as soon as touches are taken), `advance_s` of the clock, or
        whatever the caller did at `since`. The effect is the page of `place` with the fields `wanted`, drawn. Returns
        `ms`, `at` (of that frame) and `pages`: the first frame of each page on the way, as [ms, place].
        """
        host, terminal = self._running.host, self._running.terminal

        def can_touch() -> bool:
            return host.takes_touches and self._player.find(str(touch)) is not None

        if touch is not None:
            self._work_until(f"something to touch called {touch}", can_touch)
        if since is None:
            self._pages.clear()
        begun = time.monotonic() if since is None else since
        if touch is not None:
            self._press(touch)
        if advance_s:
            self._clock.moved_s += advance_s
            self._running.turn()

        def holds() -> bool:
            page = terminal.session.visit.page
            if place is not None and (page.place.value != place or host.shown_place is not page.place):
                return False
            is_drawn = host.takes_touches
            return is_drawn and all(_plain(getattr(page, name, None)) == value for name, value in wanted.items())

        self._work_until(f"{place or 'the page'} with {wanted}", holds)
        pages = list(self._pages)
        if place is not None and pages and pages[-1][1] == place and not wanted:
            at = pages[-1][0]
        else:  # a change within a page, or of what the page holds: one whole frame from now shows it
            held_at = time.monotonic()
            host.window.update()
            self._work_until("a frame", lambda: self._frame_at > held_at)
            at = self._frame_at
        self._pages.clear()
        return {"ms": (at - begun) * 1000, "at": at, "pages": [[(t - begun) * 1000, name] for t, name in pages]}

    def press_from_qt(self) -> None:
        """For soaks: touches that Qt makes, as on a real terminal; PySide keeps a little of each that Python makes."""
        from PySide6.QtTest import (
            QTest,  # brings QtWidgets along, so not where memory is compared with another program's
        )

        def press(window: QQuickWindow, place: QPointF) -> None:
            QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.toPoint())

        self._player.press = press

    def _press(self, name: str) -> None:
        item = self._player.find(name)
        assert item is not None
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        self._player.press(self._running.host.window, middle)

    def do_forget_times(self) -> None:
        """What is shown from now on belongs to the next stimulus, given from outside."""
        self._pages.clear()

    def do_ready(self) -> float:
        """Waits until a card can be read and the platform is known; the moment."""

        def holds() -> bool:
            availability = self._running.terminal.session.availability
            reader = next((s for d, s in availability.devices.items() if d.value == "id_card_reader"), None)
            return reader is not None and reader.is_usable and availability.platform is not PlatformState.UNKNOWN

        self._work_until("reader and platform", holds)
        return time.monotonic()

    def do_unique_kb(self) -> int:
        """Unique memory after a collection and a trim."""
        return unique_kb()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    config = load_config(arguments.config)
    if arguments.quick:
        config = quickened(config)
    private_umask()
    confinement.refuse_dumps()
    clock = MovedClock()
    with start_logging("terminal", config.state_dir / "log", stderr=False):
        install_hooks(config.state_dir / "log" / "terminal.crash")
        with RunningTerminal(config, clock, touch_guard_s=0.0, full_screen=True) as running:
            driver = TimedDriver(running, clock)
            if arguments.quick:
                driver.press_from_qt()
            status = running.app.exec()
            del driver
    return status


if __name__ == "__main__":
    raise SystemExit(main())
