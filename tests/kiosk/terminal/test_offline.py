"""The terminal's way to its store: answers by callback, and a visit that has ended leaves nothing open."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.base.errors import Problem
from kiosk.terminal.offline import OfflineDesk, RoomWatch
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.client import Held, StoreClient
from offline_cache.process.protocol import Attached, ItemStanding, StoreStatus
from offline_cache.store.space import Bounds
from tests.offline_cache.process.standing import item, serving

PATIENCE_S = 5.0


@dataclass
class Notebook:
    """A store that notes what it was asked, and answers when it may."""

    asked: list[str] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)
    is_aborted: bool = False
    refusal: Problem | None = None
    ending: Problem | None = None

    def put_many(self, items: Sequence[NewItem], held: Held | None = None) -> tuple[Stored, ...] | Problem:
        self.asked.append(f"put {len(items)} {'held' if held else 'free'}")
        self.may_answer.wait(PATIENCE_S)
        if self.is_aborted:
            return Problem("store.away")
        return tuple(Stored("s", number) for number, _ in enumerate(items, 1))

    def reserve(self, rows: int, size: int) -> Held | Problem:
        self.asked.append(f"reserve {rows} {size}")
        return self.refusal or Held(1, rows, size)

    def release(self, held: Held) -> None:
        self.asked.append(f"release {held.number}")

    def forget(self) -> None:
        self.asked.append("forget")

    def attach(
        self,
        visit: str,
        media_type: str,
        purpose: str,
        content: Callable[[], Iterable[bytes]],
        held: Held | None = None,
    ) -> Attached | Problem:
        pieces = list(content())
        self.asked.append(f"attach {visit} {media_type} {purpose} {len(pieces)}")
        return Attached(0, uuid4(), sum(map(len, pieces)), "")

    def drop_attachment(self, attachment_id: UUID) -> bool | Problem:
        self.asked.append("drop")
        return True

    def visit_ended(self, visit: str) -> Problem | None:
        self.asked.append(f"ended {visit}")
        return self.ending

    def state_of(self, idem: UUID) -> ItemStanding | Problem:
        self.asked.append("ask item")
        return ItemStanding(0, "queued")

    def state_of_slip(self, slip_number: str) -> ItemStanding | Problem:
        self.asked.append("ask")
        return ItemStanding(0, "queued", slip_number)

    def status(self) -> StoreStatus | Problem:
        return Problem("store.slow")

    def abort(self) -> None:
        self.is_aborted = True
        self.may_answer.set()

    def allow(self) -> None:
        self.is_aborted = False

    def close(self) -> None:
        self.asked.append("close")


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def desk(notebook: Notebook) -> Iterator[OfflineDesk]:
    desk = OfflineDesk(notebook, lambda _: None, lambda: None, piece_bytes=10)
    desk.store_changed(None)
    idle(desk)
    notebook.asked.clear()  # that no visit is under way
    yield desk
    desk.stop()


def idle(desk: OfflineDesk) -> None:
    """Waits until the desk has made every call so far."""
    done = threading.Event()
    desk.ask_status(lambda _: done.set())
    assert done.wait(PATIENCE_S)


def wiped(desk: OfflineDesk) -> bool:
    done = threading.Event()
    desk.wipe(done.set)
    return done.wait(PATIENCE_S)


def test_a_visit_reserves_attaches_and_submits_in_its_order(notebook: Notebook, desk: OfflineDesk) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    notebook.may_answer.set()
    desk.reserve("v1", 2, 1000, answers.put)
    desk.attach("v1", "image/png", "material", bytes(25), answers.put)
    desk.drop("v1", uuid4())
    desk.ask_item("v1", uuid4(), lambda _: None)
    desk.submit("v1", [item(1), item(2)], answers.put)
    desk.ask_slip("v1", "XH-01-000001", answers.put)
    got = [answers.get(timeout=PATIENCE_S) for _ in range(4)]
    assert got[0] is None
    assert isinstance(got[1], Attached)
    assert got[2] == (Stored("s", 1), Stored("s", 2))
    assert notebook.asked == [
        "reserve 2 1000",
        "attach v1 image/png material 3",
        "drop",
        "ask item",
        "put 2 held",
        "ask",
    ]


def test_a_visit_reserves_once(notebook: Notebook, desk: OfflineDesk) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    for _ in range(2):
        desk.reserve("v1", 2, 1000, answers.put)
        assert answers.get(timeout=PATIENCE_S) is None
    assert notebook.asked == ["reserve 2 1000"]


def test_the_wipe_breaks_off_what_runs_drops_what_waits_and_forgets_loose_files(
    notebook: Notebook, desk: OfflineDesk
) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    desk.attach("v1", "image/png", "material", b"x", answers.put)
    assert isinstance(answers.get(timeout=PATIENCE_S), Attached)
    desk.submit("v1", [item(1)], answers.put)
    desk.submit("v1", [item(2)], answers.put)
    while "put 1 free" not in notebook.asked:
        threading.Event().wait(0.001)
    assert wiped(desk)
    assert answers.get(timeout=PATIENCE_S) == Problem("store.away")
    assert answers.empty()
    assert notebook.asked == ["attach v1 image/png material 1", "put 1 free", "forget", "ended v1"]


def test_at_its_start_the_store_hears_that_no_visit_is_under_way(notebook: Notebook) -> None:
    desk = OfflineDesk(notebook, lambda _: None, lambda: None)
    for _ in range(2):
        desk.store_changed(None)
    idle(desk)
    assert notebook.asked == ["ended "]
    desk.stop()


def test_a_store_that_was_away_at_the_wipe_hears_of_it_when_it_is_back(notebook: Notebook, desk: OfflineDesk) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    desk.attach("v1", "image/png", "material", b"x", answers.put)
    assert isinstance(answers.get(timeout=PATIENCE_S), Attached)
    desk.store_changed(Problem("store.away"))
    assert wiped(desk)
    assert "ended v1" not in notebook.asked
    notebook.ending = Problem("store.slow")
    desk.store_changed(None)
    idle(desk)
    notebook.ending = None
    desk.store_changed(Problem("store.away"))
    desk.store_changed(None)
    idle(desk)
    assert notebook.asked.count("ended v1") == 2  # it is told until it is heard
    desk.store_changed(None)
    idle(desk)
    assert notebook.asked.count("ended v1") == 2


def test_the_next_visit_gets_its_own_answers_only(notebook: Notebook, desk: OfflineDesk) -> None:
    first: queue.SimpleQueue[object] = queue.SimpleQueue()
    second: queue.SimpleQueue[object] = queue.SimpleQueue()
    desk.submit("v1", [item(1)], first.put)
    desk.submit("v1", [item(2)], first.put)
    done = threading.Event()
    desk.wipe(done.set)
    desk.ask_slip("v2", "XH-01-000001", second.put)
    assert isinstance(second.get(timeout=PATIENCE_S), ItemStanding)
    assert done.is_set()
    first_answers = []
    while not first.empty():
        first_answers.append(first.get())
    assert first_answers in ([], [Problem("store.away")])


def test_what_the_store_says_of_itself_reaches_the_session(notebook: Notebook) -> None:
    heard: list[Problem | None] = []
    desk = OfflineDesk(notebook, heard.append, lambda: None)
    try:
        states = [desk.problem]
        for news in (None, Problem("store.newer")):
            desk.store_changed(news)
            states.append(desk.problem)
        assert states == [Problem("store.away"), None, Problem("store.newer")]
        assert heard == [None, Problem("store.newer")]
    finally:
        desk.stop()


def test_with_the_real_store_the_end_of_a_visit_gives_its_room_back(tmp_path: Path) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    with serving(tmp_path / "store", bounds=Bounds(rows=10)):
        desk = OfflineDesk(StoreClient(tmp_path / "store"), lambda _: None, lambda: None)
        desk.store_changed(None)
        try:
            desk.reserve("v1", 8, 1000, answers.put)
            assert answers.get(timeout=PATIENCE_S) is None
            desk.submit("v1", [item(1)], answers.put)
            assert isinstance(answers.get(timeout=PATIENCE_S), tuple)
            assert wiped(desk)
            answer: object = Problem("store.away")
            for _ in range(100):  # the store notices the end of the line in its own time
                desk.reserve("v2", 8, 1000, answers.put)
                if (answer := answers.get(timeout=PATIENCE_S)) is None:
                    break
            assert answer is None
            desk.ask_slip("v2", "XH-01-000001", answers.put)
            standing = answers.get(timeout=PATIENCE_S)
            assert isinstance(standing, ItemStanding)
            assert standing.state == "queued"
            desk.ask_status(answers.put)
            status = answers.get(timeout=PATIENCE_S)
            assert isinstance(status, StoreStatus)
            assert status.outbox.queued == 1
        finally:
            desk.stop()


def test_a_full_store_is_told_before_anybody_begins_and_comes_back_by_itself(notebook: Notebook) -> None:
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    desk = OfflineDesk(notebook, news.put, lambda: None)
    watch = RoomWatch(desk, 2, 1000, every_s=0.01)
    try:
        watch.start()
        desk.store_changed(None)
        assert news.get(timeout=PATIENCE_S) is None
        for refusal in (Problem("offline.full"), Problem("offline.disk_full"), None):
            notebook.refusal = refusal
            assert news.get(timeout=PATIENCE_S) == refusal
            assert desk.problem == refusal
        notebook.refusal = Problem("store.slow")  # says nothing of the room
        asked = len(notebook.asked)
        while len(notebook.asked) < asked + 3:
            threading.Event().wait(0.001)
        assert desk.problem is None
    finally:
        watch.stop()
        desk.stop()
    assert news.empty()
    assert notebook.asked.count("reserve 2 1000") > notebook.asked.count("release 1") > 0


def test_a_visit_that_has_its_room_is_not_asked_to_make_room(notebook: Notebook, desk: OfflineDesk) -> None:
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    desk.reserve("v1", 2, 1000, answers.put)
    assert answers.get(timeout=PATIENCE_S) is None
    notebook.refusal = Problem("offline.full")
    desk.look_for_room(2, 1000)
    desk.ask_slip("v1", "XH-01-000001", answers.put)
    assert isinstance(answers.get(timeout=PATIENCE_S), ItemStanding)
    assert desk.problem is None
    assert notebook.asked == ["reserve 2 1000", "ask"]
    assert wiped(desk)
    desk.reserve("v2", 2, 1000, answers.put)
    assert answers.get(timeout=PATIENCE_S) == Problem("offline.full")
    assert desk.problem == Problem("offline.full")


def test_the_real_store_s_bounds_and_the_disk_are_told_as_they_are(tmp_path: Path) -> None:
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    with serving(tmp_path / "store", bounds=Bounds(rows=2)) as client:
        desk = OfflineDesk(StoreClient(tmp_path / "store"), news.put, lambda: None)
        looked: queue.SimpleQueue[object] = queue.SimpleQueue()
        try:
            desk.look_for_room(2, 1000)
            desk.store_changed(None)
            assert news.get(timeout=PATIENCE_S) is None
            desk.ask_status(looked.put)  # after the looks that were asked for
            assert isinstance(looked.get(timeout=PATIENCE_S), StoreStatus)
            assert isinstance(client.put(item(1)), Stored)
            desk.look_for_room(2, 1000)
            assert news.get(timeout=PATIENCE_S) == Problem("offline.full")
        finally:
            desk.stop()
    with serving(tmp_path / "other", bounds=Bounds(free_bytes=1 << 60)):
        desk = OfflineDesk(StoreClient(tmp_path / "other"), news.put, lambda: None)
        try:
            desk.look_for_room(2, 1000)
            desk.store_changed(None)
            assert news.get(timeout=PATIENCE_S) is None
            assert news.get(timeout=PATIENCE_S) == Problem("offline.disk_full")
        finally:
            desk.stop()
