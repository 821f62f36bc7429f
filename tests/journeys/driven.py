"""The terminal as a process that a test drives: ``python -m tests.journeys.driven --config FILE``.

One JSON command a line on stdin, one JSON answer a line on stdout. It is the very terminal of `screens.terminal_app` but for
three things: it runs offscreen, its clock can be moved on, and its touches come from here. It holds nothing of a
citizen by itself: what a test wants to know is asked of the session in words that are not personal.
"""

import argparse
import ctypes
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.base import confinement, memory

if __name__ == "__main__":
    memory.ensure(["-m", "tests.journeys.driven", *sys.argv[1:]])
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, Qt, QUrl, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem

from kiosk.base.clock import HALL_TIME
from kiosk.base.config import load_config
from kiosk.base.errors import Problem
from kiosk.base.logs import install_hooks, private_umask, start_logging
from kiosk.session.events import Broke
from kiosk.session.state import Overlay, Place
from screens.journey.player import JourneyError, Player
from screens.running import RunningTerminal
from screens.view_models.page_model import PageModel
from tests.journeys.fingers import Fingers


class MovedClock:
    """The machine's clock plus what a test has moved it on: the timers by `moved_s`, the wall time by `wall_s`."""

    def __init__(self) -> None:
        self.moved_s = 0.0
        self.wall_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.moved_s

    def now(self) -> datetime:
        return datetime.now(HALL_TIME) + timedelta(seconds=self.wall_s)


class Driver(QObject):
    """Takes commands from stdin on the GUI thread."""

    def __init__(self, running: RunningTerminal, clock: MovedClock) -> None:
        super().__init__()
        self._running = running
        self._clock = clock
        self._player = Player(running.host, running.terminal)
        self._fingers = Fingers(running.host, self._player)
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self.take)
        self._buffer = b""

    @Slot()
    def take(self) -> None:
        chunk = os.read(sys.stdin.fileno(), 65536)
        if not chunk:
            self._running.app.exit(0)
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

    def do_text(self, name: str) -> str:
        """The text of the visible item `name`, "" when it is not there."""
        item = self._player.find(name)
        return "" if item is None else str(item.property("text") or "")

    def do_reads(self, words: str) -> bool:
        """Whether a visible text of page or overlay holds these words; the texts themselves stay here."""
        shown = (self._running.host.overlay, self._running.host.page)
        return any(one is not None and _reads(one.item, words) for one in shown)

    def do_wait_reads(self, words: str, deadline_s: float = 5.0) -> None:
        self._player.wait(f"the words {words}", lambda: self.do_reads(words), deadline_s)

    def do_wait_settings(self, language: str, deadline_s: float = 5.0) -> None:
        """Until the page is shown in `language`."""
        self._player.wait(
            f"the language {language}",
            lambda: self._running.host.theme.language == language and self._running.host.takes_touches,
            deadline_s,
        )

    def do_guard(self, seconds: float) -> None:
        """How long touches are ignored after a change of page, from now on."""
        self._running.host.touch_guard_s = seconds

    def do_tap_twice(self, name: str) -> None:
        """Two whole taps on one place, with no turn of the event loop between them."""
        self._player.wait(f"touches on {name}", lambda: self._is_touchable(name))
        at = self._fingers.place(name)
        for _ in range(2):
            self._fingers.press(at)
            self._fingers.release(at)
        QGuiApplication.processEvents()

    def do_tap_again_after_change(self, name: str) -> None:
        """A tap, and a second one on the same place as soon as another page is drawn there."""
        self._player.wait(f"touches on {name}", lambda: self._is_touchable(name))
        at, page = self._fingers.place(name), self._running.host.page
        self._fingers.press(at)
        self._fingers.release(at)
        self._player.wait("another page", lambda: self._running.host.page is not page)
        self._fingers.press(at)
        self._fingers.release(at)
        QGuiApplication.processEvents()

    def do_hold(self, name: str, seconds: float) -> None:
        """A long press."""
        self._player.wait(f"touches on {name}", lambda: self._is_touchable(name))
        at, ends = self._fingers.place(name), time.monotonic() + seconds
        self._fingers.press(at)
        self._player.wait("the time of a long press", lambda: time.monotonic() >= ends)
        self._fingers.release(at)
        QGuiApplication.processEvents()

    def do_fingers(self, names: list[str]) -> None:
        """As many fingers at once as there are names."""
        self._player.wait(f"touches on {names}", lambda: all(map(self._is_touchable, names)))
        self._fingers.together([self._fingers.place(name) for name in names])

    def do_swipe(self, start: list[float], end: list[float]) -> None:
        """From `start` to `end`, both as shares of the window's width and height."""
        size = self._running.host.window.size()
        from_, to = (QPoint(round(x * (size.width() - 1)), round(y * (size.height() - 1))) for x, y in (start, end))
        self._fingers.swipe(from_, to)

    def do_tap_at(self, at: list[float]) -> None:
        """A tap at shares of the window's width and height, on whatever lies there."""
        self._player.wait("touches", lambda: self._running.host.takes_touches)
        size = self._running.host.window.size()
        place = QPoint(round(at[0] * (size.width() - 1)), round(at[1] * (size.height() - 1)))
        self._fingers.press(place)
        self._fingers.release(place)
        QGuiApplication.processEvents()

    def _is_touchable(self, name: str) -> bool:
        return self._running.host.takes_touches and self._player.find(name) is not None

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

    def do_wait_usable(self, device: str, deadline_s: float = 15.0, *, usable: bool = True) -> None:
        def holds() -> bool:
            devices = self._running.terminal.session.availability.devices
            return any(name.value == device and status.is_usable is usable for name, status in devices.items())

        self._player.wait(f"{device} {'usable' if usable else 'lost'}", holds, deadline_s)

    def do_wait_platform(self, platform: str, deadline_s: float = 15.0) -> None:
        self._player.wait(
            f"the platform {platform}",
            lambda: self._running.terminal.session.availability.platform.value == platform,
            deadline_s,
        )

    def do_wait_visits(self, count: int, deadline_s: float = 20.0) -> None:
        self._player.wait(f"{count} ended visits", lambda: self._running.terminal.visits_ended >= count, deadline_s)

    def do_wait_dropped(self, more_than: int, deadline_s: float = 10.0) -> None:
        self._player.wait(
            "an answer that is dropped", lambda: self._running.terminal.session.dropped > more_than, deadline_s
        )

    def do_wait_timer(self, name: str, deadline_s: float = 10.0) -> None:
        self._player.wait(
            f"the timer {name}", lambda: self._running.terminal.seconds_left(name) is not None, deadline_s
        )

    def do_state(self) -> dict[str, object]:
        session = self._running.terminal.session
        page = session.visit.page
        return {
            "place": page.place.value,
            "serial": session.visit.page_serial,
            "overlay": session.overlay.value,
            "dropped": session.dropped,
            "problem": _plain(getattr(page, "problem", None)),
            "reading": getattr(page, "reading", None),
            "stage": _plain(getattr(page, "stage", None)),
            "tries_left": getattr(page, "tries_left", None),
            "stopped": getattr(page, "stopped", None),
            "slow": getattr(page, "slow", None),
            "sent": getattr(page, "sent", None),
            "told": _plain(getattr(getattr(page, "standing", None), "state", None) or getattr(page, "problem", None)),
            "expiry_unchecked": getattr(page, "expiry_unchecked", None),
            "overdue": getattr(page, "overdue", None),
            "card_lies": getattr(page, "card_lies", None),
            "ending": _plain(session.visit.ending),
            "has_person": session.visit.person is not None,
            "empty": getattr(page, "statement", "") is None,
            "job_ids": [job.job_id for job in getattr(page, "jobs", ())],
            "outcomes": [_plain(job.outcome) for job in getattr(page, "jobs", ())],
            "problems": [_plain(job.problem) for job in getattr(page, "jobs", ())],
            "settings": [session.visit.settings.language.value, session.visit.settings.text_size.value],
            "visits_ended": self._running.terminal.visits_ended,
            "platform": session.availability.platform.value,
            "number": getattr(session.visit.handed_in, "terminal_number", ""),
            "store": _plain(session.availability.store),
            "trusted_time": session.availability.trusted_time,
            "visible": self._running.host.window.isVisible(),
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

    def do_wall(self, seconds: float, deadline_s: float = 10.0) -> None:
        """Puts the wall time wrong by so much, until the platform's time has been compared with it again."""
        self._clock.wall_s = seconds
        trusted = abs(seconds) < 60
        surroundings = self._running._surroundings  # the next look is 30 s away
        assert surroundings is not None
        surroundings._watch.look_now()
        self._player.wait(
            f"trusted time {trusted}",
            lambda: self._running.terminal.session.availability.trusted_time is trusted,
            deadline_s,
        )

    def do_look(self) -> None:
        """Asks at once whether the platform is there; the terminal's own next look may be half a minute away."""
        surroundings = self._running._surroundings
        assert surroundings is not None
        surroundings._watch.look_now()

    def do_write(self, text: str, name: str = "text_field") -> None:
        """Puts `text` into a field at once, as a wedge or a paste would."""
        self._player.wait(f"the field {name}", lambda: self._is_touchable(name))
        item = self._player.find(name)
        assert item is not None
        item.setProperty("text", text)
        QGuiApplication.processEvents()

    def do_candidates(self) -> list[str]:
        """What the keyboard offers now."""
        shown = self._running.host.page
        found = [] if shown is None else list(_items(shown.item))
        return [str(one.property("text")) for one in found if one.objectName().removeprefix("candidate_").isdigit()]

    def do_everything_shown(self) -> list[str]:
        """All that screens and view-models say now, whether a person sees it or not: texts, addresses, names, the clipboard."""
        texts = [QGuiApplication.clipboard().text(), self._running.host.window.title()]
        for one in (self._running.host.overlay, self._running.host.page):
            if one is not None:
                for thing in (one.model, *_items(one.item)):
                    texts += _told_by(thing)
        return texts

    def do_dumpable(self) -> int:
        """As prctl(PR_GET_DUMPABLE) says of this process."""
        return int(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))

    def do_picture(self, path: str) -> None:
        self._player.picture(Path(path))

    def do_night_share(self) -> float:
        """Which share of the window is as dark as the overlays are; pages of a visit are light."""
        QGuiApplication.processEvents()
        picture = self._running.host.window.grabWindow().scaled(90, 160)
        dark = sum(picture.pixelColor(x, y).lightness() < 64 for x in range(90) for y in range(160))
        return dark / (90 * 160)

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
        self._running.app.exit(0)


def _plain(value: object) -> object:
    if isinstance(value, Problem):
        return value.key
    return getattr(value, "value", value)


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _items(child)


def _told_by(thing: QObject) -> Iterator[str]:
    """Every property of a QML item or view-model that is a text, an address, or a list of what is shown."""
    about = thing.metaObject()
    for number in range(about.propertyCount()):
        named = about.property(number)
        kind = str(named.typeName())
        if kind in ("QString", "QUrl"):
            value = named.read(thing)
            yield value.toString() if isinstance(value, QUrl) else str(value)
        elif isinstance(thing, PageModel) and kind in ("QVariantList", "QVariantMap"):
            yield json.dumps(named.read(thing), ensure_ascii=False, default=str)


def _reads(item: QQuickItem, words: str) -> bool:
    if not item.isVisible() or item.opacity() == 0:
        return False
    return words in str(item.property("text") or "") or any(_reads(child, words) for child in item.childItems())


def _keep_samples(path: Path) -> None:
    """Notes pieces of every page that is encoded, for those who look for them; they lie outside of what is searched.

    Each is of 48 bytes from a place that base64 does not shift, a line of hexadecimal.
    """
    from kiosk.terminal import pictures

    encode = pictures.encode

    def noting(
        descriptor: int, width: int, height: int, began: pictures.Began | None = None
    ) -> pictures.PagePicture | Problem:
        picture = encode(descriptor, width, height, began)
        if isinstance(picture, pictures.PagePicture):
            lines = []
            for name, content in (("page", picture.content), ("preview", picture.preview)):
                places = range(999, len(content) - 48, max(3, len(content) // 96 * 3))
                lines += [f"{name} {content[at : at + 48].hex()}\n" for at in places]
            with path.open("a", encoding="ascii", buffering=1) as file:
                file.writelines(lines)
        return picture

    pictures.encode = noting


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--touch-guard", type=float, default=0.0)
    parser.add_argument("--samples", type=Path, help="keeps here what a page that was taken looks like in bytes")
    arguments = parser.parse_args()
    if arguments.samples is not None:
        _keep_samples(arguments.samples)
    config = load_config(arguments.config)
    private_umask()
    confinement.refuse_dumps()
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
