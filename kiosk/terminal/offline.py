"""The terminal's way to its store: nothing here makes the screen wait, and every answer comes by a callback.

One worker thread makes the calls, one after the other. When a visit ends, its call at work is broken off, its waiting ones are
dropped, its room is given back and the files that no item has taken over are forgotten; what was put stays put. A store that is away
then is told as soon as it is back; and at the terminal's start, that of an earlier process no visit is under way.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol
from uuid import UUID

from kiosk.base.errors import Problem
from kiosk.session import effects
from kiosk.terminal.worker import Worker
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.client import Held
from offline_cache.process.protocol import Attached, ItemStanding, StoreStatus

EVERY_VISIT = ""
LOOK_EVERY_S = 3.0
"""How soon a store that is full, or has room again, is seen on the home page."""


class Store(Protocol):
    """What is asked of the store; `offline_cache.process.client.StoreClient` fulfils it."""

    def put_many(self, items: Sequence[NewItem], held: Held | None = None) -> tuple[Stored, ...] | Problem:
        """Durable when it returns places."""

    def reserve(self, rows: int, size: int) -> Held | Problem:
        """Room for a visit's worst case."""

    def release(self, held: Held) -> None:
        """Gives one reservation back."""

    def forget(self) -> None:
        """Gives back all that was reserved."""

    def attach(
        self,
        visit: str,
        media_type: str,
        purpose: str,
        content: Callable[[], Iterable[bytes]],
        held: Held | None = None,
    ) -> Attached | Problem:
        """Seals a file."""

    def visit_ended(self, visit: str) -> Problem | None:
        """Files that the visit gave to no item are removed; an empty `visit`: no visit is under way at all."""

    def state_of(self, idem: UUID) -> ItemStanding | Problem:
        """What became of an item."""

    def drop_attachment(self, attachment_id: UUID) -> bool | Problem:
        """Forgets a file that no item has taken over."""

    def state_of_slip(self, slip_number: str) -> ItemStanding | Problem:
        """What became of an item, by the number on its slip."""

    def status(self) -> StoreStatus | Problem:
        """Counts."""

    def abort(self) -> None:
        """The running call ends soon; from any thread."""

    def allow(self) -> None:
        """Ends the effect of `abort`."""

    def close(self) -> None:
        """Ends the connection."""


class Offline(Protocol):
    """What a visit may ask of the store. Every method returns at once; `answer` is called on another thread, once or, when the
    visit has ended before its turn came, never."""

    @property
    def problem(self) -> Problem | None:
        """Why nothing can be kept now: queueable steps are then shown as not possible, with this reason. None: they are."""

    def reserve(self, visit_id: str, rows: int, size: int, answer: Callable[[Problem | None], None]) -> None:
        """Room for the visit's worst case, before the citizen begins; None: it is promised until the visit ends."""

    def submit(
        self, visit_id: str, items: Sequence[NewItem], answer: Callable[[tuple[Stored, ...] | Problem], None]
    ) -> None:
        """All items or none; durable when places come. After ``store.away`` or ``store.slow`` submit the very same items again."""

    def attach(
        self,
        visit_id: str,
        media_type: str,
        purpose: str,
        content: bytes,
        answer: Callable[[Attached | Problem], None],
    ) -> None:
        """A scan or signature of the visit; its id goes into the item that is submitted later.

        `media_type` and `purpose` as in `offline_cache.attachments`.
        """

    def drop(self, visit_id: str, attachment_id: UUID) -> None:
        """The citizen took it back; no answer."""

    def ask_item(self, visit_id: str, idem: UUID, answer: Callable[[ItemStanding | Problem], None]) -> None:
        """What became of an item of this visit, by its key."""

    def ask_slip(self, visit_id: str, slip_number: str, answer: Callable[[ItemStanding | Problem], None]) -> None:
        """What became of what was handed in here."""


class OfflineDesk:
    """Fulfils `Offline`, and `kiosk.terminal.terminal.Hand` so that the wipe reaches it.

    Args:
        store: the client.
        on_change: hears, on any thread, that `problem` has changed.
        on_fault: hears of a mistake of ours in a call; the visit is then ended through the safe path.
        piece_bytes: of an attachment.
    """

    def __init__(
        self,
        store: Store,
        on_change: Callable[[Problem | None], None],
        on_fault: Callable[[], None],
        piece_bytes: int = 128 << 10,
    ) -> None:
        self._store = store
        self._on_change = on_change
        self._piece_bytes = piece_bytes
        self._store_problem: Problem | None = Problem("store.away")
        self._room_problem: Problem | None = None
        self._told: Problem | None = self._store_problem
        self._is_looking = False
        self._room_wanted: tuple[int, int] | None = None
        self._lock = threading.Lock()  # held for moments only
        self._telling = threading.Lock()  # news go out in the order in which they became true
        self._current = ""
        self._held: Held | None = None  # these two are the worker's
        self._attaching = ""
        self._ended = {EVERY_VISIT}  # what the store does not know yet
        self._worker = Worker("offline", on_fault)

    @property
    def problem(self) -> Problem | None:
        with self._lock:
            return self._store_problem or self._room_problem

    def store_changed(self, problem: Problem | None) -> None:
        """The supervisor's news; any thread."""
        with self._lock:
            self._store_problem = problem
        self._tell()
        if problem is None:
            self._worker.submit(self._tell_ended)
        self._look_again()

    def look_for_room(self, rows: int, size: int) -> None:
        """Whether a visit could be promised so much now: a refusal is told by `problem` before anybody begins, and so is its
        end. Asked for a moment only, in turn with the visits' calls; a visit that has its room is not disturbed. Any thread."""

        def call() -> None:
            self._is_looking = False
            with self._lock:
                is_served = self._store_problem is None
            if not is_served or self._held is not None:
                return
            held = self._store.reserve(rows, size)
            if isinstance(held, Problem):
                self._refused(held)
            else:
                self._store.release(held)
                self._room_changed(None)

        self._room_wanted = (rows, size)
        if not self._is_looking:
            self._is_looking = True
            self._worker.submit(call)

    def reserve(self, visit_id: str, rows: int, size: int, answer: Callable[[Problem | None], None]) -> None:
        def call() -> None:
            if self._held is None:
                held = self._store.reserve(rows, size)
                if isinstance(held, Problem):
                    self._refused(held)
                    answer(held)
                    return
                self._held = held
            answer(None)

        self._submit(visit_id, call)

    def submit(
        self, visit_id: str, items: Sequence[NewItem], answer: Callable[[tuple[Stored, ...] | Problem], None]
    ) -> None:
        def call() -> None:
            answer(self._store.put_many(items, self._held))

        self._submit(visit_id, call)

    def attach(
        self,
        visit_id: str,
        media_type: str,
        purpose: str,
        content: bytes,
        answer: Callable[[Attached | Problem], None],
    ) -> None:
        def pieces() -> Iterable[bytes]:
            for start in range(0, len(content), self._piece_bytes):
                yield content[start : start + self._piece_bytes]

        def call() -> None:
            self._attaching = visit_id
            answer(self._store.attach(visit_id, media_type, purpose, pieces, self._held))

        self._submit(visit_id, call)

    def drop(self, visit_id: str, attachment_id: UUID) -> None:
        def call() -> None:
            self._store.drop_attachment(attachment_id)  # what fails here is collected when the visit ends

        self._submit(visit_id, call)

    def ask_item(self, visit_id: str, idem: UUID, answer: Callable[[ItemStanding | Problem], None]) -> None:
        self._submit(visit_id, lambda: answer(self._store.state_of(idem)))

    def ask_slip(self, visit_id: str, slip_number: str, answer: Callable[[ItemStanding | Problem], None]) -> None:
        self._submit(visit_id, lambda: answer(self._store.state_of_slip(slip_number)))

    def ask_status(self, answer: Callable[[StoreStatus | Problem], None]) -> None:
        """Counts for staff, of no visit; how late the oldest is: `offline_cache.command.telling.days_late_of`."""
        self._worker.submit(lambda: answer(self._store.status()))

    # --- as a hand ----------------------------------------------------------------------------------------------------
    def run(self, _effect: effects.Effect) -> bool:
        """No effect is of this hand's kind: others use it."""
        return False

    def wipe(self, done: Callable[[], None]) -> None:
        self._end_visit()

        def forget() -> None:
            self._store.allow()
            self._forget()
            done()
            self._look_again()

        self._worker.submit(forget)

    def stop(self) -> None:
        self._end_visit()
        self._worker.stop()
        self._store.close()

    def _submit(self, visit_id: str, call: Callable[[], None]) -> None:
        def call_if_current() -> None:
            if self._is_current(visit_id):
                call()

        with self._lock:
            self._current = visit_id
        self._worker.submit(call_if_current)

    def _end_visit(self) -> None:
        with self._lock:
            self._current = ""
        self._store.abort()

    def _refused(self, problem: Problem) -> None:
        """A store that is away or slow says nothing of its room."""
        if problem.key not in ("store.away", "store.slow"):
            self._room_changed(problem)

    def _look_again(self) -> None:
        """As the watch asked last: the store is back, or a visit has ended."""
        if self._room_wanted is not None:
            self.look_for_room(*self._room_wanted)

    def _room_changed(self, problem: Problem | None) -> None:
        with self._lock:
            self._room_problem = problem
        self._tell()

    def _tell(self) -> None:
        with self._telling:
            problem = self.problem
            if problem != self._told:
                self._told = problem
                self._on_change(problem)

    def _is_current(self, visit_id: str) -> bool:
        with self._lock:
            return self._current == visit_id

    def _forget(self) -> None:
        """What the visit had open."""
        self._held = None
        self._store.forget()
        visit_id, self._attaching = self._attaching, ""
        if visit_id:
            self._ended.add(visit_id)
        self._tell_ended()

    def _tell_ended(self) -> None:
        with self._lock:
            is_served = self._store_problem is None
        for visit_id in sorted(self._ended) if is_served else ():
            if visit_id == EVERY_VISIT and self._attaching:
                continue  # a visit came before the news; its end will do
            if self._store.visit_ended(visit_id) is None:
                self._ended.discard(visit_id)


class RoomWatch:
    """Asks again and again whether the store has room for a visit, so that the home page says so before the first touch.

    Owns one thread; it ends before the desk that it asks.
    """

    def __init__(self, desk: OfflineDesk, rows: int, size: int, every_s: float = LOOK_EVERY_S) -> None:
        self._desk = desk
        self._rows = rows
        self._bytes = size
        self._every_s = every_s
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="room-watch", daemon=True)

    def start(self) -> None:
        """Looks at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends soon; a second call does nothing more."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join(1.0)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._desk.look_for_room(self._rows, self._bytes)
            self._ending.wait(self._every_s)
