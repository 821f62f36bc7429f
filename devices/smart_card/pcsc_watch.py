"""The own loop over PC/SC's reader states, rebuilt after a back-off whenever pcscd goes.

Source: PC/SC workgroup part 5 (SCardGetStatusChange); that pcscd's restart ends every context is known from practice and
measured. Policy: one thread with one context waits `WAIT_MS` at most for a change of any reader or of their number; a lost
service is told at once and asked for again after `first_back_off_s`, doubling to `longest_back_off_s`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from devices.smart_card import scard_calls
from devices.smart_card.scard_calls import PNP, STATE_MUTE, STATE_PRESENT, STATE_UNAWARE, ScardError

WAIT_MS = 2000
_CHANGED = 0x2
_STOP_S = 2.0


@dataclass(frozen=True)
class Slot:
    """What is known of the reader now.

    Attributes:
        is_service_up: whether pcscd answers.
        reader: its name, ``None`` while it is not there.
        is_present: a card is in it. `is_mute`: it does not answer to power. `atr`: empty without a card.
        changes: counts insertions and removals; another number means another card, even if one lies there again.
    """

    is_service_up: bool = False
    reader: str | None = None
    is_present: bool = False
    is_mute: bool = False
    atr: bytes = b""
    changes: int = 0


class ReaderWatch:
    """Watches one reader: the first whose name contains `wanted`. `slot` and `wait_for` from any thread.

    What else than PC/SC's own errors ends the thread is raised by them, so that the host ends too: the last word would stand for ever.
    """

    def __init__(self, wanted: str = "", first_back_off_s: float = 0.1, longest_back_off_s: float = 2.0) -> None:
        self._wanted = wanted
        self._first_back_off_s = first_back_off_s
        self._longest_back_off_s = longest_back_off_s
        self._slot = Slot()
        self._error: Exception | None = None
        self._has_looked = False
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._context: int | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Starts the thread; twice is allowed."""
        if self._thread is None:
            self._stopping.clear()
            self._has_looked, self._error = False, None
            self._thread = threading.Thread(target=self._run, name="pcsc-watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Ends the thread within two seconds; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._stopping.set()
        ends = time.monotonic() + _STOP_S
        while thread.is_alive() and time.monotonic() < ends:
            context = self._context
            if context is not None:
                scard_calls.cancel(context)  # lost when the wait has not begun yet: so again
            thread.join(0.02)

    @property
    def slot(self) -> Slot:
        """The present state; never a guess about a service that has gone."""
        return self._now()

    def wait_first(self, timeout_s: float) -> Slot:
        """Waits until the loop has looked once."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_looked, timeout_s)
            return self._now()

    def wait_for(self, wanted: Callable[[Slot], bool], timeout_s: float, give_up: Callable[[], bool]) -> Slot | None:
        """The first state that is wanted, ``None`` when the time is over or `give_up` says so (asked every 50 ms)."""
        ends = time.monotonic() + timeout_s
        with self._changed:
            while not wanted(self._now()):
                left = ends - time.monotonic()
                if left <= 0 or give_up():
                    return None
                self._changed.wait(min(left, 0.05))
            return self._slot

    def _now(self) -> Slot:
        if self._error is not None:
            raise self._error
        return self._slot

    # -- the thread ----------------------------------------------------------------------------------------------

    def _tell(self, slot: Slot) -> None:
        with self._changed:
            self._has_looked = True
            self._slot = slot
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            self._watch()
        except Exception as error:  # noqa: BLE001 - raised again on the driver's thread
            self._error = error
            self._tell(Slot())

    def _watch(self) -> None:
        back_off_s = self._first_back_off_s
        while not self._stopping.is_set():
            try:
                context = scard_calls.establish_context()
            except ScardError:
                self._tell(Slot(changes=self._slot.changes + 1))
                self._stopping.wait(back_off_s)
                back_off_s = min(back_off_s * 2, self._longest_back_off_s)
                continue
            self._context = context
            try:
                self._follow(context)
                back_off_s = self._first_back_off_s
            except ScardError:
                self._tell(Slot(changes=self._slot.changes + 1))
                self._stopping.wait(back_off_s)
            finally:
                self._context = None
                scard_calls.release_context(context)

    def _follow(self, context: int) -> None:
        flags: dict[str, int] = {}
        while not self._stopping.is_set():
            names = scard_calls.list_readers(context)
            flags = {name: flags.get(name, STATE_UNAWARE) for name in [*names, PNP]}
            states = scard_calls.wait_for_change(context, list(flags.items()), WAIT_MS)
            flags = {state.name: state.flags & ~_CHANGED for state in states}
            self._tell(self._look(states))

    def _look(self, states: list[scard_calls.ReaderState]) -> Slot:
        before = self._slot
        for state in states:
            if state.name != PNP and self._wanted in state.name:
                is_present = bool(state.flags & STATE_PRESENT)
                # pcsc-lite counts a slot's events in the upper half of the flags
                events = state.flags >> 16
                slot = Slot(True, state.name, is_present, bool(state.flags & STATE_MUTE), state.atr, events)
                return slot if slot != before else before
        return Slot(is_service_up=True, changes=before.changes)
