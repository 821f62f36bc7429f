"""The search's desk: only the newest keystroke is answered, and what the terminal itself can do is marked."""

import queue
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.services.search import Found, NotSearched, Opened, PlaceFile, SearchDesk, own_rows
from offline_cache.reference import ALL_KINDS, Age, Kind, PolicyRow, Reference
from offline_cache.reference.publishing.demo_content import demo_content
from tests.offline_cache.reference.published import OWN, TRUSTED, FolderSource, installed, opened, published

pytestmark = pytest.mark.xdist_group("reference")
WAIT_S = 10.0
ITEMS = frozenset({Kind.ITEM})


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """An installed reference with the terminal's own items among 400."""
    place = tmp_path_factory.mktemp("desk")
    published(place / "published", demo_content(400, own=own_rows(catalogue, OWN, 4)))
    installed(place / "terminal", FolderSource(place / "published"), ManualClock()).close()
    return place


class Desk:
    """A desk and what it answered."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.clock = ManualClock()
        self.answers: queue.SimpleQueue[Found | Opened | NotSearched] = queue.SimpleQueue()
        self.opened = 0
        self.may_open = threading.Event()
        self.may_open.set()
        self._folder = folder
        self.desk = SearchDesk(self._open, catalogue.by_code, OWN, self.answers.put)

    def _open(self) -> Reference | Problem:
        assert self.may_open.wait(WAIT_S)
        self.opened += 1
        return Reference.open(self._folder, TRUSTED, self.clock)

    def answer(self) -> Found | Opened | NotSearched:
        return self.answers.get(timeout=WAIT_S)

    def found(self, text: str) -> Found:
        ticket = self.desk.ask(text, ITEMS)
        answer = self.answer()
        assert isinstance(answer, Found)
        assert answer.ticket == ticket
        return answer


@pytest.fixture
def desk(folder: Path, catalogue: Catalogue) -> Iterator[Desk]:
    made = Desk(folder / "terminal", catalogue)
    yield made
    made.may_open.set()
    assert made.desk.stop()


def test_own_items_are_found_by_the_one_search_and_can_be_begun(desk: Desk, catalogue: Catalogue) -> None:
    for item in catalogue.items:
        line = desk.found(item.name.zh_CN).lines[0]
        assert line.here is item
        assert line.hit.code == item.item_code
    found = desk.found("gjj")
    assert any(line.here is None for line in found.lines), "others are guides only"
    assert found.freshness.age is Age.FRESH
    assert desk.opened == 1


def test_only_the_newest_keystroke_is_answered(desk: Desk) -> None:
    desk.desk.renew()
    desk.may_open.clear()
    tickets = [desk.desk.ask(text) for text in ("g", "gj", "gjj")]
    desk.may_open.set()
    answer = desk.answer()
    assert answer.ticket == tickets[-1]
    assert desk.found("证").ticket == tickets[-1] + 1
    assert desk.answers.empty()


def test_a_keystroke_cancels_the_search_under_way(
    desk: Desk, folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, may_go_on, cancelled = threading.Event(), threading.Event(), threading.Event()
    real = Reference.search

    def slow(self: Reference, query: str, *args: object, **named: object) -> object:
        if query == "gongjijin":
            started.set()
            assert may_go_on.wait(WAIT_S)
        answer = real(self, query, *args, **named)  # type: ignore[arg-type]
        if query == "gongjijin" and type(answer).__name__ == "Cancelled":
            cancelled.set()
        return answer

    monkeypatch.setattr(Reference, "search", slow)
    desk.desk.ask("gongjijin")
    assert started.wait(WAIT_S)
    newest = desk.desk.ask("证")
    may_go_on.set()
    assert desk.answer().ticket == newest
    assert cancelled.is_set()
    assert desk.answers.empty()


def test_what_was_forgotten_is_not_answered(desk: Desk) -> None:
    desk.desk.renew()
    desk.may_open.clear()
    desk.desk.ask("社保")
    desk.desk.forget()
    desk.may_open.set()
    assert desk.found("证").lines
    assert desk.answers.empty()


def test_no_reference_is_a_sentence_and_comes_right_after_an_update(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    made = Desk(tmp_path / "terminal", catalogue)
    try:
        made.desk.ask("社保")
        answer = made.answer()
        assert isinstance(answer, NotSearched)
        assert answer.problem == Problem("reference.none")
        shutil.copytree(folder / "terminal", tmp_path / "terminal", symlinks=True)
        made.desk.renew()
        assert made.found("社保").lines
    finally:
        assert made.desk.stop()


def test_data_past_its_validity_is_not_shown(desk: Desk) -> None:
    assert desk.found("社保").lines
    desk.clock.advance(31 * 86_400)
    desk.desk.ask("社保")
    answer = desk.answer()
    assert isinstance(answer, NotSearched)
    assert answer.problem.key == "reference.expired"


def test_policies_and_places_go_through_the_same_desk(desk: Desk) -> None:
    desk.desk.ask("南通", ALL_KINDS)
    answer = desk.answer()
    assert isinstance(answer, Found)
    assert Kind.PLACE in {line.hit.kind for line in answer.lines}


def test_what_a_citizen_looked_for_is_in_no_repr(desk: Desk) -> None:
    found = desk.found("社保")
    assert "社" not in repr(found)


def test_a_stopped_desk_has_closed_the_reference(folder: Path, catalogue: Catalogue) -> None:
    made = Desk(folder / "terminal", catalogue)
    made.found("证")
    reference = made.desk._reference
    assert made.desk.stop()
    assert made.desk.stop()
    assert isinstance(reference, Reference)
    assert reference.search("证") == Problem("reference.none")
    opened(folder / "terminal", made.clock).close()


def test_everything_of_a_line_can_be_opened_on_the_same_thread(desk: Desk) -> None:
    found = desk.desk.ask("江苏", ALL_KINDS)
    answer = desk.answer()
    assert isinstance(answer, Found)
    assert answer.ticket == found
    for kind, expected in ((Kind.PLACE, PlaceFile), (Kind.POLICY, PolicyRow), (Kind.ITEM, tuple)):
        desk.desk.ask("证" if kind is Kind.ITEM else "通知" if kind is Kind.POLICY else "江苏", frozenset({kind}))
        listed = desk.answer()
        assert isinstance(listed, Found)
        ticket = desk.desk.open(kind, listed.lines[-1].hit.code)
        opened = desk.answer()
        assert isinstance(opened, Opened)
        assert opened.ticket == ticket
        assert isinstance(opened.content, expected)
        assert listed.lines[-1].hit.name not in repr(opened)
        desk.desk.open(kind, "0" * 31)
        assert desk.answer() == NotSearched(ticket + 1, Problem("reference.gone"))


def test_a_mistake_of_ours_in_one_answer_costs_only_that_one(
    folder: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Found | Opened | NotSearched] = queue.SimpleQueue()
    told: queue.SimpleQueue[type] = queue.SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", lambda arguments: told.put(arguments.exc_type))

    def find_here(code: str) -> None:
        raise LookupError(code)

    made = SearchDesk(
        lambda: Reference.open(folder / "terminal", TRUSTED, ManualClock()),
        find_here,
        OWN,
        answers.put,
        lambda: faults.put("fault"),
    )
    try:
        made.ask("证", ITEMS)
        assert faults.get(timeout=WAIT_S) == "fault"
        assert told.get(timeout=WAIT_S) is LookupError
        made.ask("江苏", frozenset({Kind.PLACE}))
        assert isinstance(answers.get(timeout=WAIT_S), Found)
    finally:
        assert made.stop()


def test_forgetting_leaves_no_term_of_what_was_typed_and_tells_when_it_is_done(desk: Desk) -> None:
    desk.found("gjjdk")
    reference = desk.desk._reference
    assert isinstance(reference, Reference)
    assert reference._search._postings._kept
    done = threading.Event()
    desk.desk.forget(done.set)
    assert done.wait(WAIT_S)
    assert reference._search._postings._kept == {}
    assert desk.found("gjj").lines
