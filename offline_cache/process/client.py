"""The store as its clients see it: typed calls that survive a restart of the store.

Policy. Every call has a deadline for all of it. When the connection breaks or the store does not answer, the connection is
made anew and the request is repeated until the deadline: a put carries its items' own keys, so that a repeat is the first
put's place, never a second item. Reservations end with a connection in the store unless the client's next one takes them
over; the client asks for its own again all the same, since the store may be another process by then.
"""

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process import frames, rows
from offline_cache.process import protocol as wire

DEADLINE_S = 10.0
ANSWER_S = 4.0
"""How long one attempt may take; a store that hangs is killed and started anew within the rest."""
AGAIN_S = (0.0, 0.02, 0.05)
AWAY = Problem("store.away")
SLOW = Problem("store.slow")
Answer = TypeVar("Answer", bound=wire.Reply)
Part = TypeVar("Part")


class _RefusedError(Exception):
    """The store will not serve this client; trying again does not help."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


class Held:
    """Room that is promised to a visit; give it to `StoreClient.put` and, at the visit's end, to `StoreClient.release`."""

    def __init__(self, number: int, rows: int, size: int) -> None:
        self.number = number
        self.rows = rows
        self.bytes = size


class StoreClient:
    """Talks to the store that serves `folder`.

    Threads: any; calls are made one after the other, so a call waits for the one before it. Nothing raises for what the
    store or the machine does: every failure is a `Problem`.

    Args:
        folder: the store's.
        deadline_s: for a whole call unless the call says otherwise.
        answer_s: for one attempt of it.
        sleep: between attempts.
    """

    def __init__(
        self,
        folder: Path,
        deadline_s: float = DEADLINE_S,
        answer_s: float = ANSWER_S,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._folder = folder
        self._deadline_s = deadline_s
        self._answer_s = answer_s
        self._sleep = sleep
        self._lock = threading.Lock()
        self._end: socket.socket | None = None
        self._number = 0
        self._name = secrets.token_hex(16)
        self._held: dict[int, Held] = {}
        self._held_number = 0
        self._is_closed = False
        self._is_aborted = False

    # --- what may be asked --------------------------------------------------------------------------------------------
    def hello(self, deadline_s: float = 1.0) -> wire.Welcome | Problem:
        """Who serves."""
        return self.ask(self._hello, wire.Welcome, deadline_s)

    def ping(self, deadline_s: float = 1.0) -> wire.Alive | Problem:
        """Whether it lives, and how long its oldest request has been at work."""
        return self.ask(wire.Ping, wire.Alive, deadline_s)

    def put(self, item: NewItem, held: Held | None = None, deadline_s: float | None = None) -> Stored | Problem:
        """Durable when it returns a place. After ``store.away`` or ``store.slow`` nobody knows: ask again with the same item."""
        places = self.put_many([item], held, deadline_s)
        return places if isinstance(places, Problem) else places[0]

    def put_many(
        self, items: Sequence[NewItem], held: Held | None = None, deadline_s: float | None = None
    ) -> tuple[Stored, ...] | Problem:
        """All or none; see `put`."""
        all_items, reservation = tuple(items), held.number if held is not None else None
        answer = self.ask(lambda number: wire.Put(number, all_items, reservation), wire.Kept, deadline_s)
        if isinstance(answer, Problem):
            return answer
        return answer.places if len(answer.places) == len(all_items) else AWAY

    def reserve(self, rows: int, size: int, deadline_s: float = 2.0) -> Held | Problem:
        """Room for a visit's worst case, asked before the citizen begins."""
        with self._lock:
            self._held_number += 1
            held = Held(self._held_number, rows, size)
        answer = self.ask(lambda number: wire.Reserve(number, held.number, rows, size), wire.Done, deadline_s)
        if isinstance(answer, Problem):
            return answer
        with self._lock:
            self._held[held.number] = held
        return held

    def release(self, held: Held, deadline_s: float = 2.0) -> None:
        """Gives back what was not used; twice is allowed. When the store is away it has forgotten anyway."""
        with self._lock:
            if self._held.pop(held.number, None) is None:
                return
        self.ask(lambda number: wire.Release(number, held.number), wire.Done, deadline_s)

    def attach(
        self,
        visit: str,
        media_type: str,
        purpose: str,
        content: Callable[[], Iterable[bytes]],
        held: Held | None = None,
        deadline_s: float = 60.0,
    ) -> wire.Attached | Problem:
        """Seals a file for a visit under way; durable when it returns.

        Args:
            visit: a random name, the same for all files of a visit.
            purpose: see `offline_cache.attachments`.
            content: gives the pieces from the beginning, each at most `protocol.CHUNK_BYTES`; asked again after a restart.
        """
        deadline = time.monotonic() + deadline_s
        reservation = held.number if held is not None else None

        def begin(number: int) -> wire.Request:
            return wire.AttachBegin(number, visit, media_type, purpose, reservation)

        while True:
            answer = self._attach_once(begin, content, deadline)
            if answer not in (AWAY, SLOW) or self._is_closed or self._is_aborted or time.monotonic() >= deadline:
                return answer

    def drop_attachment(self, attachment_id: UUID, deadline_s: float = 1.0) -> bool | Problem:
        """The citizen took a file back before its item was put; whether there was one."""
        return _found(self.ask(lambda number: wire.AttachDrop(number, attachment_id), wire.Done, deadline_s))

    def visit_ended(self, visit: str, deadline_s: float = 1.0) -> Problem | None:
        """Files that the visit gave to no item are removed; an empty `visit`: no visit is under way at all."""
        return _done(self.ask(lambda number: wire.VisitEnded(number, visit), wire.Done, deadline_s))

    def state_of(self, idem: UUID, deadline_s: float = 2.0) -> wire.ItemStanding | Problem:
        """What became of an item; `state` "" for one that this store has never had."""
        return self.ask(lambda number: wire.StateOf(number, idem=idem), wire.ItemStanding, deadline_s)

    def state_of_slip(self, slip_number: str, deadline_s: float = 2.0) -> wire.ItemStanding | Problem:
        """The same by the number on the citizen's slip."""
        return self.ask(lambda number: wire.StateOf(number, slip_number=slip_number), wire.ItemStanding, deadline_s)

    def status(self, deadline_s: float = 2.0) -> wire.StoreStatus | Problem:
        """Counts."""
        return self.ask(wire.Status, wire.StoreStatus, deadline_s)

    def journal_open_case(self, case_id: UUID, kind: str, details: bytes = b"") -> Problem | None:
        """A new case of money or a card; this and what follows as in `offline_cache.journal`, durable when it returns None."""
        return _done(self.ask(lambda number: wire.JournalOpenCase(number, case_id, kind, details), wire.Done))

    def journal_begin(
        self, case_id: UUID, position: int, step: str, details: bytes = b"", *, supersedes: bool = False
    ) -> Problem | None:
        """A step is about to be done. A repeat is the same step."""

        def make(number: int) -> wire.Request:
            return wire.JournalBegin(number, case_id, position, step, details, supersedes)

        return _done(self.ask(make, wire.Done))

    def journal_ended(self, case_id: UUID, position: int, outcome: str, details: bytes | None = None) -> Problem | None:
        """How the step ended."""
        return _done(self.ask(lambda number: wire.JournalEnded(number, case_id, position, outcome, details), wire.Done))

    def journal_close(self, case_id: UUID, end: str) -> Problem | None:
        """The case is over."""
        return _done(self.ask(lambda number: wire.JournalClose(number, case_id, end), wire.Done))

    def journal_open_cases(self) -> tuple[rows.OpenCase, ...] | Problem:
        """Every case that is not closed, with what must be done first."""
        answer = self.ask(wire.JournalOpenCases, wire.Cases)
        return answer if isinstance(answer, Problem) else answer.cases

    def journal_entries(self, case_id: UUID) -> tuple[rows.Entry, ...] | Problem:
        """All records of a case, in their order."""
        answer = self.ask(lambda number: wire.JournalEntries(number, case_id), wire.Entries)
        return answer if isinstance(answer, Problem) else answer.entries

    def abort(self) -> None:
        """The call at work, and all further ones until `allow`, return ``store.away`` soon; nobody knows what it did. Any thread."""
        self._is_aborted = True
        end = self._end
        if end is not None:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def allow(self) -> None:
        """Ends the effect of `abort`."""
        self._is_aborted = False

    def forget(self) -> None:
        """Ends the connection and, in the store, with it all that was reserved; the next call makes another."""
        with self._lock:
            self._held.clear()
            self._drop()

    def close(self) -> None:
        """Ends the connection; a call at work returns ``store.away`` soon. Any thread."""
        self._is_closed = True
        self.abort()
        if self._lock.acquire(timeout=1.0):
            self._drop()
            self._lock.release()

    # --- inside -------------------------------------------------------------------------------------------------------
    def ask(
        self, make: Callable[[int], wire.Request], kind: type[Answer], deadline_s: float | None = None
    ) -> Answer | Problem:
        """Any request: `make` gets its number, `kind` is the reply that belongs to it."""
        deadline = time.monotonic() + (self._deadline_s if deadline_s is None else deadline_s)
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            return SLOW
        try:
            return self._until(deadline, make, kind)
        finally:
            self._lock.release()

    def _until(self, deadline: float, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        attempt, problem = 0, AWAY
        while not (self._is_closed or self._is_aborted):
            try:
                return self._once(deadline, make, kind)
            except _RefusedError as error:
                return error.problem
            except TimeoutError:
                problem = SLOW
            except wire.WireError:
                # of `encode`, since what comes in is told apart in `_exchange`
                return Problem("store.request_too_large")
            except OSError:
                problem = AWAY
            self._drop()
            wait = AGAIN_S[min(attempt, len(AGAIN_S) - 1)]
            attempt += 1
            if time.monotonic() + wait >= deadline:
                return problem
            self._sleep(wait)
        return AWAY

    def _once(self, deadline: float, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        until = min(deadline, time.monotonic() + self._answer_s)
        end = self._end if self._end is not None else self._connect(until)
        return self._exchange(end, until, make, kind)

    def _exchange(
        self, end: socket.socket, until: float, make: Callable[[int], wire.Request], kind: type[Answer]
    ) -> Answer | Problem:
        self._number += 1
        frames.send(end, make(self._number), until)
        try:
            body = frames.receive(end, until, self._answer_s)
        except wire.WireError:
            raise ConnectionError from None
        if body is None:
            raise ConnectionError
        try:
            reply = wire.decode_reply(body)
        except wire.WireError:
            raise ConnectionError from None
        finally:
            body[:] = bytes(len(body))
        if reply.number != self._number:
            raise ConnectionError
        if isinstance(reply, wire.Failed):
            return Problem(reply.key, dict(reply.placeholders))
        if not isinstance(reply, kind):
            raise ConnectionError
        return reply

    def _connect(self, until: float) -> socket.socket:
        end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            end.settimeout(max(0.001, until - time.monotonic()))
            with frames.address_in(self._folder) as address:
                end.connect(address)
            welcome = self._exchange(end, until, self._hello, wire.Welcome)
            if isinstance(welcome, Problem):
                raise _RefusedError(welcome)
            for held in self._held.values():
                # refused: others have taken the room meanwhile; the put then asks for its own
                self._exchange(end, until, _reserve_again(held), wire.Done)
        except BaseException:
            end.close()
            raise
        self._end = end
        return end

    def _hello(self, number: int) -> wire.Hello:
        return wire.Hello(number, wire.VERSION, self._name)

    def _drop(self) -> None:
        if self._end is not None:
            self._end.close()
            self._end = None

    def _attach_once(
        self, begin: Callable[[int], wire.Request], content: Callable[[], Iterable[bytes]], deadline: float
    ) -> wire.Attached | Problem:
        """``store.away`` or ``store.slow``: the connection broke in the middle; a file begins again on another."""
        if not self._lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
            return SLOW
        try:
            told: wire.Reply | Problem = self._until(deadline, begin, wire.Done)
            for piece in content():
                if isinstance(told, Problem):
                    return told
                told = self._piece(deadline, _with(wire.AttachAppend, piece), wire.Done)
            return told if isinstance(told, Problem) else self._piece(deadline, wire.AttachFinish, wire.Attached)
        finally:
            self._lock.release()

    def _piece(self, deadline: float, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        """One attempt only: a piece means nothing on another connection."""
        if self._end is None or time.monotonic() >= deadline:
            return SLOW
        try:
            return self._exchange(self._end, min(deadline, time.monotonic() + self._answer_s), make, kind)
        except (OSError, wire.WireError) as error:
            self._drop()
            return SLOW if isinstance(error, TimeoutError) else AWAY


def _with(make: Callable[[int, Part], wire.Request], value: Part) -> Callable[[int], wire.Request]:
    return lambda number: make(number, value)


def _reserve_again(held: Held) -> Callable[[int], wire.Request]:
    return lambda number: wire.Reserve(number, held.number, held.rows, held.bytes)


def _done(answer: wire.Done | Problem) -> Problem | None:
    return answer if isinstance(answer, Problem) else None


def _found(answer: wire.Done | Problem) -> bool | Problem:
    return answer if isinstance(answer, Problem) else answer.found
