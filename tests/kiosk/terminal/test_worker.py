"""The worker: order, mistakes, a bounded stop, and no task that lives on after it was done."""

import threading
import weakref
from collections.abc import Iterator

import pytest

from kiosk.terminal.worker import Worker


@pytest.fixture
def faults() -> list[threading.ExceptHookArgs]:
    return []


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, faults: list[threading.ExceptHookArgs]) -> Iterator[Worker]:
    monkeypatch.setattr(threading, "excepthook", faults.append)
    worker = Worker("under test", lambda: None)
    yield worker
    assert worker.stop()


def _wait(event: threading.Event) -> None:
    assert event.wait(5)


def test_tasks_run_in_their_order_on_another_thread(worker: Worker) -> None:
    ran: list[tuple[int, int]] = []
    done = threading.Event()
    for number in range(20):
        worker.submit(lambda number=number: ran.append((number, threading.get_ident())))  # type: ignore[misc]
    worker.submit(done.set)
    _wait(done)
    assert [number for number, _ in ran] == list(range(20))
    assert {thread for _, thread in ran} != {threading.get_ident()}


def test_a_task_that_fails_is_told_and_the_next_one_still_runs(
    monkeypatch: pytest.MonkeyPatch, faults: list[threading.ExceptHookArgs]
) -> None:
    monkeypatch.setattr(threading, "excepthook", faults.append)
    told, done = threading.Event(), threading.Event()
    worker = Worker("under test", told.set)

    def fail() -> None:
        raise RuntimeError("a bug")

    worker.submit(fail)
    worker.submit(done.set)
    _wait(told)
    _wait(done)
    assert worker.stop()
    assert [fault.exc_type for fault in faults] == [RuntimeError]


def test_a_stop_waits_for_the_task_at_work_and_drops_those_that_wait(worker: Worker) -> None:
    started, go_on = threading.Event(), threading.Event()
    ran: list[str] = []

    def first() -> None:
        started.set()
        go_on.wait(5)
        ran.append("first")

    worker.submit(first)
    worker.submit(lambda: ran.append("second"))
    _wait(started)
    assert not worker.stop(0.05), "the task is still at work"
    go_on.set()
    assert worker.stop()
    worker.submit(lambda: ran.append("third"))
    assert ran == ["first"]


def test_a_task_is_forgotten_as_soon_as_it_is_done(worker: Worker) -> None:
    class Person:
        pass

    def task_about(person: Person) -> None:
        worker.submit(lambda: seen.append(id(person)))

    seen: list[int] = []
    person = Person()
    watch = weakref.ref(person)
    task_about(person)
    del person
    done = threading.Event()
    worker.submit(done.set)  # taken only after the frame has let the first task go
    _wait(done)
    assert len(seen) == 1
    assert watch() is None


def test_a_task_that_failed_is_forgotten_too(worker: Worker, faults: list[threading.ExceptHookArgs]) -> None:
    class Person:
        pass

    def task_about(person: Person) -> None:
        def fail() -> None:
            raise RuntimeError(id(person))

        worker.submit(fail)

    person = Person()
    watch = weakref.ref(person)
    task_about(person)
    del person
    done = threading.Event()
    worker.submit(done.set)
    _wait(done)
    faults.clear()  # the hook of the real program keeps class and places only
    assert watch() is None
