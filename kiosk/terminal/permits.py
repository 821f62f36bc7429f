"""The permit rewriter with its ledger in the store's journal: what a crash left open is brought to its end before another card.

Every step of a card is on the disk, in the journal, before it is begun (`JournalLedger`). When the terminal starts, and both the machine
and the store answer, the open job is recovered once: a card that is whole and verified, or as it came, is given out; any other stays
inside for staff. How it ended is in the journal, which tells the platform. No new card is taken in before (`problem`).
"""

import threading
import uuid
from collections.abc import Callable
from typing import Protocol

from devices.outcomes import Commands
from devices.permit_rewriter.outcomes import Ejected, Held, NoJob, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.terminal.endorsement_journal import Cases, JournalLedger
from kiosk.terminal.log_events import log
from kiosk.terminal.worker import report_fault

AGAIN_S = 10.0
STOP_S = 2.0
NOT_LOOKED_AT = Problem("rewriter.not_recovered")
"""Nobody has looked yet whether a card is inside from before."""
_UNREACHABLE = frozenset({DeviceState.STARTING, DeviceState.NO_DEVICE, DeviceState.POWER_OFF, DeviceState.OFFLINE})
_STATES = frozenset(DeviceState) - _UNREACHABLE


class JournalLine(Cases, Protocol):
    """The way to the journal, which `offline_cache.process.client.StoreClient` is."""

    def close(self) -> None:
        """A call at work returns soon; any thread."""


class PermitDesk:
    """Owns one thread, from `start` to `stop`.

    Args:
        journal: a line of its own: a visit's end breaks off calls of the visit's line.
        again_s: after a recovery that could not be tried.

    Attributes:
        rewriter: for the flows.
        ledger: to be given with each of its actions.
    """

    def __init__(
        self,
        supervisor: Commands,
        journal: JournalLine,
        rewriter: PermitRewriter | None = None,
        again_s: float = AGAIN_S,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self.rewriter = rewriter or PermitRewriter(supervisor)
        self.ledger = JournalLedger(journal)
        self._journal = journal
        self._again_s = again_s
        self._new_id = new_id
        self._change = threading.Condition()
        self._state = DeviceState.STARTING
        self._has_store = False
        self._changes = 0
        self._is_stopping = False
        self._problem: Problem | None = NOT_LOOKED_AT
        self._thread = threading.Thread(target=self._run, name="permit-recovery", daemon=True)

    @property
    def problem(self) -> Problem | None:
        """Why no card may be taken in; None when one may. Any thread."""
        return self._problem

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds, twice two if a step is under way; that stays open in the journal. Twice is allowed."""
        with self._change:
            self._is_stopping = True
            self._change.notify_all()
        self._journal.close()
        self.rewriter.close()
        if self._thread.ident is not None:
            self._thread.join(STOP_S)

    def device_changed(self, device: DeviceClass, status: DeviceStatus) -> None:
        """News of any device; any thread."""
        if device is DeviceClass.PERMIT_REWRITER:
            with self._change:
                self._state = status.state
                self._changes += 1
                self._change.notify_all()

    def store_changed(self, problem: Problem | None) -> None:
        """The store can be used from now on (None), or not; any thread."""
        with self._change:
            self._has_store = problem is None
            self._changes += 1
            self._change.notify_all()

    # -- on its thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while self._wait_until_both_answer():
                if self._recover():
                    return
                self._wait_for_a_change()
        except Exception:  # noqa: BLE001 - a mistake of ours: no card is taken in, and the log tells why
            report_fault()

    def _wait_until_both_answer(self) -> bool:
        with self._change:
            self._change.wait_for(lambda: self._is_stopping or (self._has_store and self._state in _STATES))
            return not self._is_stopping

    def _wait_for_a_change(self) -> None:
        with self._change:
            seen = self._changes
            self._change.wait_for(lambda: self._is_stopping or self._changes != seen, self._again_s)

    def _recover(self) -> bool:
        """Whether that is settled: nothing was open, the card is out, or it is held."""
        outcome = self._asked(lambda heard: self.rewriter.recover(self._new_id(), self.ledger, heard))
        if isinstance(outcome, Verified):
            outcome = self._asked(lambda heard: self.rewriter.eject(self._new_id(), self.ledger, heard))
        if isinstance(outcome, NoJob):
            self._problem = None
        elif isinstance(outcome, Ejected):
            log.event("permit_given_out", is_rewritten=outcome.is_rewritten)
            self._problem = None
        elif isinstance(outcome, Held):
            log.event("permit_held", reason=outcome.problem.key)
            self._problem = outcome.problem
        elif isinstance(outcome, Problem):
            log.event("permit_not_recovered", reason=outcome.key)
            return False
        return outcome is not None

    def _asked(self, ask: Callable[[Callable[[object], None]], None]) -> object:
        """The outcome; None when we are to stop first."""
        found: list[object] = []

        def hear(outcome: object) -> None:
            with self._change:
                found.append(outcome)
                self._change.notify_all()

        ask(hear)
        with self._change:
            self._change.wait_for(lambda: self._is_stopping or bool(found))
            return found[0] if found else None
