"""The drain: sends what waits to the platform, in the background, so that each item takes effect once.

Policy. One item of a lane is under way; batches of at most 50 items and 1 MB, no faster than the pace that a busy screen allows.
After a time-out nobody knows whether the platform has it: its status is asked by key before the body goes again, and always under
the same key. A failure of the line gives the items back uncounted and opens the breaker, whose probe is the store's report, never
an item. A refusal of a whole batch that one item may have caused is cleared up by sending its items one by one. The terminal's
standing holds everything, a permission holds its kind; both are tried again after a while.
"""

import contextlib
import random
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from kiosk.base.clock import HALL_TIME, Clock
from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import Claim
from offline_cache.outbox.outbox import Outbox
from offline_cache.outbox.retry import wait_s
from offline_cache.sync.answers import Act, Answer, decide
from offline_cache.sync.breaker import Breaker, Circuit
from offline_cache.sync.clock_offset import PlatformTime
from offline_cache.sync.contract import (
    LARGEST_BATCH_BYTES,
    LONGEST_BATCH,
    AttachmentNote,
    IntakeBatch,
    IntakeItem,
    StoreReport,
)
from offline_cache.sync.log_events import log
from offline_cache.sync.pace import Pace
from offline_cache.sync.settlement import Settled, Settlement
from offline_cache.sync.transport import PlainFiles, Transport
from offline_cache.sync.uploads import Uploads

STOP_S = 2.0
_ENVELOPE_BYTES = 1024
_MOST_DEAD_TOLD = 1000
_AFTER_FAULT_S = 30.0


@dataclass(frozen=True)
class SyncSettings:
    """Times of the drain, in seconds.

    Attributes:
        terminal_id: this terminal.
        pace_items_s: items a second; None is unbounded.
        recheck_s: when a refused standing or kind is tried again.
        idle_s: the longest sleep.
        report_s: between reports of the store.
        tidy_s: between two looks after expired items and unused room.
        first_ask_s: after a time-out, before the status is asked.
    """

    terminal_id: str
    pace_items_s: float | None = None
    recheck_s: float = 300.0
    idle_s: float = 30.0
    report_s: float = 60.0
    tidy_s: float = 60.0
    first_ask_s: float = 1.0


@dataclass(frozen=True)
class SyncStatus:
    """For staff: how the line is, why nothing is sent, what is under way.

    Attributes:
        standing: code by which the platform refuses this terminal; None when it does not.
        held_kinds: kinds that wait for a permission or a new release.
        in_doubt: items that may have arrived, about which the platform is asked.
        ended: items that ended since the start.
        platform_less_wall_s: the platform's time less this machine's wall time; None while unknown.
    """

    circuit: Circuit
    standing: str | None
    held_kinds: tuple[str, ...]
    in_doubt: int
    uploading: int
    ended: int
    platform_less_wall_s: float | None


@dataclass
class _Doubt:
    claim: Claim
    due: float
    asks: int = 0


class Sync:
    """See the module.

    Threads: `start`, `stop`, `wake`, `urge`, `set_pace` and `status` from any; `round` from one, which is the drain's own once started.
    """

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        files: PlainFiles,
        clock: Clock,
        chance: random.Random,
        settings: SyncSettings,
    ) -> None:
        self._outbox = outbox
        self._transport = transport
        self._files = files
        self._clock = clock
        self._chance = chance
        self._settings = settings
        self._breaker = Breaker(chance)
        self._pace = Pace(settings.pace_items_s)
        self._time = PlatformTime()
        self._uploads = Uploads(transport, files)
        self._settlement = Settlement(outbox)
        self._ready: deque[tuple[Claim, tuple[AttachmentNote, ...]]] = deque()
        self._alone: deque[tuple[Claim, tuple[AttachmentNote, ...]]] = deque()
        self._doubts: list[_Doubt] = []
        self._standing: str | None = None
        self._held_until = 0.0
        self._held_kinds: dict[str, float] = {}
        self._next_report = 0.0
        self._next_tidy = clock.monotonic() + settings.tidy_s
        self._ended = 0
        self._ended_at_tidy = 0
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

    def set_pace(self, items_s: float | None) -> None:
        """How fast it may drain from now on."""
        self._pace.rate_s = items_s
        self._wake.set()

    def status(self) -> SyncStatus:
        """How it stands."""
        now = self._time.now(self._clock.monotonic())
        return SyncStatus(
            self._breaker.circuit,
            self._standing,
            tuple(sorted(self._held_kinds)),
            len(self._doubts),
            len(self._uploads),
            self._ended,
            None if now is None else now - self._clock.now().timestamp(),
        )

    def _run(self) -> None:
        while not self._is_stopping:
            self._wake.clear()
            try:
                pause = self.round()
            except BudayangError:
                log.event("sync_disk")
                pause = self._settings.idle_s
            except Exception as error:  # noqa: BLE001  # a fault in the drain must not end the draining
                log.event("sync_failed", error=error)
                pause = _AFTER_FAULT_S
            if pause > 0 and not self._is_stopping:
                self._wake.wait(pause)
        self._give_all_back()

    def _give_all_back(self) -> None:
        under_way = [claim for claim, _ in (*self._ready, *self._alone)]
        under_way += [doubt.claim for doubt in self._doubts] + self._uploads.clear()
        self._ready.clear()
        self._alone.clear()
        self._doubts.clear()
        for claim in under_way:
            self._outbox.give_back(claim.idem)

    # -- one round -----------------------------------------------------------------------------------------------

    def round(self) -> float:
        """Does the next thing, two calls of the platform at most; returns the seconds until there may be another, 0 for at once.

        Raises:
            BudayangError: a fault of the disk.
        """
        now = self._clock.monotonic()
        if now >= self._next_tidy:
            self._next_tidy = now + self._settings.tidy_s
            self._tidy()
        if self._is_urged:
            self._is_urged = False
            self._held_until = 0.0
            self._held_kinds.clear()
            self._outbox.hold_kinds(frozenset())
            self._outbox.connected()
            self._report(now)
            return 0.0
        if not self._breaker.may_send(now):
            return self._bounded(self._breaker.next_at(now) - now)
        if self._breaker.circuit is Circuit.HALF_OPEN:
            self._report(now)
            return 0.0
        if now < self._held_until:
            return self._bounded(self._held_until - now)
        self._release_kinds(now)
        if self._ask_due(now):
            return 0.0
        # the items of others go between two parts of an attachment
        did_send = self._send(now)
        if (self._may_go_on() and self._upload()) or did_send:
            return 0.0
        if now >= self._next_report:
            self._report(now)
            return 0.0
        return self._bounded(self._next_in_s(now))

    def _next_in_s(self, now: float) -> float:
        moments = [self._next_report - now, self._next_tidy - now]
        moments += [doubt.due - now for doubt in self._doubts]
        moments += [until - now for until in self._held_kinds.values()]
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
                    self._ready.append((claim, ()))
            chosen = [self._ready.popleft() for _ in range(min(allowed, len(self._ready)))]
        batch, sent = self._batch(chosen)
        if not batch:
            return False
        self._pace.spend(len(batch))
        before = IntakeBatch(self._settings.terminal_id, sent[0][0].store_id, tuple(batch))
        heard = self._transport.send(before)
        claims = [claim for claim, _ in sent]
        if len(heard.answers) == len(claims):
            self._line_works()
            self._apply(self._settlement.settle(list(zip(claims, heard.answers, strict=True))))
        else:
            self._refused(heard.whole, sent)
        return True

    def _batch(
        self, chosen: Sequence[tuple[Claim, tuple[AttachmentNote, ...]]]
    ) -> tuple[list[IntakeItem], list[tuple[Claim, tuple[AttachmentNote, ...]]]]:
        """As many as a request may carry; what does not fit goes first next time, what never will is buried."""
        items: list[IntakeItem] = []
        sent = []
        size = _ENVELOPE_BYTES
        for index, (claim, notes) in enumerate(chosen):
            item = _item(claim, notes)
            weight = len(msgspec.json.encode(item)) if item is not None else 0
            if item is None:
                self._apply(self._settlement.settle([(claim, Answer(400, "malformed"))]))
            elif weight + _ENVELOPE_BYTES > LARGEST_BATCH_BYTES:
                self._apply(self._settlement.settle([(claim, Answer(413, "too_large"))]))
            elif size + weight > LARGEST_BATCH_BYTES:
                self._ready.extendleft(reversed(chosen[index:]))
                break
            else:
                items.append(item)
                sent.append((claim, notes))
                size += weight
        return items, sent

    def _refused(self, whole: Answer, sent: Sequence[tuple[Claim, tuple[AttachmentNote, ...]]]) -> None:
        """The call as a whole failed, or was refused."""
        act = decide(whole).act
        claims = [claim for claim, _ in sent]
        if act is Act.HOLD_ALL:
            self._line_works()
            self._give_back(claims)
            self._hold_all(whole.code)
        elif whole.status == 0:
            self._line_failed()
            if whole.was_sent:
                self._doubt(claims, self._settings.first_ask_s)
            else:
                self._give_back(claims)
        elif len(claims) == 1:
            (self._line_works if whole.code else self._line_failed)()
            self._apply(self._settlement.settle([(claims[0], whole)]))
        elif whole.code and whole.code not in ("maintenance", "busy"):
            # one of them may be what the platform stumbles over: none may stop the others
            self._line_works()
            self._alone.extend(sent)
        else:
            self._line_failed()
            self._give_back(claims)
        if whole.retry_after_s is not None and act is not Act.HOLD_ALL:
            self._held_until = self._clock.monotonic() + wait_s(1, self._chance, whole.retry_after_s)

    def _apply(self, settled: Settled) -> None:
        self._ended += settled.ended
        if settled.files:
            with contextlib.suppress(BudayangError):  # they are collected later
                self._files.remove_ended(settled.files)
        for claim, after_s in settled.to_ask:
            self._doubt([claim], self._settings.first_ask_s if after_s is None else after_s)
        if settled.kinds:
            until = self._clock.monotonic() + self._settings.recheck_s
            for kind, code in settled.kinds.items():
                if kind not in self._held_kinds:
                    log.event("sync_kind_held", code=code)
                self._held_kinds[kind] = until
            self._outbox.hold_kinds(frozenset(self._held_kinds))
        if settled.standing is not None:
            self._hold_all(settled.standing)

    # -- what may have arrived -----------------------------------------------------------------------------------

    def _doubt(self, claims: Sequence[Claim], after_s: float) -> None:
        due = self._clock.monotonic() + after_s
        self._doubts += [_Doubt(claim, due) for claim in claims]

    def _ask_due(self, now: float) -> bool:
        """Asks what became of the first item in doubt that is due."""
        due = next((doubt for doubt in self._doubts if doubt.due <= now), None)
        if due is None:
            return False
        answer = self._transport.status(due.claim.idem)
        act = decide(answer).act
        if answer.status == 0 or not answer.code:
            self._line_failed()
        else:
            self._line_works()
        if (
            answer.status == 0
            or not answer.code
            or act is Act.ASK_STATUS
            or (act is Act.RETRY and answer.code != "unknown")
        ):
            due.asks += 1
            due.due = self._clock.monotonic() + wait_s(due.asks, self._chance, answer.retry_after_s)
            return True
        if act is Act.HOLD_ALL:
            self._hold_all(answer.code)
            return True
        self._doubts.remove(due)
        if answer.code == "unknown":
            self._outbox.give_back(due.claim.idem)
        else:
            self._apply(self._settlement.settle([(due.claim, answer)]))
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
            self._ready.append((claim, tuple(step.upload.notes)))
        elif answer.code == "accepted":
            self._line_works()
        elif answer.status == 0 or not answer.code:
            self._line_failed()
            self._give_back([claim])
        elif decide(answer).act is Act.HOLD_ALL:
            self._line_works()
            self._give_back([claim])
            self._hold_all(answer.code)
        else:
            self._line_works()
            self._apply(self._settlement.settle([(claim, answer)]))
        return True

    def _may_go_on(self) -> bool:
        now = self._clock.monotonic()
        return self._breaker.circuit is Circuit.CLOSED and now >= self._held_until

    # -- the line ------------------------------------------------------------------------------------------------

    def _report(self, now: float) -> None:
        """Tells of the store; also the breaker's probe, since no item is at risk with it."""
        self._next_report = now + self._settings.report_s
        try:
            status = self._outbox.status()
            dead = tuple(letter.seq for letter in self._outbox.dead_letters()[:_MOST_DEAD_TOLD])
        except BudayangError:
            self._breaker.failed(now)  # a probe that did not take place must not keep it half open
            raise
        report = StoreReport(
            self._settings.terminal_id,
            status.store_id,
            status.last_seq,
            status.queued,
            status.dead,
            status.oldest_s,
            dead,
        )
        answer = self._transport.report(report)
        if not answer.code:
            self._line_failed()
            return
        self._line_works()
        if decide(answer).act is Act.HOLD_ALL:
            self._hold_all(answer.code)
        elif answer.retry_after_s is not None:
            self._held_until = self._clock.monotonic() + wait_s(1, self._chance, answer.retry_after_s)

    def _line_works(self) -> None:
        self._learn_time()
        if self._breaker.succeeded():
            log.event("platform_found", queued=self._outbox.status().queued)
            self._outbox.connected()
            now = self._clock.monotonic()
            for doubt in self._doubts:
                doubt.due = min(doubt.due, now)
        if self._standing is not None and self._clock.monotonic() >= self._held_until:
            self._standing = None

    def _line_failed(self) -> None:
        was_closed = self._breaker.circuit is Circuit.CLOSED
        self._breaker.failed(self._clock.monotonic())
        if was_closed and self._breaker.circuit is Circuit.OPEN:
            log.event("platform_lost", queued=self._outbox.status().queued)

    def _hold_all(self, code: str) -> None:
        if self._standing != code:
            log.event("sync_held", code=code)
        self._standing = code
        self._held_until = self._clock.monotonic() + self._settings.recheck_s

    def _release_kinds(self, now: float) -> None:
        over = [kind for kind, until in self._held_kinds.items() if until <= now]
        if over:
            for kind in over:
                del self._held_kinds[kind]
            self._outbox.hold_kinds(frozenset(self._held_kinds))

    def _give_back(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            self._outbox.give_back(claim.idem)

    # -- time and room -------------------------------------------------------------------------------------------

    def _learn_time(self) -> None:
        sample = self._transport.take_time()
        if sample is not None and self._time.learn(sample):
            self._tell_time()

    def _tell_time(self) -> bool:
        now = self._time.now(self._clock.monotonic())
        if now is None:
            return False
        self._outbox.learn_time(now - self._clock.now().timestamp())
        return True

    def _tidy(self) -> None:
        if self._tell_time():
            self._ended += self._outbox.bury_expired()
        if self._ended != self._ended_at_tidy:
            self._ended_at_tidy = self._ended
            self._outbox.tidy()


def _item(claim: Claim, notes: tuple[AttachmentNote, ...]) -> IntakeItem | None:
    """The item on the wire; None when its body is no text."""
    try:
        body = claim.body.decode()
    except UnicodeDecodeError:
        return None
    return IntakeItem(
        str(claim.idem), claim.seq, claim.order_key, claim.kind, claim.schema_version, claim.slip_number,
        _iso(claim.created_wall_s), None if claim.trusted_created_s is None else _iso(claim.trusted_created_s), body, notes,
    )  # fmt: skip


def _iso(unix_s: float) -> str:
    # a clock gone wild is told as far as a calendar goes
    return datetime.fromtimestamp(min(max(unix_s, 0.0), 4_102_444_800.0), HALL_TIME).isoformat(timespec="seconds")
