"""One writes for all: who leads, who fails, and that nobody is left waiting."""

import threading
from collections.abc import Callable, Iterable, Sequence

import pytest

from offline_cache.store.connection import Connection, DatabaseError, Fault, Row, Value
from offline_cache.store.group_commit import GroupCommit, _Waiting

PATIENCE_S = 10


class Scripted:
    """A connection in memory that does as a test says at a statement."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.at: dict[str, Callable[[], None]] = {}
        self.is_closed = False

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        assert not self.is_closed
        self.said.append(statement)
        if (does := self.at.get(statement)) is not None:
            does()
        return []

    def close(self) -> None:
        self.is_closed = True


def _say(word: str) -> Callable[[Connection], str]:
    def operation(connection: Connection) -> str:
        connection.execute(word)
        return word

    return operation


def _blocking() -> tuple[Scripted, threading.Event, threading.Event]:
    """A connection whose first COMMIT waits for the second event, after the first one is set."""
    connection, is_there, may_go = Scripted(), threading.Event(), threading.Event()

    def wait() -> None:
        del connection.at["COMMIT"]
        is_there.set()
        assert may_go.wait(PATIENCE_S)

    connection.at["COMMIT"] = wait
    return connection, is_there, may_go


def _started(*runs: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    return threads


def _wait_until(is_so: Callable[[], bool]) -> None:
    ends = threading.Event()
    for _ in range(PATIENCE_S * 1000):
        if is_so():
            return
        ends.wait(0.001)  # another thread's state has no event; the count bounds it
    raise AssertionError("it never was")


def _joined(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), "a thread was left waiting"


def test_what_waits_while_one_commits_shares_the_next_commit() -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    threads = _started(lambda: commits.write(_say("first")))
    assert is_there.wait(PATIENCE_S)
    threads += _started(*[lambda word=word: commits.write(_say(word)) for word in "abcd"])
    _wait_until(lambda: len(commits._waiting) == 4)
    may_go.set()
    _joined(threads)
    assert connection.said.count("COMMIT") == 2
    assert connection.said[:3] == ["BEGIN IMMEDIATE", "first", "COMMIT"]


@pytest.mark.parametrize("is_whole", [False, True])
def test_operations_of_one_kind_are_done_by_one_call_and_each_gets_its_own_result(is_whole: bool) -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    calls: list[list[int]] = []

    class Double:
        def __call__(self, connection: Connection, numbers: Sequence[int], /) -> list[int]:
            calls.append(list(numbers))
            connection.execute("double")
            return [2 * number for number in numbers]

        def is_one_statement(self, numbers: Sequence[int], /) -> bool:
            return is_whole

    double = Double()
    told: list[tuple[int, int]] = []
    threads = _started(lambda: commits.write(_say("first")))
    assert is_there.wait(PATIENCE_S)
    threads += _started(*[lambda n=n: told.append((n, commits.write_together(double, n))) for n in range(5)])
    _wait_until(lambda: len(commits._waiting) == 5)
    may_go.set()
    _joined(threads)
    assert [sorted(call) for call in calls] == [[0, 1, 2, 3, 4]]
    assert sorted(told) == [(n, 2 * n) for n in range(5)]
    # what is whole by itself wants no transaction around it
    assert connection.said[3:] == (["double"] if is_whole else ["BEGIN IMMEDIATE", "double", "COMMIT"])


def test_one_that_raises_fails_alone() -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    ends: dict[str, object] = {}

    def run(word: str) -> None:
        def operation(_: object) -> str:
            if word == "bad":
                raise ValueError(word)
            return word

        try:
            ends[word] = commits.write(operation)
        except ValueError as error:
            ends[word] = error

    threads = _started(lambda: run("first"))
    assert is_there.wait(PATIENCE_S)
    threads += _started(lambda: run("good"), lambda: run("bad"), lambda: run("better"))
    _wait_until(lambda: len(commits._waiting) == 3)
    may_go.set()
    _joined(threads)
    assert (ends["good"], ends["better"]) == ("good", "better")
    assert isinstance(ends["bad"], ValueError)


class Interrupt(BaseException):
    """As of a keyboard."""


def test_a_leader_that_dies_fails_its_followers_and_others_go_on() -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    ends: list[str] = []

    def run(word: str) -> None:
        def operation(_: object) -> None:
            if word == "deadly":
                raise Interrupt

        try:
            commits.write(operation)
            ends.append("written")
        except DatabaseError:
            ends.append("nobody knows")
        except Interrupt:
            ends.append("died")

    threads = _started(lambda: run("first"))
    assert is_there.wait(PATIENCE_S)
    threads += _started(lambda: run("deadly"))
    _wait_until(lambda: len(commits._waiting) == 1)
    threads += _started(lambda: run("follower"))
    _wait_until(lambda: len(commits._waiting) == 2)
    may_go.set()
    _joined(threads)
    assert sorted(ends) == ["died", "nobody knows", "written"]
    assert "ROLLBACK" in connection.said
    assert commits.write(_say("later")) == "later"


class Interrupted:
    """A signal at which its waiter is interrupted, as the main thread may be; after it was to lead, or before."""

    def __init__(self, waits: Callable[[], None]) -> None:
        self._waits = waits
        self.is_released = False

    def acquire(self) -> None:
        self._waits()
        raise Interrupt

    def release(self) -> None:
        self.is_released = True


@pytest.mark.parametrize("was_to_lead", [False, True])
def test_a_waiter_that_is_interrupted_leaves_nobody_behind_it_waiting(was_to_lead: bool) -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    threads = _started(lambda: commits.write(_say("first")))
    assert is_there.wait(PATIENCE_S)
    ends: list[str] = []

    waiting = _Waiting(_say("never"))
    signal = Interrupted(lambda: _wait_until(lambda: signal.is_released) if was_to_lead else None)
    waiting.signal = signal  # type: ignore[assignment]

    def run() -> None:
        try:
            commits._do(waiting)
        except Interrupt:
            ends.append("interrupted")

    interrupted = _started(run)
    if was_to_lead:
        _wait_until(lambda: len(commits._waiting) == 1)
    else:
        _joined(interrupted)
    threads += _started(lambda: ends.append(commits.write(_say("behind"))))
    _wait_until(lambda: len(commits._waiting) == (2 if was_to_lead else 1))
    may_go.set()
    _joined([*interrupted, *threads])
    assert sorted(ends) == ["behind", "interrupted"]
    commits.close()


def test_closing_waits_for_what_was_asked_and_refuses_what_comes_later() -> None:
    connection, is_there, may_go = _blocking()
    commits = GroupCommit(lambda: connection)
    threads = _started(lambda: commits.write(_say("first")))
    assert is_there.wait(PATIENCE_S)
    threads += _started(lambda: commits.write(_say("second")))
    _wait_until(lambda: len(commits._waiting) == 1)
    threads += _started(commits.close)
    _wait_until(lambda: commits._is_closed)
    with pytest.raises(DatabaseError):
        commits.read(_say("late"))
    assert "second" not in connection.said
    may_go.set()
    _joined(threads)
    assert connection.is_closed
    assert connection.said[-2:] == ["second", "COMMIT"]


def _failing(faults: list[Fault]) -> Callable[[], None]:
    def fail() -> None:
        if faults:
            raise DatabaseError(faults.pop(0))

    return fail


def test_after_a_broken_commit_the_file_is_opened_anew_and_all_is_done_once_more() -> None:
    made: list[Scripted] = []
    faults = [Fault.IO]

    def make() -> Scripted:
        made.append(Scripted())
        made[-1].at["COMMIT"] = _failing(faults)
        return made[-1]

    commits = GroupCommit(make)
    assert commits.write(_say("item")) == "item"
    assert len(made) == 2
    assert made[0].is_closed
    assert made[1].said == ["BEGIN IMMEDIATE", "item", "COMMIT"]


def test_a_fault_of_the_checkpoint_is_not_the_commits_and_the_next_read_opens_anew() -> None:
    made: list[Scripted] = []

    def make() -> Scripted:
        made.append(Scripted())
        made[-1].at["care"] = _failing([Fault.IO])
        return made[-1]

    def care(connection: Connection) -> None:
        connection.execute("care")

    commits = GroupCommit(make, is_care_due=lambda count: count > 0, take_care=care)
    assert commits.write(_say("item")) == "item"
    assert made[0].is_closed
    assert commits.read(_say("read")) == "read"
    assert made[1].said == ["read"]


def test_on_a_full_disk_what_frees_is_tried_again_alone_even_if_no_room_was_made() -> None:
    connection = Scripted()
    commits = GroupCommit(lambda: connection)
    connection.at["COMMIT"] = _failing([Fault.FULL])
    assert commits.write(_say("ack"), frees=True) == "ack"
    connection.at["COMMIT"] = _failing([Fault.FULL])
    with pytest.raises(DatabaseError, match="full"):
        commits.write(_say("put"))


def test_memory_follows_in_the_order_of_the_commits_and_its_fault_is_its_callers() -> None:
    connection = Scripted()
    commits = GroupCommit(lambda: connection)
    seen: list[str] = []

    def follow(word: str) -> None:
        assert connection.said[-1] == "COMMIT"
        seen.append(word)
        if word == "bad":
            raise ValueError(word)

    commits.write(_say("one"), then=follow)
    with pytest.raises(ValueError, match="bad"):
        commits.write(_say("bad"), then=follow)
    assert seen == ["one", "bad"]
    assert connection.said.count("bad") == 1  # it is committed: not a second time
