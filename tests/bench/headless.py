"""Visits without screens: ``python -m tests.bench.headless --config FILE --control SOCKET --visits N --weigh-from M``.

The terminal of `kiosk.terminal` with its hands, device hosts and platform, owned by a plain loop: no Qt. The clock is the
machine's plus what was moved on. Writes one JSON line for each visit from M on: ``{"visit", "unique_kb"}``.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from kiosk.base import confinement, memory

if __name__ == "__main__":
    memory.ensure(["-m", "tests.bench.headless", *sys.argv[1:]])

from devices.emulators.control import ControlClient
from kiosk.base.clock import HALL_TIME
from kiosk.base.config import Config, load_config
from kiosk.base.logs import private_umask, start_logging
from kiosk.central.contract import FactorMethod
from kiosk.services.flow import make_flow
from kiosk.session import events
from kiosk.session.state import (
    CardCallPage,
    Document,
    FactorPage,
    FactorStage,
    Place,
    PlatformState,
    PrintPage,
    RatePage,
    Session,
)
from kiosk.terminal.assembly import Surroundings, make_terminal
from tests.bench.quick import quickened
from tests.bench.unique_memory import unique_kb

ITEM = "provident-fund"
PASSWORD = "246810"
DEADLINE_S = 30.0
PAPERS_EVERY = 10
"""Typesetting is a process of its own and takes longer than all the rest of a visit."""


class MovedClock:
    """The machine's clock plus what the bench has moved it on."""

    def __init__(self) -> None:
        self.moved_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.moved_s

    def now(self) -> datetime:
        return datetime.now(HALL_TIME) + timedelta(seconds=self.moved_s)


class HeadlessTerminal:
    """Owns the terminal on the thread that made it; a context manager."""

    def __init__(self, config: Config, hands: ControlClient) -> None:
        self._clock = MovedClock()
        self._hands = hands
        self._woken = threading.Event()
        self.terminal = make_terminal(config, self._clock)
        self.terminal.set_waker(self._woken.set)
        self._surroundings = Surroundings(config, self._clock, self.terminal)

    def __enter__(self) -> Self:
        self._surroundings.start()
        self.terminal.begin()
        self.until("reader and platform", _is_ready)
        return self

    def __exit__(self, *_: object) -> None:
        self._surroundings.stop()
        self.terminal.stop()

    def until(self, what: str, holds: Callable[[Session], bool]) -> None:
        """Lets the terminal work until `holds`; TimeoutError names `what` at the deadline."""
        ends = time.monotonic() + DEADLINE_S
        while True:
            self._woken.clear()
            self.terminal.pump()
            if holds(self.terminal.session):
                return
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no {what} at {self.terminal.session.visit.page.place.value}")
            due = self.terminal.next_in()
            self._woken.wait(left if due is None else min(left, due))

    def _at(self, place: Place) -> None:
        self.until(place.value, lambda session: session.visit.page.place is place)

    @property
    def _serial(self) -> int:
        return self.terminal.session.visit.page_serial

    def visit(self, papers: bool) -> None:
        """One whole visit, from the attract page back to it. Without `papers` it is ended at the result."""
        terminal = self.terminal
        item = terminal.catalogue.find(ITEM)
        assert item is not None
        terminal.post(events.Start(terminal.new_id()))
        self._at(Place.HOME)
        terminal.post(events.ChooseItem(self._serial, item.item_code))
        self._at(Place.GUIDE)
        terminal.post(events.Begin(self._serial, make_flow(item)))
        self._at(Place.NOTICE)
        terminal.post(events.Continue(self._serial))
        self._at(Place.IDENTIFY)
        self._hands.do("id_card_reader", "lay", card="resident")
        self._at(Place.CONSENT)
        terminal.post(events.Continue(self._serial))
        self._at(Place.FACTOR)
        terminal.post(events.ChooseMethod(self._serial, FactorMethod.PASSWORD))
        self.until("the key pad", _can_enter)
        terminal.post(events.EnterSecret(self._serial, PASSWORD))
        self._at(Place.RESULT)
        if papers:
            self._print_and_rate(item.documents)
        else:
            terminal.post(events.End())
            terminal.post(events.ConfirmEnd())
        self._at(Place.CARD_CALL)
        self._hands.do("id_card_reader", "pull")
        if papers:
            self.until("an empty reader", _has_taken)
            self._clock.moved_s += 6
        self._at(Place.ATTRACT)

    def _print_and_rate(self, documents: tuple[Document, ...]) -> None:
        terminal = self.terminal
        terminal.post(events.Print(self._serial, tuple(terminal.new_id() for _ in documents)))
        self.until("the papers", _has_printed)
        terminal.post(events.Continue(self._serial))
        self._at(Place.RATE)
        terminal.post(events.Rate(self._serial, 5))
        self.until("the rating", lambda s: isinstance(s.visit.page, RatePage) and s.visit.page.sent == 5)
        terminal.post(events.Continue(self._serial))


def _is_ready(session: Session) -> bool:
    devices = session.availability.devices
    all_there = len(devices) == 3 and all(status.is_usable for status in devices.values())
    return all_there and session.availability.platform is PlatformState.ONLINE


def _can_enter(session: Session) -> bool:
    page = session.visit.page
    return isinstance(page, FactorPage) and page.stage is FactorStage.ENTER


def _has_taken(session: Session) -> bool:
    page = session.visit.page
    return isinstance(page, CardCallPage) and page.card_lies is False


def _has_printed(session: Session) -> bool:
    page = session.visit.page
    return isinstance(page, PrintPage) and bool(page.jobs) and not page.is_working and not page.missing


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--control", required=True)
    parser.add_argument("--visits", type=int, required=True)
    parser.add_argument("--weigh-from", type=int, required=True)
    arguments = parser.parse_args()
    config = quickened(load_config(arguments.config))
    private_umask()
    confinement.refuse_dumps()
    assert not any(name.startswith("PySide6") for name in sys.modules), "headless means without Qt"
    hands = ControlClient(arguments.control)
    try:
        with (
            start_logging("terminal", config.state_dir / "log", stderr=False),
            HeadlessTerminal(config, hands) as headless,
        ):
            for number in range(1, arguments.visits + 1):
                headless.visit(papers=number % PAPERS_EVERY == 0)
                if number >= arguments.weigh_from:
                    sys.stdout.write(json.dumps({"visit": number, "unique_kb": unique_kb()}) + "\n")
                    sys.stdout.flush()
    finally:
        hands.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
