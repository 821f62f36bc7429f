"""The watch over the platform: what it tells, how often, whose time it trusts, and that it ends."""

import itertools
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.central.contract import PlatformHello
from kiosk.session.events import PlatformChanged
from kiosk.session.state import PlatformState
from kiosk.terminal.central import PlatformWatch
from tests.kiosk.terminal.test_central import ScriptedClient

AWAY = PlatformChanged(PlatformState.UNREACHABLE, trusted_time=False)
HERE = PlatformChanged(PlatformState.ONLINE, trusted_time=True)
UNTRUSTED = PlatformChanged(PlatformState.ONLINE, trusted_time=False)


class Watched:
    """A watch that looks when it is told to; each look can be waited for."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.client = ScriptedClient()
        self.posted: list[object] = []
        self._looks = threading.Semaphore(0)
        self.watch = PlatformWatch(self.client, self.posted.append, self.clock, self._spread)
        self._is_started = False

    def _spread(self) -> float:
        self._looks.release()  # asked for once after each look
        return 1.0

    def look(self, answer: object) -> None:
        """One hello, answered so; returns when the watch has told what follows."""
        self.client.answer = answer
        if self._is_started:
            self.watch.look_now()
        else:
            self.watch.start()
            self._is_started = True
        assert self._looks.acquire(timeout=5)

    def hello(self, off_by_s: float = 0.0) -> PlatformHello:
        return PlatformHello("demo", (self.clock.now() + timedelta(seconds=off_by_s)).isoformat(), True)


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.watch.stop()


@pytest.mark.allow_log("platform_lost")  # the platform under test goes away
def test_a_loss_is_told_once_and_a_recovery_once(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    away = Problem("central.unreachable")
    with caplog.at_level("INFO"):
        for answer in (watched.hello(), watched.hello(), away, away, away, watched.hello()):
            watched.look(answer)
    assert watched.posted == [HERE, AWAY, HERE]
    told = [record.message for record in caplog.records if record.message.startswith("platform_")]
    assert told == ["platform_found", "platform_lost", "platform_found"]


@pytest.mark.parametrize(
    ("off_by_s", "is_trusted"), [(0, True), (120, True), (-120, True), (121, False), (-121, False)]
)
def test_time_is_trusted_within_two_minutes(watched: Watched, off_by_s: int, is_trusted: bool) -> None:
    watched.look(watched.hello(off_by_s))
    assert watched.posted == [HERE if is_trusted else UNTRUSTED]


@pytest.mark.parametrize(
    "told", ["", "now", "2026-11-21T23:04:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_a_time_that_says_nothing_is_not_trusted(watched: Watched, told: str) -> None:
    watched.look(PlatformHello("demo", told, True))
    assert watched.posted == [UNTRUSTED]


def test_a_clock_that_was_set_right_is_news_but_no_recovery(watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        watched.look(watched.hello(3600))
        watched.look(watched.hello())
    assert watched.posted == [UNTRUSTED, HERE]
    assert [record.message for record in caplog.records if record.message.startswith("platform_")] == ["platform_found"]


@pytest.mark.allow_log("platform_lost")  # the mistake under test counts as a loss
def test_a_mistake_of_ours_does_not_end_the_watch(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    failing = iter([RuntimeError("a bug")])
    hello = watched.client.hello

    def fail_once() -> PlatformHello | Problem:
        for error in failing:
            raise error
        return hello()

    monkeypatch.setattr(watched.client, "hello", fail_once)
    watched.look(None)
    watched.look(watched.hello())
    assert watched.posted == [AWAY, HERE]
    assert [fault.exc_type for fault in told] == [RuntimeError]


def test_a_stop_ends_within_two_seconds_while_a_hello_hangs(watched: Watched) -> None:
    watched.client.held.clear()
    watched.watch.start()
    assert watched.client.inside.wait(5)
    before = time.monotonic()
    watched.watch.stop()
    assert time.monotonic() - before < 2
    assert watched.client.calls == ["hello", "end"]
    assert watched.posted == []


def test_a_stop_just_before_a_hello_is_not_lost(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real client takes an abort back when a call without a visit begins."""
    began, stopping = threading.Event(), threading.Event()
    hello = watched.client.hello

    def late() -> PlatformHello | Problem:
        began.set()
        assert stopping.wait(5)
        watched.client.aborted.clear()
        return hello()

    def abort() -> None:
        watched.client.aborted.set()
        stopping.set()

    monkeypatch.setattr(watched.client, "hello", late)
    monkeypatch.setattr(watched.client, "abort", abort)
    watched.client.held.clear()
    watched.watch.start()
    assert began.wait(5)
    before = time.monotonic()
    watched.watch.stop()
    assert time.monotonic() - before < 2
    assert watched.client.calls[-1] == "end"


def test_a_stop_between_answer_and_wait_is_not_slept_through(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    stop = threading.Thread(target=watched.watch.stop)

    def stop_now(_event: object) -> None:
        stop.start()
        stop.join(0.1)  # it has set its flags by now and waits for the watch

    watched.watch._post = stop_now
    watched.client.answer = watched.hello()
    watched.watch.start()
    stop_deadline = time.monotonic() + 2
    while not stop.ident and time.monotonic() < stop_deadline:
        threading.Event().wait(0.01)
    stop.join(2)
    assert not stop.is_alive()
    assert watched.client.calls == ["hello", "end"]


def test_a_stop_before_the_start_ends_at_once(watched: Watched) -> None:
    watched.watch.stop()
    assert watched.client.calls == ["end"]


@pytest.mark.allow_log("platform_lost")  # the platform under test is away
def test_an_absent_platform_is_asked_for_more_seldom_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched()
    waits: list[float] = []
    turns = itertools.count()

    class Soon(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            assert timeout is not None
            waits.append(timeout)
            if next(turns) == 5:
                watched.client.answer = watched.hello()
            if len(waits) == 7:
                watched.watch._ending.set()
            return True

    monkeypatch.setattr(watched.watch, "_soon", Soon())
    watched.client.answer = Problem("central.unreachable")
    watched.watch.start()
    watched.watch._thread.join(5)
    assert waits == [1.25, 2.5, 6.25, 12.5, 12.5, 12.5, 37.5]
    watched.watch.stop()
