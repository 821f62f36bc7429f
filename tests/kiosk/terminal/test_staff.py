"""The staff page's hand: PINs that wait longer each time, and what a real store, clock and calendar say."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.base.clock import HALL_TIME, ManualClock
from kiosk.base.errors import Problem
from kiosk.base.pin_hash import hash_pin, is_pin
from kiosk.base.sentences import known_sentences
from kiosk.base.staff_config import DEMO_PIN, DEMO_PIN_HASH
from kiosk.session import effects, events
from kiosk.session.staff import StaffAct, StaffBoard
from kiosk.terminal.staff import WAITS_S, StaffDesk, compare_pin
from offline_cache.process.client import StoreClient
from offline_cache.process.parts import Parts, open_parts
from offline_cache.process.server import Server
from tests.offline_cache.process.standing import item, settings_of

PATIENCE_S = 5.0
PIN = "246810"


@contextmanager
def store(folder: Path) -> Iterator[Parts]:
    """A store that serves in this process, with its parts at hand."""
    folder.mkdir(mode=0o700)
    parts = open_parts(settings_of(folder), lambda: None)
    server = Server(parts, folder)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield parts
    finally:
        server.stop()
        thread.join(2)
        parts.close()


class Bench:
    """The hand on a clock moved by hand."""

    def __init__(self, folder: Path, is_pin: Callable[[str], bool | None] = lambda pin: pin == PIN) -> None:
        self.clock = ManualClock()
        self.posted: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.answered_at: float | None = None
        self.hand = StaffDesk(
            StoreClient(folder, 2.0), folder, self.clock, is_pin, lambda: self.answered_at, self.posted.put
        )

    def run(self, effect: effects.Effect) -> object:
        assert self.hand.run(effect)
        return self.posted.get(timeout=PATIENCE_S)

    def enter(self, pin: str) -> Problem | None:
        checked = self.run(effects.CheckPin("v1", 1, pin))
        assert isinstance(checked, events.PinChecked)
        return checked.problem

    def board(self) -> StaffBoard:
        told = self.run(effects.AskStaffBoard("v1", 2))
        assert isinstance(told, events.StaffTold)
        return told.board

    def do(self, act: StaffAct, key: str = "") -> Problem:
        done = self.run(effects.DoForStaff("v1", 3, act, key))
        assert isinstance(done, events.StaffDone)
        return done.told


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(folder: Path = tmp_path / "store", **more: Callable[[str], bool | None]) -> Bench:
        made.append(Bench(folder, **more))
        return made[-1]

    yield make
    for one in made:
        one.hand.stop()


@pytest.mark.allow_log("staff_refused")  # wrong PINs
def test_each_wrong_pin_makes_the_next_one_wait_longer_and_nothing_is_compared_meanwhile(
    bench: Callable[..., Bench],
) -> None:
    compared: list[str] = []

    def is_right(pin: str) -> bool:
        compared.append(pin)
        return pin == PIN

    one = bench(is_pin=is_right)
    for wait in (*WAITS_S, WAITS_S[-1]):
        problem = one.enter("111111")
        if not wait:
            assert problem == Problem("staff.pin_wrong")
            continue
        assert problem == Problem("staff.pin_wrong_wait", {"seconds": f"{wait:.0f}"})
        count = len(compared)
        one.clock.advance(wait - 0.5)
        assert one.enter(PIN) == Problem("staff.pin_wait", {"seconds": "1"})
        assert len(compared) == count, "the right one must wait, too"
        one.clock.advance(0.5)
    assert one.enter(PIN) is None
    assert one.enter("111111") == Problem("staff.pin_wrong"), "the count begins anew with the right one"


def test_a_pin_that_could_not_be_compared_counts_for_nothing(bench: Callable[..., Bench]) -> None:
    answers: list[bool | None] = [None, None, None, True]
    one = bench(is_pin=lambda _pin: answers.pop(0))
    assert [one.enter(PIN) for _ in range(3)] == [Problem("staff.pin_not_compared")] * 3
    assert one.enter(PIN) is None


def test_the_pin_is_compared_in_a_child_with_the_hash_of_the_configuration() -> None:
    assert compare_pin(DEMO_PIN, DEMO_PIN_HASH) is True
    assert compare_pin("135791", DEMO_PIN_HASH) is False
    assert compare_pin(DEMO_PIN, "scrypt$1$") is False


def test_two_hashes_of_one_pin_differ_and_only_digits_are_pins() -> None:
    one, other = hash_pin(PIN, bytes(16)), hash_pin(PIN, bytes(15) + b"x")
    assert one != other
    assert is_pin(PIN, other)
    assert not is_pin("24681O", other)
    assert PIN not in one
    for pin, salt in (("12345", bytes(16)), ("1234567890123", bytes(16)), (PIN, b"")):
        with pytest.raises(ValueError, match="6 to 12"):
            hash_pin(pin, salt)


def test_the_board_tells_what_the_store_the_disk_and_the_calendar_say(
    bench: Callable[..., Bench], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store(tmp_path / "store") as parts:
        one = bench()
        empty = one.board()
        assert (empty.queued, empty.dead, empty.light, empty.letters) == (0, 0, "green", ())
        assert empty.vault == "file"
        assert empty.free_bytes
        assert (empty.circuit, empty.line_problem) == ("", Problem("outbox.no_platform"))
        assert (empty.problem, empty.answered_s, empty.clock_s) == (None, None, None)
        for number in (1, 2, 3):
            parts.outbox.put(item(number))
        parts.outbox.bury(item(2).idem, "rejected", "E42")
        one.answered_at = one.clock.monotonic()
        one.clock.advance(30)
        # two and a half working days later by the hall's calendar: a Wednesday after a Monday morning
        late = datetime(2026, 11, 25, 12, 0, tzinfo=HALL_TIME)
        monkeypatch.setattr(one.clock, "now", lambda: late)
        created = datetime(2026, 11, 23, 0, 0, tzinfo=HALL_TIME).timestamp()
        monkeypatch.setattr("offline_cache.process.listing.oldest_created_wall_s", lambda _commits: created)
        board = one.board()
        assert (board.queued, board.dead, board.at) == (2, 1, "12:00:00")
        assert (round(board.days_late, 1), board.light) == (2.5, "red")
        assert board.answered_s == 30
        (letter,) = board.letters
        assert (UUID(letter.key), letter.kind, letter.reason) == (item(2).idem, "consultation", "rejected")


def test_staff_have_one_sent_again_and_all_sent_now(bench: Callable[..., Bench], tmp_path: Path) -> None:
    with store(tmp_path / "store") as parts:
        one = bench()
        parts.outbox.put(item(1))
        parts.outbox.bury(item(1).idem, "rejected")
        assert one.do(StaffAct.RETRY, item(1).idem.hex) == Problem("outbox.will_be_sent")
        assert (one.board().queued, one.board().dead) == (1, 0)
        assert one.do(StaffAct.RETRY, uuid4().hex) == Problem("staff.letter_gone")
        assert one.do(StaffAct.RETRY, "?") == Problem("staff.letter_gone")
        assert one.do(StaffAct.DRAIN).key in ("outbox.no_platform", "staff.drain_begun")
        for told in ("outbox.will_be_sent", "staff.letter_gone", "outbox.no_platform", "staff.drain_begun"):
            assert told in known_sentences()


def test_without_a_store_the_page_says_so_and_still_tells_the_disk(bench: Callable[..., Bench], tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    one = bench()
    board = one.board()
    assert board.problem == Problem("store.away")
    assert board.free_bytes


def test_the_end_of_the_visit_breaks_off_what_runs(bench: Callable[..., Bench], tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    one = bench()
    done = threading.Event()
    assert one.hand.run(effects.AskStaffBoard("v1", 1))  # would try for two seconds
    one.hand.wipe(done.set)
    assert done.wait(1.5)
    assert not one.hand.run(effects.CallCard("v1", 4))
