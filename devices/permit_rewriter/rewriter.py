"""The travel-permit rewriter as the terminal sees it. A card leaves it rewritten once and verified, or as it came, or it is held."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from devices.messages import Acknowledge, Command, Completion, Event
from devices.outcomes import Commands, part
from devices.permit_rewriter import types
from devices.permit_rewriter.endorsing import Endorsing, RewriteTimes, StoppedError
from devices.permit_rewriter.ledger import SALT_BYTES, StepLedger
from devices.permit_rewriter.outcomes import (
    AcceptOutcome,
    Cancelled,
    Endorsement,
    Held,
    MediaInserted,
    MediaTaken,
    MoveOutcome,
    NoJob,
    RecoverOutcome,
    RemovalOutcome,
    RewriteOutcome,
    RewriterEvent,
)
from devices.permit_rewriter.types import CardSeen, Place, ReadCard
from devices.receivers import report
from devices.status import CompletionCode, DeviceClass, DeviceStatus, Media
from kiosk.base.errors import BudayangError, Problem

_DEVICE = DeviceClass.PERMIT_REWRITER
_STOP_S = 2.0
_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True)
class RewriterStatus:
    """The device's status and its parts: ``ok`` or ``inoperative``; the bin ``ok``, ``high`` or ``full``."""

    device: DeviceStatus
    media: Media | None
    eraser: str | None
    printer: str | None
    chip: str | None
    camera: str | None
    bin: str | None


def _deaf(_: RewriterEvent) -> None:
    return


class PermitRewriter:
    """Commands to the rewriter. Methods do not block; each `on_outcome` is called exactly once, after the last event.

    `accept` and `watch_removal` are told on the supervisor's thread; `rewrite`, `recover`, `eject`, `retain` and `release` on a
    thread of this object, one of them at a time (another ends at once as ``rewriter.busy``). A session is: `recover` once at the
    start; then `accept`, `rewrite`, report to the platform, `eject`, `watch_removal`, and `retain` for a card that nobody takes.

    Args:
        randomness: makes the salt of each job.
    """

    def __init__(
        self,
        supervisor: Commands,
        times: RewriteTimes | None = None,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._supervisor = supervisor
        self._times = times or RewriteTimes()
        self._randomness = randomness
        self._lock = threading.Lock()
        self._endorsing: Endorsing | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def status(self) -> RewriterStatus:
        """The last status told."""
        told = self._supervisor.status(_DEVICE)
        eraser, printer, chip, camera, bin_word = (
            part(told, name) for name in ("eraser", "printer", "chip", "camera", "bin")
        )
        return RewriterStatus(told, told.media, eraser, printer, chip, camera, bin_word)

    def accept(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[RewriterEvent], None],
        on_outcome: Callable[[AcceptOutcome], None],
    ) -> None:
        """Waits for a card, draws it in, latches and reads it; `timeout_s` 0 waits until `cancel`.

        ``rewriter.none_inserted``: the time passed. ``rewriter.card_inside``: another card is inside, `recover` first.
        """

        def finish(completion: Completion) -> None:
            on_outcome(_card_of(completion))

        self._submit(action_id, types.READ, timeout_s, ReadCard(accept=True), finish, on_event)

    def rewrite(
        self,
        action_id: str,
        job: Endorsement,
        ledger: StepLedger,
        on_event: Callable[[RewriterEvent], None],
        on_outcome: Callable[[RewriteOutcome], None],
        *,
        redoes: int = 1,
    ) -> None:
        """Erases, writes the chip, prints and verifies the card inside; ends as `Verified` with the card still inside.

        A `Problem` means that nothing was begun and the card is inside as it came. `redoes` 0 holds the card at the first
        break of any kind; 1 lets each step be begun once more where that is safe.
        """
        salt = self._randomness(SALT_BYTES).hex()
        endorsing = Endorsing(self._supervisor, action_id, ledger, self._times, on_event, redoes)
        self._start(endorsing, lambda: endorsing.rewrite(job, salt), on_outcome)

    def recover(
        self,
        action_id: str,
        ledger: StepLedger,
        on_outcome: Callable[[RecoverOutcome], None],
        *,
        job: Endorsement | None = None,
        on_event: Callable[[RewriterEvent], None] = _deaf,
        redoes: int = 1,
    ) -> None:
        """Brings what a kill or a power cut left open to an end; `NoJob` when nothing was.

        With `job`, the same as before, the work goes on where it stopped. Without it nothing more is erased, written or
        printed: the card is verified if it is whole, ejected if it is as it came, held otherwise.
        """
        endorsing = Endorsing(self._supervisor, action_id, ledger, self._times, on_event, redoes)

        def work() -> RecoverOutcome:
            return endorsing.recover(job) or NoJob()

        self._start(endorsing, work, on_outcome)

    def eject(
        self,
        action_id: str,
        ledger: StepLedger,
        on_outcome: Callable[[MoveOutcome], None],
        *,
        on_event: Callable[[RewriterEvent], None] = _deaf,
    ) -> None:
        """Gives the card out, if it is whole and verified or as it came; otherwise it is held."""
        endorsing = Endorsing(self._supervisor, action_id, ledger, self._times, on_event, redoes=1)
        self._start(endorsing, endorsing.eject, on_outcome)

    def retain(self, action_id: str, ledger: StepLedger, on_outcome: Callable[[MoveOutcome], None]) -> None:
        """Keeps the card safe in the bin; closes its job."""
        endorsing = Endorsing(self._supervisor, action_id, ledger, self._times, _deaf, redoes=0)
        self._start(endorsing, lambda: endorsing.clear(Place.RETAIN), on_outcome)

    def release(self, action_id: str, ledger: StepLedger, on_outcome: Callable[[MoveOutcome], None]) -> None:
        """Gives a held card out to staff, whatever it is; closes its job. Never on a citizen's wish."""
        endorsing = Endorsing(self._supervisor, action_id, ledger, self._times, _deaf, redoes=0)
        self._start(endorsing, lambda: endorsing.clear(Place.EXIT), on_outcome)

    def watch_removal(self, action_id: str, timeout_s: float, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        """Tells when the card was taken out of the slot. ``device.no_time_left``: it was not; `accept` again, `retain`."""

        def finish(completion: Completion) -> None:
            if completion.code is CompletionCode.SUCCESS:
                on_outcome(MediaTaken())
            elif completion.code is CompletionCode.CANCELED:
                on_outcome(Cancelled())
            else:
                on_outcome(Problem(completion.reason or "device.software_error"))

        self._submit(action_id, types.WATCH_REMOVAL, timeout_s, None, finish)

    def cancel(self, action_id: str) -> Problem | None:
        """Gives an action up; its outcome still comes. Returns why not, once a step was begun."""
        with self._lock:
            endorsing = self._endorsing
        if endorsing is not None and endorsing.action_id == action_id:
            return None if endorsing.cancel() else Problem("rewriter.too_late_to_cancel")
        self._supervisor.cancel(_DEVICE, action_id)
        return None

    def close(self) -> None:
        """Ends the thread within two seconds; what was begun stays open in the ledger. Twice is allowed."""
        with self._lock:
            self._is_closed = True
            endorsing, thread = self._endorsing, self._thread
        if endorsing is not None:
            endorsing.stop()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_STOP_S)

    # -- within --------------------------------------------------------------------------------------------------

    def _start(
        self,
        endorsing: Endorsing,
        work: Callable[[], _Outcome],
        on_outcome: Callable[[_Outcome | Held | Problem], None],
    ) -> None:
        def run() -> None:
            outcome: _Outcome | Held | Problem
            try:
                outcome = _ended(endorsing, work)
            except StoppedError:
                outcome = Problem("device.stopping")
            except Exception as error:  # noqa: BLE001 - whoever is never told would wait for ever
                report(_DEVICE, error)
                outcome = Held(Problem("device.software_error"))
            finally:
                with self._lock:
                    self._endorsing = None
            on_outcome(outcome)

        with self._lock:
            is_refused = self._is_closed or self._endorsing is not None
            if not is_refused:
                self._endorsing = endorsing
                # daemon: the ledger bears a terminal that ends in the middle
                self._thread = threading.Thread(target=run, name="permit-rewriter", daemon=True)
                self._thread.start()
        if is_refused:
            on_outcome(Problem("device.stopping" if self._is_closed else "rewriter.busy"))

    def _submit(
        self,
        action_id: str,
        name: str,
        timeout_s: float,
        payload: msgspec.Struct | None,
        finish: Callable[[Completion], None],
        on_event: Callable[[RewriterEvent], None] = _deaf,
    ) -> None:
        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                finish(message)
            elif isinstance(message, Event) and message.name == types.EVENT_MEDIA_INSERTED:
                on_event(MediaInserted())

        content = msgspec.msgpack.encode(payload) if payload is not None else b""
        self._supervisor.submit(_DEVICE, Command(action_id, name, timeout_s, content), take)


def _ended(endorsing: Endorsing, work: Callable[[], _Outcome]) -> _Outcome | Held | Problem:
    try:
        return work()
    except StoppedError:
        raise
    except BudayangError as error:
        # nothing can be recorded any more, so nothing more is begun
        return endorsing.unrecorded(error.problem)
    except Exception as error:  # noqa: BLE001 - a ledger or a receiver of events is not ours
        report(_DEVICE, error)
        return endorsing.unrecorded(Problem("device.software_error"))


def _card_of(completion: Completion) -> AcceptOutcome:
    if completion.code is CompletionCode.CANCELED:
        return Cancelled()
    if completion.code is CompletionCode.TIME_OUT and completion.reason == "device.no_time_left":
        return Problem("rewriter.none_inserted")
    if completion.code is not CompletionCode.SUCCESS:
        return Problem(completion.reason or "device.software_error")
    try:
        return msgspec.msgpack.decode(completion.payload, type=CardSeen)
    except msgspec.DecodeError:
        return Problem("device.software_error")
