"""Group commit: however many threads wait, one of them writes for all of them in one transaction.

The first that comes leads: it takes what waits, at most `MOST`, runs it in one transaction and wakes the others after
COMMIT. With one thread there is no hop between threads; with eight most puts share a flush of the disk. It never waits for
more to come: while it writes, the others prepare theirs, and the next leader takes them all. An operation must be
idempotent: after a fault of the disk the file is opened anew and the whole batch is done once more, since nobody knows
whether the commit came through. An operation that raises by itself fails alone.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from offline_cache.store.connection import Connection, DatabaseError, Fault

MOST = 256
Argument = TypeVar("Argument")
Result = TypeVar("Result")
Operation = Callable[[Connection], Result]
Argument_contra = TypeVar("Argument_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Bulk(Protocol[Argument_contra, Result_co]):
    """Does the same for several arguments at once, with fewer statements."""

    def __call__(self, connection: Connection, arguments: Sequence[Argument_contra], /) -> Sequence[Result_co]:
        """A result for each."""

    def is_one_statement(self, arguments: Sequence[Argument_contra], /) -> bool:
        """Whether it changes the file by a single statement, which is all or nothing: then that is the transaction."""


class _Waiting(Generic[Result]):
    """One operation with its end. `signal` is there when its thread waits, and is released once: when it has ended, or when
    it is to lead. `is_reading`: it runs outside of a transaction."""

    __slots__ = (
        "argument", "bulk", "error", "frees", "is_done", "is_leader", "is_reading", "operation", "result", "signal", "then",
    )  # fmt: skip

    def __init__(
        self,
        operation: Operation[Result] | None,
        frees: bool = False,
        then: Callable[[Result], None] | None = None,
        bulk: Bulk[Any, Result] | None = None,
        argument: Any = None,
        is_reading: bool = False,
    ) -> None:
        self.operation = operation
        self.frees = frees
        self.then = then
        self.bulk = bulk
        self.argument = argument
        self.is_reading = is_reading
        self.is_done = False
        self.is_leader = False
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.signal: threading.Lock | None = None

    def end(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class GroupCommit:
    """Owns the connection; every method may be called from any thread and blocks until its operation has ended.

    Args:
        open_connection: opens and configures the file and puts what its log holds on the disk: what a process that was
            killed, or a flush that failed, had left in the log may be readable without being durable.
        make_room: called when the disk is full and something waits that frees. Must not raise.
        is_care_due: called after a batch with the number of its operations, 0 for one that only read; must be quick.
        take_care: called by the leader when it is, after its callers have been told; a fault costs the connection only.
    """

    def __init__(
        self,
        open_connection: Callable[[], Connection],
        make_room: Callable[[Connection | None], None] = lambda _: None,
        is_care_due: Callable[[int], bool] = lambda _: False,
        take_care: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        self._open_connection = open_connection
        self._make_room = make_room
        self._is_care_due = is_care_due
        self._take_care = take_care
        self._connection: Connection | None = open_connection()
        self._mutex = threading.Lock()
        self._idle = threading.Condition(self._mutex)
        self._waiting: deque[_Waiting[Any]] = deque()
        self._is_led = False
        self._is_closed = False

    def write(
        self, operation: Operation[Result], *, frees: bool = False, then: Callable[[Result], None] | None = None
    ) -> Result:
        """Runs it within a transaction; returns after the commit is on the disk.

        Args:
            frees: it makes the store smaller, so on a full disk room is made for it.
            then: called with the result after the commit, in the order of the commits and before the caller is told: what
                is kept in memory beside the file must not overtake it. Quick; never asks the store for anything.

        Raises:
            DatabaseError: it may or may not have taken effect, whole; also after the second try.
            whatever the operation raised: then it took no effect.
        """
        return self._do(_Waiting(operation, frees, then))

    def write_together(
        self, bulk: Bulk[Argument, Result], argument: Argument, *, then: Callable[[Result], None] | None = None
    ) -> Result:
        """As `write`, but what waits with the same `bulk` is done by one call of it."""
        return self._do(_Waiting(None, False, then, bulk, argument))

    def read(self, operation: Operation[Result]) -> Result:
        """Runs it between transactions: it sees what is committed. Raises DatabaseError, or what it raised."""
        return self._do(_Waiting(operation, is_reading=True))

    def close(self) -> None:
        """Waits for what has been asked, writes the log back and closes; later operations raise DatabaseError."""
        with self._idle:
            self._is_closed = True
            self._idle.wait_for(lambda: not self._is_led)
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _do(self, waiting: _Waiting[Result]) -> Result:
        with self._mutex:
            if self._is_closed:
                raise DatabaseError(Fault.OTHER)
            is_led, self._is_led = self._is_led, True
            if is_led and waiting.signal is None:
                # one signal for each thread, not one for all: waking those that need not run costs more than the commit
                waiting.signal = threading.Lock()
                waiting.signal.acquire()
            # nobody is there: nothing to queue for
            is_alone = not is_led and not self._waiting
            if not is_alone:
                self._waiting.append(waiting)
        if is_led:
            assert waiting.signal is not None
            try:
                waiting.signal.acquire()
            except BaseException:
                self._withdraw(waiting)
                raise
            if waiting.is_done:
                return waiting.end()
        self._lead([waiting] if is_alone else [])
        return waiting.end()

    def _withdraw(self, waiting: _Waiting[Any]) -> None:
        """Its thread waits no more (an interrupt): if it was to lead, another one does."""
        with self._mutex:
            if waiting in self._waiting:
                self._waiting.remove(waiting)
                if waiting.is_leader:
                    self._appoint()

    def _appoint(self) -> None:
        """The first that waits leads next; under the mutex."""
        if self._waiting:
            first = self._waiting[0]
            first.is_leader = True
            assert first.signal is not None
            first.signal.release()
        else:
            self._is_led = False
            if self._is_closed:
                self._idle.notify_all()

    def _lead(self, batch: list[_Waiting[Any]]) -> None:
        """Runs the batch; an empty one takes what waits."""
        try:
            if not batch:
                with self._mutex:
                    batch.extend(self._waiting.popleft() for _ in range(min(MOST, len(self._waiting))))
            self._run(batch)
        except BaseException as error:
            # nobody may be left hanging, whatever broke
            for one in batch:
                one.error = one.error or (error if isinstance(error, DatabaseError) else DatabaseError(Fault.OTHER))
            raise
        finally:
            self._end(batch)

    def _end(self, batch: list[_Waiting[Any]]) -> None:
        writes = 0
        for one in batch:
            one.is_done = True
            writes += not one.is_reading
        connection = self._connection
        is_due = self._is_care_due(writes) and connection is not None
        try:
            if is_due:
                self._wake(batch)
                assert connection is not None
                self._look_after(connection)
        finally:
            with self._mutex:
                # the next leader before those that have been served: the disk must not wait for them
                self._appoint()
            if not is_due:
                self._wake(batch)

    @staticmethod
    def _wake(batch: list[_Waiting[Any]]) -> None:
        for one in batch:
            if one.signal is not None:
                one.signal.release()

    def _look_after(self, connection: Connection) -> None:
        """What the commit does not wait for; its faults are not the batch's, which is on the disk."""
        try:
            self._take_care(connection)
        except DatabaseError:
            self._drop(connection)

    # -- one batch -----------------------------------------------------------------------------------------------

    def _run(self, batch: list[_Waiting[Any]]) -> None:
        writing = [one for one in batch if not one.is_reading]
        if writing:
            self._write(writing)
        if len(writing) < len(batch):
            for one in batch:
                if one.is_reading:
                    self._run_alone(one, self._read_one)

    def _write(self, writing: list[_Waiting[Any]]) -> None:
        try:
            self._commit(writing)
        except DatabaseError as error:
            self._write_again(writing, error)
        except Exception:  # noqa: BLE001 - one of them raised by itself: find out which, the others are innocent
            for one in writing:
                self._run_alone(one, lambda single: self._commit([single]))

    def _write_again(self, writing: list[_Waiting[Any]], error: DatabaseError) -> None:
        """After a fault of the disk: on a fresh connection, once."""
        is_full = error.fault is Fault.FULL
        if is_full:
            # what frees is tried again even if no room can be made: alone it wants less than the whole batch did
            if any(one.frees for one in writing):
                self._make_room(self._connection)
        elif error.fault not in (Fault.OTHER, Fault.CONSTRAINT):
            # the kernel may have dropped what could not be written: never believe this connection again
            self._reopen()
        for one in writing:
            if is_full and not one.frees:
                one.error = error
            else:
                self._run_alone(one, lambda single: self._commit([single]))

    def _run_alone(self, one: _Waiting[Any], run: Callable[[_Waiting[Any]], None]) -> None:
        try:
            run(one)
        except Exception as error:  # noqa: BLE001 - it belongs to the caller, who gets it
            one.error = error
            one.result = None

    def _read_one(self, one: _Waiting[Any]) -> None:
        assert one.operation is not None
        one.result = one.operation(self._usable())

    def _commit(self, writing: list[_Waiting[Any]]) -> None:
        connection = self._usable()
        bulk = writing[0].bulk
        arguments = [one.argument for one in writing if one.bulk is bulk]
        if bulk is not None and len(arguments) == len(writing) and bulk.is_one_statement(arguments):
            # what fails has been rolled back by SQLite: there is no transaction around it
            for one, result in zip(writing, bulk(connection, arguments), strict=True):
                one.result = result
        else:
            connection.execute("BEGIN IMMEDIATE")
            try:
                _perform(connection, writing)
                connection.execute("COMMIT")
            except BaseException:
                self._roll_back(connection)
                raise
        for one in writing:
            if one.then is not None:
                try:
                    one.then(one.result)
                except Exception as error:  # noqa: BLE001 - it is committed and must not be done again
                    one.error = error

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.execute("ROLLBACK")
        except DatabaseError as error:
            # OTHER: there is nothing to roll back any more, SQLite has done it; else the next batch begins on a fresh connection
            if error.fault is not Fault.OTHER:
                self._drop(connection)

    def _drop(self, connection: Connection) -> None:
        self._connection = None
        try:
            connection.close()
        except DatabaseError:
            return

    def _reopen(self) -> None:
        if self._connection is not None:
            self._drop(self._connection)
        self._connection = self._open_connection()

    def _usable(self) -> Connection:
        if self._connection is None:
            self._connection = self._open_connection()
        return self._connection


def _perform(connection: Connection, writing: list[_Waiting[Any]]) -> None:
    together: dict[int, tuple[Bulk[Any, Any], list[_Waiting[Any]]]] = {}
    for one in writing:
        if one.bulk is not None:
            together.setdefault(id(one.bulk), (one.bulk, []))[1].append(one)
        else:
            assert one.operation is not None
            one.result = one.operation(connection)
    for bulk, several in together.values():
        results = bulk(connection, [one.argument for one in several])
        for one, result in zip(several, results, strict=True):
            one.result = result
