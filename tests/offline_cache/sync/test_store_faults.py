"""A store that fails while the drain works: told, waited out longer each time, and never the end of the draining."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.store.connection import DatabaseError, Fault, Row, SqliteConnection, Value
from offline_cache.sync.faults import AFTER_MISTAKE_S, LONGEST_S, StoreFaults
from tests.offline_cache.sync.answering import answering
from tests.offline_cache.sync.running import drained, question, transport_to

pytestmark = pytest.mark.allow_log("sync_store|sync_disk|sync_failed")


class Sick(SqliteConnection):
    """Fails every statement that begins with one of the words, as long as there are any."""

    words: tuple[str, ...] = ()
    fault = Fault.IO
    failed = threading.Semaphore(0)

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        if Sick.words and statement.startswith(Sick.words):
            Sick.failed.release()
            raise DatabaseError(Sick.fault)
        return super().execute(statement, values)


@pytest.fixture(autouse=True)
def _well() -> None:
    Sick.words, Sick.failed = (), threading.Semaphore(0)


def _until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.005)  # another thread's state is the event; the deadline bounds the polling


@pytest.mark.parametrize(
    ("words", "fault", "key"),
    [
        (("SELECT",), Fault.IO, "offline.disk"),  # claim() and status()
        (("BEGIN", "COMMIT"), Fault.FULL, "offline.disk_full"),  # whatever keeps an answer, learns a time, tidies
    ],
    ids=["reading", "writing"],
)
def test_the_drain_outlives_a_store_that_fails_and_goes_on_when_it_works(
    tmp_path: Path, words: tuple[str, ...], fault: Fault, key: str
) -> None:
    with (
        answering() as script,
        drained(tmp_path, transport_to(script.port), connect=Sick, report_s=0.05, tidy_s=0.05) as drain,
    ):
        drain.store.outbox.put_many([question() for _ in range(30)])
        Sick.words, Sick.fault = words, fault
        drain.sync.start()
        assert all(Sick.failed.acquire(timeout=10) for _ in range(3))
        if words == ("SELECT",):
            _until(lambda: drain.sync.status().store_problem == key, "the fault was not told")
        Sick.words = ()
        drain.store.clock.advance(60)  # what could not be kept is asked again after a while
        drain.sync.wake()
        _until(lambda: drain.is_empty, "it did not go on")
        _until(lambda: drain.sync.status().store_problem is None, "it still tells of a fault")
        assert len({one for batch in script.sent for one in batch}) == 30
        assert drain.store.outbox.dead_letters() == []


def test_a_fault_is_told_once_and_waited_out_longer_each_time(caplog: pytest.LogCaptureFixture) -> None:
    faults = StoreFaults(random.Random(1))
    waits = [faults.met(BudayangError("offline.disk")) for _ in range(12)]
    bounds = [min(2.0**count, LONGEST_S) for count in range(12)]
    assert all(bound / 2 <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))
    assert str(faults.problem) == "offline.disk"
    assert [record.getMessage().split()[0] for record in caplog.records] == ["sync_store"]
    faults.met(BudayangError("offline.disk_full"))
    assert len(caplog.records) == 2  # another one
    faults.over()
    assert not faults.problem
    assert faults.met(BudayangError("offline.disk")) <= 1.0


def test_a_mistake_of_the_program_is_waited_out_too() -> None:
    faults = StoreFaults(random.Random(1))
    assert faults.met(ZeroDivisionError()) == AFTER_MISTAKE_S
    assert faults.problem == "general.something_failed"
    for _ in range(2):
        faults.over()
    assert StoreFaults.met(faults, BudayangError("offline.disk")) <= 1.0
