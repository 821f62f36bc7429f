"""The drain: sends what waits to the platform, in the background, so that each item takes effect once.

Policy. One item of a lane is under way; batches of at most 50 items and 1 MB, no faster than the pace that a busy screen allows.
After a time-out nobody knows whether the platform has it: its status is asked by key before the body goes again, and always under
the same key. A failure of the line gives the items back uncounted and opens the breaker, whose probe is the store's report, never
an item. A refusal of a whole batch that one item may have caused is cleared up by sending its items one by one. The terminal's
standing holds everything, a permission holds its kind; both are tried again after a while. A fault of the store is waited out.
"""

import contextlib
import random
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import Claim
from offline_cache.outbox.outbox import Outbox
from offline_cache.outbox.retry import wait_s
from offline_cache.sync.answers import Act, Answer, decide
from offline_cache.sync.breaker import Breaker, Circuit
from offline_cache.sync.contract import LONGEST_BATCH, IntakeBatch
from offline_cache.sync.doubts import UNKNOWN, Doubts
from offline_cache.sync.endings import EndedCases, Endings
from offline_cache.sync.faults import StoreFaults
from offline_cache.sync.holds import Holds
from offline_cache.sync.log_events import log
from offline_cache.sync.pace import Pace
from offline_cache.sync.parcels import Parcel, packed
from offline_cache.sync.reports import report_of
from offline_cache.sync.settings import SyncSettings, SyncStatus
from offline_cache.sync.settlement import Settled, Settlement
from offline_cache.sync.transport import PlainFiles, Transport
from offline_cache.sync.upkeep import Upkeep
from offline_cache.sync.uploads import Uploads

__all__ = ["Sync", "SyncSettings", "SyncStatus"]

STOP_S = 2.0


class Sync:
    """See the module.

    Threads: `start`, `stop`, `wake`, `urge`, `tell_endings`, `set_pace` and `status` from any; `round` from one, which is the drain's
    own once started.

    Args:
        cases: what ended here is told of them; None: of none.
    """

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        files: PlainFiles,
        clock: Clock,
        chance: random.Random,
        settings: SyncSettings,
        cases: EndedCases | None = None,
    ) -> None:
        self._outbox = outbox
        self._transport = transport
        self._files = files
        self._clock = clock
        self._chance = chance
        self._settings = settings
        self._breaker = Breaker(chance)
        self._pace = Pace(settings.pace_items_s)
        self._uploads = Uploads(transport, files)
        self._settlement = Settlement(outbox)
        self._ready: deque[Parcel] = deque()
        self._alone: deque[Parcel] = deque()
        self._apart: set[UUID] = set()
        self._doubts = Doubts(chance)
        self._holds = Holds(settings.recheck_s)
        self._faults = StoreFaults(chance)
        self._endings = Endings(cases, transport, settings.terminal_id, settings.report_s)
        self._upkeep = Upkeep(outbox, transport, clock, settings.tidy_s)
        self._next_report = 0.0
        self._ended = 0
        self._wake = threading.Event()
        self._is_stopping = False
        self._is_urged = False
        self._thread: threading.Thread | None = None

    # -- the thread ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to drain."""
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; a call under way is broken off. Twice is allowed."""
        self._is_stopping = True
        self._transport.abort()
        self._wake.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(STOP_S)
            if thread.is_alive():
                raise TimeoutError("the drain did not stop")

    def wake(self) -> None:
        """Something was put in, or the line is back."""
        self._wake.set()

    def urge(self) -> None:
        """A person, or a line that came up, asks for a try now: pauses of line and standing are not waited for."""
        self._is_urged = True
        self._wake.set()

    def tell_endings(self) -> None:
        """Something ended here that the platform shall hear of."""
        self._endings.hurry()
        self._wake.set()

    def set_pace(self, items_s: float | None) -> None:
        """How fast it may drain from now on."""
        self._pace.rate_s = items_s
        self._wake.set()

    def status(self) -> SyncStatus:
        """How it stands."""
        return SyncStatus(
            self._breaker.circuit,
            self._holds.standing,
            tuple(sorted(self._holds.kinds)),
            len(self._doubts),
            len(self._uploads),
            self._ended,
            self._upkeep.platform_less_wall_s(),
            self._faults.problem,
        )

    def _run(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                pause = self.round()
                self._faults.over()
            except Exception as error:  # noqa: BLE001  # whatever it is, it must not end the draining
                pause = self._faults.met(error)
            if pause > 0 and not self._is_stopping:
                self._wake.wait(pause)
        self._give_all_back()

    def _give_all_back(self) -> None:
        self._shelve()
        self._give_back([parcel.claim for parcel in self._doubts.clear()])

    # -- one round -----------------------------------------------------------------------------------------------

    def round(self) -> float:
        """Does the next thing, two calls of the platform at most; returns the seconds until there may be another, 0 for at once.

        Raises:
            BudayangError: a fault of the store; what was chosen is given back.
        """
        now = self._clock.monotonic()
        if now >= self._upkeep.next_at:
            self._ended += self._upkeep.look(now, self._ended)
        if self._is_urged:
            self._is_urged = False
            self._holds.clear()
            self._outbox.hold_kinds(self._holds.kinds)
            self._outbox.connected()
            self._endings.hurry()
            self._report(now)
            return 0.0
        if not self._breaker.may_send(now):
            self._shelve()
            return self._bounded(self._breaker.next_at(now) - now)
        if self._breaker.circuit is Circuit.HALF_OPEN:
            self._report(now)
            return 0.0
        if now < self._holds.until:
            self._shelve()
            return self._bounded(self._holds.until - now)
        if self._holds.release(now):
            self._outbox.hold_kinds(self._holds.kinds)
        if self._ask_due(now):
            return 0.0
        # the items of others go between two parts of an attachment
        did_send = self._send(now)
        if (self._may_go_on() and self._upload()) or did_send:
            return 0.0
        if now >= self._next_report:
            self._report(now)
            return 0.0
        if now >= self._endings.next_at and self._tell_endings(now):
            return 0.0
        return self._bounded(self._next_in_s(now))

    def _next_in_s(self, now: float) -> float:
        moments = [self._next_report - now, self._upkeep.next_at - now, self._endings.next_at - now]
        moments += [due - now for due in (*self._doubts.moments(), *self._holds.moments())]
        waits = self._outbox.next_in_s()
        if waits is not None or self._ready:
            moments.append(max(waits or 0.0, self._pace.next_in_s()))
        return min(moments)

    def _bounded(self, seconds: float) -> float:
        return min(max(seconds, 0.01), self._settings.idle_s)

    # -- sending -------------------------------------------------------------------------------------------------

    def _send(self, now: float) -> bool:
        if self._alone:
            chosen = [self._alone.popleft()]
        else:
            allowed = self._pace.allowance(now, LONGEST_BATCH)
            for claim in self._outbox.claim(max(0, allowed - len(self._ready))):
                if claim.attachments:
                    self._uploads.add(claim)
                else:
                    self._is_ready(Parcel(claim))
            chosen = [self._ready.popleft() for _ in range(min(allowed, len(self._ready)))]
        try:
            return self._send_these(chosen)
        except BaseException:
            # whatever it was, nobody else has them; what has ended in the meantime is ignored
            self._ready = deque(parcel for parcel in self._ready if parcel not in chosen)
            self._give_back([parcel.claim for parcel in chosen])
            raise

    def _is_ready(self, parcel: Parcel) -> None:
        (self._alone if parcel.claim.idem in self._apart else self._ready).append(parcel)
        self._apart.discard(parcel.claim.idem)

    def _shelve(self) -> None:
        """Nothing is sent for a while: no body is kept open so long."""
        self._apart.update(parcel.claim.idem for parcel in self._alone)
        self._give_back([*self._uploads.clear(), *(parcel.claim for parcel in (*self._ready, *self._alone))])
        self._ready.clear()
        self._alone.clear()

    def _send_these(self, chosen: Sequence[Parcel]) -> bool:
        batch = packed(chosen)
        self._ready.extendleft(reversed(batch.left))
        self._apply(self._settlement.settle(batch.unfit))
        if not batch.items:
            return False
        self._pace.spend(len(batch.items))
        claims = [parcel.claim for parcel in batch.parcels]
        heard = self._transport.send(IntakeBatch(self._settings.terminal_id, claims[0].store_id, tuple(batch.items)))
        if len(heard.answers) == len(claims):
            self._line_works()
            answered = list(zip(claims, heard.answers, strict=True))
            self._apply(self._settlement.settle(answered), batch.parcels)
        else:
            self._refused(heard.whole, batch.parcels)
        return True

    def _refused(self, whole: Answer, sent: Sequence[Parcel]) -> None:
        """The call as a whole failed, or was refused."""
        act = decide(whole).act
        claims = [parcel.claim for parcel in sent]
        if act is Act.HOLD_ALL:
            self._line_works()
            self._give_back(claims)
            self._holds.refuse(whole.code, self._clock.monotonic())
        elif whole.status == 0:
            self._line_failed()
            if whole.was_sent:
                self._doubts.add(sent, self._clock.monotonic() + self._settings.first_ask_s, was_alone=len(sent) == 1)
            else:
                self._give_back(claims)
        elif len(claims) == 1:
            (self._line_works if whole.code else self._line_failed)()
            self._apply(self._settlement.settle([(claims[0], whole)]), sent)
        elif whole.code and whole.code not in ("maintenance", "busy"):
            # one of them may be what the platform stumbles over: none may stop the others
            self._line_works()
            self._alone.extend(sent)
        else:
            self._line_failed()
            self._give_back(claims)
        if whole.retry_after_s is not None and act is not Act.HOLD_ALL:
            self._holds.until = self._clock.monotonic() + wait_s(1, self._chance, whole.retry_after_s)

    def _apply(self, settled: Settled, parcels: Iterable[Parcel] = ()) -> None:
        self._ended += settled.ended
        if settled.files:
            with contextlib.suppress(BudayangError):  # they are collected later
                self._files.remove_ended(settled.files)
        for claim, after_s in settled.to_ask:
            due = self._clock.monotonic() + (self._settings.first_ask_s if after_s is None else after_s)
            self._doubts.add([one for one in parcels if one.claim is claim], due, was_alone=True)
        if settled.kinds:
            self._holds.refuse_kinds(settled.kinds, self._clock.monotonic())
            self._outbox.hold_kinds(self._holds.kinds)
        if settled.standing is not None:
            self._holds.refuse(settled.standing, self._clock.monotonic())

    # -- what may have arrived -----------------------------------------------------------------------------------

    def _ask_due(self, now: float) -> bool:
        """Asks what became of the first item in doubt that is due."""
        doubt = self._doubts.due(now)
        if doubt is None:
            return False
        claim = doubt.parcel.claim
        answer = self._transport.status(claim.idem)
        (self._line_works if answer.code else self._line_failed)()
        if not self._doubts.is_settled(doubt, answer, self._clock.monotonic()):
            if answer.code and decide(answer).act is Act.HOLD_ALL:
                self._holds.refuse(answer.code, self._clock.monotonic())
        elif answer.code != UNKNOWN:
            self._apply(self._settlement.settle([(claim, answer)]), [doubt.parcel])
        elif doubt.was_alone:
            self._apply(self._settlement.settle([(claim, answer)]))
        else:
            # one of its batch may be what the platform cannot answer: none may stop the others
            self._apart.add(claim.idem)
            self._give_back([claim])
        return True

    # -- attachments ---------------------------------------------------------------------------------------------

    def _upload(self) -> bool:
        """One part of one attachment."""
        if not self._uploads:
            return False
        step = self._uploads.step()
        claim, answer = step.upload.claim, step.answer
        if step.is_ready:
            self._line_works()
            self._is_ready(Parcel(claim, tuple(step.upload.notes)))
        elif answer.code == "accepted":
            self._line_works()
        elif answer.status == 0 or not answer.code:
            self._line_failed()
            self._give_back([claim])
        elif decide(answer).act is Act.HOLD_ALL:
            self._line_works()
            self._give_back([claim])
            self._holds.refuse(answer.code, self._clock.monotonic())
        else:
            self._line_works()
            self._apply(self._settlement.settle([(claim, answer)]), [Parcel(claim)])
        return True

    def _may_go_on(self) -> bool:
        now = self._clock.monotonic()
        return self._breaker.circuit is Circuit.CLOSED and now >= self._holds.until

    # -- the line ------------------------------------------------------------------------------------------------

    def _report(self, now: float) -> None:
        """Tells of the store; also the breaker's probe, since no item is at risk with it."""
        self._next_report = now + self._settings.report_s
        try:
            report = report_of(self._outbox, self._settings.terminal_id)
        except BudayangError:
            self._breaker.failed(now)  # a probe that did not take place must not keep it half open
            raise
        answer = self._transport.report(report)
        if not answer.code:
            self._line_failed()
            return
        self._line_works()
        if decide(answer).act is Act.HOLD_ALL:
            self._holds.refuse(answer.code, self._clock.monotonic())
        elif answer.retry_after_s is not None:
            self._holds.until = self._clock.monotonic() + wait_s(1, self._chance, answer.retry_after_s)

    def _tell_endings(self, now: float) -> bool:
        answer = self._endings.tell(now)
        if answer is None:
            return False
        if answer.status == 0:
            self._line_failed()
        elif answer.code:  # without one it may be a platform that does not know them yet: items do not wait for that
            self._line_works()
            if decide(answer).act is Act.HOLD_ALL:
                self._holds.refuse(answer.code, self._clock.monotonic())
        return True

    def _line_works(self) -> None:
        self._upkeep.learn_time()
        if self._breaker.succeeded():
            log.event("platform_found")
            self._outbox.connected()
            self._doubts.hurry(self._clock.monotonic())
            self._endings.hurry()
        self._holds.works(self._clock.monotonic())

    def _line_failed(self) -> None:
        was_closed = self._breaker.circuit is Circuit.CLOSED
        self._breaker.failed(self._clock.monotonic())
        if was_closed and self._breaker.circuit is Circuit.OPEN:
            log.event("platform_lost")

    def _give_back(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            self._outbox.give_back(claim.idem)
