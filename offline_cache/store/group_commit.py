"""Group commit: however many threads wait, one of them writes for all of them in one transaction.

The first that comes leads: it takes what waits, at most `MOST`, runs it in one transaction and wakes the others after
COMMIT. With one thread there is no hop between threads; with eight most puts share a flush of the disk. An operation
must be idempotent: after a fault of the disk the file is opened anew and the whole batch is done once more, since nobody
knows whether the commit came through. An operation that raises by itself fails alone.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from offline_cache.store.connection import Connection, DatabaseError, Fault

MOST = 256
Result = TypeVar("Result")
Operation = Callable[[Connection], Result]


class _Waiting(Generic[Result]):
    """One operation with its end; `signal` is released once: when it has ended, or when it is to lead."""

    __slots__ = ("error", "frees", "is_done", "is_reading", "operation", "result", "signal")

    def __init__(self, operation: Operation[Result], *, is_reading: bool, frees: bool = False) -> None:
        self.operation = operation
        self.is_reading = is_reading
        self.frees = frees
        self.is_done = False
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.signal = threading.Lock()
        self.signal.acquire()

    def end(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]


class GroupCommit:
    """Owns the connection; every method may be called from any thread and blocks until its operation has ended.

    Args:
        open_connection: opens and configures the file and puts what its log holds on the disk: what a process that was
            killed, or a flush that failed, had left in the log may be readable without being durable.
        make_room: called when the disk is full and something waits that frees; returns whether there is more room now.
        after_batch: called by the leader after a commit, when its callers have been told; a fault costs the connection only.
    """

    def __init__(
        self,
        open_connection: Callable[[], Connection],
        make_room: Callable[[], bool] = lambda: False,
        after_batch: Callable[[Connection], None] = lambda _: None,
    ) -> None:
        self._open_connection = open_connection
        self._make_room = make_room
        self._after_batch = after_batch
        self._connection: Connection | None = open_connection()
        self._mutex = threading.Lock()
        self._idle = threading.Condition(self._mutex)
        self._waiting: deque[_Waiting[Any]] = deque()
        self._is_led = False
        self._is_closed = False

    def write(self, operation: Operation[Result], *, frees: bool = False) -> Result:
        """Runs it within a transaction; returns after the commit is on the disk.

        Args:
            frees: it makes the store smaller, so on a full disk room is made for it.

        Raises:
            DatabaseError: FULL or IO, also after the second try: it may or may not have taken effect, whole.
            whatever the operation raised: then it took no effect.
        """
        return self._do(_Waiting(operation, is_reading=False, frees=frees))

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
            self._waiting.append(waiting)
            is_led, self._is_led = self._is_led, True
        if is_led:
            # one signal for each thread, not one for all: waking those that need not run costs more than the commit
            waiting.signal.acquire()
            if waiting.is_done:
                return waiting.end()
        try:
            self._lead()
        finally:
            self._hand_over()
        return waiting.end()

    def _hand_over(self) -> None:
        """The first that waits leads next."""
        with self._mutex:
            if self._waiting:
                self._waiting[0].signal.release()
            else:
                self._is_led = False
                self._idle.notify_all()

    def _lead(self) -> None:
        with self._mutex:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._run(batch)
        except BaseException as error:
            # nobody may be left hanging, whatever broke
            for one in batch:
                one.error = one.error or (error if isinstance(error, DatabaseError) else DatabaseError(Fault.OTHER))
            raise
        finally:
            for one in batch:
                one.is_done = True
                one.signal.release()
        if self._connection is not None and any(not one.is_reading for one in batch):
            self._look_after(self._connection)

    def _look_after(self, connection: Connection) -> None:
        """What the commit does not wait for; its faults are not the batch's, which is on the disk."""
        try:
            self._after_batch(connection)
        except DatabaseError:
            self._drop(connection)

    # -- one batch -----------------------------------------------------------------------------------------------

    def _run(self, batch: list[_Waiting[Any]]) -> None:
        writing = [one for one in batch if not one.is_reading]
        if writing:
            self._write(writing)
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
        if error.fault is Fault.FULL:
            if not (any(one.frees for one in writing) and self._make_room()):
                for one in writing:
                    one.error = error
                return
        elif error.fault is not Fault.OTHER:
            # the kernel may have dropped what could not be written: never believe this connection again
            self._reopen()
        # what frees goes first: the room that was made is for it
        for one in sorted(writing, key=lambda one: not one.frees):
            if error.fault is Fault.FULL and not one.frees:
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
        one.result = one.operation(self._usable())

    def _commit(self, writing: list[_Waiting[Any]]) -> None:
        connection = self._usable()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for one in writing:
                one.result = one.operation(connection)
            connection.execute("COMMIT")
        except BaseException:
            self._roll_back(connection)
            raise

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.execute("ROLLBACK")
        except DatabaseError:
            # SQLite has already rolled back, or cannot: the next batch begins on a fresh connection
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
