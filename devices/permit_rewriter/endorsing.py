"""One action on a card that is inside, step by step: look, judge, record, command, record, look again. Blocks its thread."""

import threading
import time
from collections.abc import Callable

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Commands
from devices.permit_rewriter import types
from devices.permit_rewriter.ledger import (
    History,
    JobEnd,
    Opened,
    Step,
    StepLedger,
    StepOutcome,
    history_of,
    opened,
    seal_back,
    seal_chip,
)
from devices.permit_rewriter.outcomes import (
    Cancelled,
    Ejected,
    Endorsement,
    Held,
    Released,
    Retained,
    RewriterEvent,
    StepBegun,
    StepEnded,
    Verified,
)
from devices.permit_rewriter.rewrite_steps import (
    INSIDE,
    NOTHING_SEEN,
    OUTSIDE,
    BackSeen,
    ChipSeen,
    EjectUntouched,
    Evidence,
    Finished,
    Go,
    Hold,
    evidence_of,
    judge,
)
from devices.permit_rewriter.types import CardSeen, ChipIO, EraseMedia, Move, Place, PrintRaw, ReadCard
from devices.status import CompletionCode, DeviceClass, Media
from kiosk.base.errors import Problem

_DEVICE = DeviceClass.PERMIT_REWRITER
_GRACE_S = 15.0
"""Beyond a command's time-out the supervisor completes it (its `hold_s` and `grace_s`); this only bounds a mistake."""


class RewriteTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The deadlines of one endorsement, in seconds; replaceable in tests. A Shenzhen machine takes 40 s in all."""

    look: float = 15.0
    erase: float = 45.0
    chip_write: float = 45.0
    print: float = 60.0
    verify: float = 30.0
    move: float = 30.0
    back: float = 30.0  # for a device that fell silent to tell again what is inside
    retry: float = 0.3


class StoppedError(Exception):
    """The terminal ends; the ledger keeps what was begun."""


class Endorsing:
    """The work on one card. `run` methods block; `cancel` and `stop` may be called from any thread.

    Args:
        action_id: the commands to the device get ids that begin with it.
        redoes: see `rewrite_steps.judge`.
    """

    def __init__(
        self,
        supervisor: Commands,
        action_id: str,
        ledger: StepLedger,
        times: RewriteTimes,
        on_event: Callable[[RewriterEvent], None],
        redoes: int,
    ) -> None:
        self._supervisor = supervisor
        self.action_id = action_id
        self._ledger = ledger
        self._times = times
        self._on_event = on_event
        self._redoes = redoes
        self._asked = 0
        self._running: str | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._is_committed = False
        self._has_worked = False

    # -- any thread ----------------------------------------------------------------------------------------------

    def cancel(self) -> bool:
        """Gives up unless something was begun already; returns whether it will."""
        with self._lock:
            if not self._is_committed:
                self._is_cancelled = True
            return self._is_cancelled

    def stop(self) -> None:
        """Makes the thread come back soon; what was begun stays open in the ledger."""
        self._stopping.set()
        running = self._running
        if running is not None:
            self._supervisor.cancel(_DEVICE, running)

    # -- the actions ---------------------------------------------------------------------------------------------

    def rewrite(self, wish: Endorsement, salt: str) -> Verified | Ejected | Held | Cancelled | Problem:
        """A new job on the card that is inside, as far as verified."""
        if not wish.raster.is_whole() or len(wish.chip) > types.MOST_CHIP_BYTES:
            return Problem("rewriter.data_too_large")
        history = history_of(self._ledger.records())
        if history is not None and history.end is None:
            return Problem("rewriter.job_open")
        seen = self._look()
        complaint = _complaint(seen, wish)
        if complaint is not None:
            return complaint
        assert seen is not None
        if self._is_cancelled:
            return Cancelled()
        self._ledger.open(opened(wish.job_id, salt, seen, wish.chip, wish.raster.digest()))
        return self._drive(wish, seen, goes_out=False)

    def recover(self, wish: Endorsement | None) -> Verified | Ejected | Held | Cancelled | Problem | None:
        """Brings the job that the ledger has open to an end; ``None`` when there is none.

        Without `wish` nothing is erased, written or printed any more.
        """
        self._is_committed = True
        history = history_of(self._ledger.records())
        if history is None or history.end is not None:
            return None
        if wish is not None and not _is_of(history.job, wish):
            return Problem("rewriter.other_job")
        return self._drive(wish, self._look(), goes_out=False)

    def eject(self) -> Ejected | Held | Problem:
        """Gives the card out if it is whole and verified, or as it came."""
        self._is_committed = True
        history = history_of(self._ledger.records())
        if history is None or history.end is not None:
            completion = self._ask(types.MOVE, Move(Place.EXIT), self._times.move)
            return Ejected(False) if _is_done(completion) else _problem_of(completion)
        outcome = self._drive(None, self._look(), goes_out=True)
        assert isinstance(outcome, Ejected | Held | Problem)
        return outcome

    def clear(self, to: Place) -> Retained | Released | Problem:
        """Brings the card out of the way, whatever it is: into the bin, or out to staff."""
        self._is_committed = True
        completion = self._ask(types.MOVE, Move(to), self._times.move)
        is_gone = not _is_done(completion) and self._is_seen_gone(completion)
        if not _is_done(completion) and not is_gone:
            return _problem_of(completion)
        history = history_of(self._ledger.records())
        if history is not None and history.end is None:
            end = JobEnd.RETAINED if to is Place.RETAIN else JobEnd.RELEASED
            self._ledger.closed(JobEnd.TAKEN if is_gone else end)
        if is_gone:
            return _problem_of(completion)
        return Retained() if to is Place.RETAIN else Released()

    def _is_seen_gone(self, completion: Completion) -> bool:
        """Whether a move failed because no card is inside any more; a jammed one cannot be moved either, and is not gone."""
        if completion.reason != "rewriter.card_not_found":
            return False
        seen = self._look()
        return seen is not None and seen.media in OUTSIDE

    # -- step by step --------------------------------------------------------------------------------------------

    def _drive(
        self, wish: Endorsement | None, seen: CardSeen | None, *, goes_out: bool
    ) -> Verified | Ejected | Held | Cancelled | Problem:
        why: str | None = None
        while True:
            history = history_of(self._ledger.records())
            assert history is not None
            evidence = evidence_of(history.job, seen) if seen is not None else NOTHING_SEEN
            decision = judge(history, evidence, may_work=wish is not None, redoes=self._redoes)
            if isinstance(decision, Hold):
                return self._hold(history, decision.reason)
            if isinstance(decision, Finished):
                if history.end is None:
                    self._ledger.closed(JobEnd.TAKEN if history.last is None else JobEnd.EJECTED)
                problem = None if decision.is_rewritten else Problem(why or "rewriter.interrupted")
                return Ejected(decision.is_rewritten, problem)
            if isinstance(decision, EjectUntouched):
                why = decision.reason
                decision = Go(Step.EJECT)
            elif decision.step is Step.EJECT and not goes_out and history.last is Step.VERIFY:
                return Verified(history.job.job_id)
            if not self._commit():
                return Cancelled()
            outcome = self._carry_out(decision.step, wish, history)
            if decision.step is Step.VERIFY and outcome is StepOutcome.DONE and not goes_out:
                return Verified(history.job.job_id)
            seen = self._look()

    def _commit(self) -> bool:
        with self._lock:
            self._is_committed = not self._is_cancelled
            return self._is_committed

    def _carry_out(self, step: Step, wish: Endorsement | None, history: History) -> StepOutcome:
        self._ledger.begin(step, history.job.card_token)
        self._has_worked = True
        self._on_event(StepBegun(step))
        outcome = self._verify(history) if step is Step.VERIFY else self._command(step, wish)
        if self._stopping.is_set():
            raise StoppedError
        self._ledger.ended(step, outcome)
        self._on_event(StepEnded(step, outcome))
        return outcome

    def _command(self, step: Step, wish: Endorsement | None) -> StepOutcome:
        times = self._times
        if step is Step.EJECT:
            completion = self._ask(types.MOVE, Move(Place.EXIT), times.move)
        else:
            assert wish is not None  # `judge` gives no work without it
            if step is Step.ERASE:
                completion = self._ask(types.ERASE, EraseMedia(wish.chip_id), times.erase)
            elif step is Step.CHIP_WRITE:
                completion = self._ask(types.CHIP_IO, ChipIO(wish.chip_id, wish.chip), times.chip_write)
            else:
                completion = self._ask(types.PRINT, PrintRaw(wish.chip_id, wish.raster), times.print)
        if _is_done(completion):
            return StepOutcome.DONE
        return StepOutcome.UNKNOWN if completion.reason in _NOTHING_SAID else StepOutcome.FAILED

    def _verify(self, history: History) -> StepOutcome:
        completion = self._ask(types.READ, ReadCard(fresh=True), self._times.verify)
        seen = _seen_of(completion)
        if seen is None:
            return StepOutcome.UNKNOWN
        evidence = evidence_of(history.job, seen)
        whole = Evidence(seen.media, False, ChipSeen.AFTER, BackSeen.NEW)
        return StepOutcome.DONE if evidence == whole and seen.media in INSIDE else StepOutcome.FAILED

    def _hold(self, history: History, reason: str) -> Held:
        if history.held is None:
            self._ledger.held(reason)
        self._keep_inside(reason)
        return Held(Problem(reason))

    def unrecorded(self, problem: Problem) -> Held | Problem:
        """The ledger failed: a card on which nothing was begun is as it came, any other is held."""
        if not self._has_worked:
            return problem
        self._keep_inside(problem.key)
        return Held(problem)

    def _keep_inside(self, reason: str) -> None:
        """Makes the device's status say why the card stays; what a device that is gone cannot say, the ledger says."""
        self._ask(types.MOVE, Move(Place.TRANSPORT, reason), self._times.look)

    # -- the device ----------------------------------------------------------------------------------------------

    def _look(self) -> CardSeen | None:
        """What is inside; asked until the device answers, at most `back`. A half answer is asked for once more."""
        ends = time.monotonic() + self._times.back
        is_second = False
        while True:
            seen = _seen_of(self._ask(types.READ, ReadCard(fresh=is_second), self._times.look))
            if seen is not None:
                is_half = seen.media in INSIDE and (seen.chip is None or seen.back is None)
                if not is_half or is_second:
                    return seen
                is_second = True
            elif time.monotonic() >= ends:
                return None
            elif self._stopping.wait(self._times.retry):
                raise StoppedError

    def _ask(self, name: str, payload: msgspec.Struct, timeout_s: float) -> Completion:
        """Gives one command and waits for its completion, which the supervisor promises also when the host is lost."""
        if self._stopping.is_set():
            raise StoppedError
        self._asked += 1
        action_id = f"{self.action_id}.{self._asked}"
        completions: list[Completion] = []
        is_there = threading.Event()

        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                completions.append(message)
                is_there.set()

        self._running = action_id
        self._supervisor.submit(_DEVICE, Command(action_id, name, timeout_s, msgspec.msgpack.encode(payload)), take)
        if self._stopping.is_set():  # `stop` may have come before the command was known
            self._supervisor.cancel(_DEVICE, action_id)
        is_there.wait(timeout_s + _GRACE_S)
        self._running = None
        if completions:
            return completions[0]
        return Completion(action_id, CompletionCode.INTERNAL_ERROR, "device.software_error")


_NOTHING_SAID = (
    None,
    "rewriter.outcome_unknown",
    "rewriter.gone",
    "device.hung",
    "device.interrupted",
    "device.no_time_left",
    "device.stopping",
    "device.starting",
    "device.software_error",
)


def _is_done(completion: Completion) -> bool:
    return completion.code is CompletionCode.SUCCESS


def _problem_of(completion: Completion) -> Problem:
    return Problem(completion.reason or "device.software_error")


def _seen_of(completion: Completion) -> CardSeen | None:
    if not _is_done(completion):
        return None
    try:
        return msgspec.msgpack.decode(completion.payload, type=CardSeen)
    except msgspec.DecodeError:
        return None


def _complaint(seen: CardSeen | None, wish: Endorsement) -> Problem | None:
    """Why this wish may not even be opened on what is inside."""
    if seen is None:
        return Problem("rewriter.not_seen")
    if seen.media not in INSIDE:
        return Problem("rewriter.jammed" if seen.media is Media.JAMMED else "rewriter.card_not_found")
    if seen.chip is None or seen.back is None:
        return Problem("rewriter.card_unreadable")
    if seen.chip_id != wish.chip_id:
        return Problem("rewriter.other_card")
    if seen.chip == wish.chip or seen.back_digest == wish.raster.digest():
        return Problem("rewriter.already_written")
    if seen.chip != wish.chip_before:
        return Problem("rewriter.card_changed")
    return None


def _is_of(job: Opened, wish: Endorsement) -> bool:
    """Whether the data at hand are those of the open job."""
    return (
        job.job_id == wish.job_id
        and job.chip_after == seal_chip(job.salt, wish.chip)
        and job.back_after == seal_back(job.salt, wish.raster.digest())
    )
