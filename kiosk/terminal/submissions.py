"""The hand for what is handed in: room before the citizen begins, the picture, the item itself, and what became of it.

One worker thread; it waits for the store's answers, each within a bound, so the steps of one submission stand in one place. What
is handed in is made once for a form and kept until the visit ends: whatever fails, the very same item is put again, with the
same key, number and body, so that the store and the platform take it once.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.documents.terminal_number import parse_terminal_number
from kiosk.session import effects, events
from kiosk.session.submission import Attachment, HandedIn, SlipStanding, SlipState
from kiosk.terminal.log_events import log
from kiosk.terminal.offline import Offline
from kiosk.terminal.reply import Reply
from kiosk.terminal.submission_bodies import new_item, new_rating
from kiosk.terminal.worker import Worker
from offline_cache.outbox.item import End, NewItem, State, Stored
from offline_cache.process.protocol import Attached, ItemStanding
from offline_cache.sync.contract import OwnCase, OwnCases, SlipAnswer

Post = Callable[[object], None]

OTHER_GRADE = Problem("offline.other_payload")
ROWS = 2
LARGEST_PICTURE = 6 << 20
BYTES = LARGEST_PICTURE + (16 << 10)
"""The worst case of a visit: one page, a text of 500 characters, and a rating."""
ANSWER_S = 14.0
"""The store's own deadline for a call, and a little."""
PICTURE_S = 20.0
RECEIPT_S = 3.0
"""So long the slip waits for the platform's receipt."""
RECEIPT_EVERY_S = 0.15
KEPT_S = 10.0
"""So long a restarted terminal tries to hear from its restarted store what became of the last visit's form."""
KEPT_EVERY_S = 0.25
_PLATFORM_STATES = {
    "received": SlipState.RECEIVED,
    "accepted": SlipState.ACCEPTED,
    "needsCorrection": SlipState.NEEDS_CORRECTION,
    "answered": SlipState.ANSWERED,
}

_SAFE = frozenset({State.QUEUED.value, State.DEAD.value, End.ACCEPTED.value})


class Picture(Protocol):
    """A page as it goes into the store and as it is shown: JPEG both."""

    @property
    def content(self) -> bytes: ...

    @property
    def preview(self) -> bytes: ...


class DocumentCamera(Protocol):
    """Takes one page; see `kiosk.terminal.pictures`."""

    def take(self, action_id: str, answer: Callable[[Picture | Problem], None]) -> None:
        """Returns at once; `answer` is called on another thread, once."""

    def forget(self) -> None:
        """Drops what it is at work on. Within a second."""


class Platform(Protocol):
    """What is asked of `kiosk.terminal.central.Central`."""

    def look_up(
        self, visit_id: str, slip_number: str, id_number: str, answer: Callable[[SlipAnswer | Problem], None]
    ) -> None:
        """`answer` is called on another thread, once, or never when the visit has ended."""

    def own_cases(self, visit_id: str, answer: Callable[[OwnCases | Problem], None]) -> None:
        """As `look_up`; of the person who was confirmed in this visit."""


class Submissions:
    """Carries out ReserveOffline, TakeAttachment, SubmitItem, AskSlipState, AskKept, and SubmitRating where it waits; see the module.

    `next_number` gives a fresh 终端流水号, durable before it is given, or a Problem; it may block for a flush of the disk.
    """

    def __init__(
        self,
        terminal_id: str,
        offline: Offline,
        platform: Platform,
        camera: DocumentCamera,
        clock: Clock,
        next_number: Callable[[], str | Problem],
        post: Post,
    ) -> None:
        self._terminal_id = terminal_id
        self._offline = offline
        self._platform = platform
        self._camera = camera
        self._clock = clock
        self._next_number = next_number
        self._post = post
        self._ended = threading.Event()  # of the visit; a new one for each
        self._lock = threading.Lock()  # held for moments only
        self._visit_id = ""
        self._item: NewItem | None = None  # these two are the worker's
        self._at = ""
        self._worker = Worker("submissions", lambda: post(events.Broke()))

    # --- on the owner's thread ----------------------------------------------------------------------------------------
    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.ReserveOffline():
                self._submit(effect.visit_id, lambda ended: self._reserve(effect, ended))
            case effects.TakeAttachment():
                self._submit(effect.visit_id, lambda ended: self._take(effect, ended))
            case effects.SubmitItem():
                self._submit(effect.visit_id, lambda ended: self._hand_in(effect, ended))
            case effects.SubmitRating() if effect.waits:
                self._submit(effect.visit_id, lambda ended: self._rate(effect, ended))
            case effects.AskKept():
                self._submit(effect.visit_id, lambda ended: self._tell_kept(effect, ended))
            case effects.AskSlipState():
                self._submit(effect.visit_id, lambda ended: self._ask(effect, ended))
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        def forget() -> None:
            self._camera.forget()
            self._item = None
            self._at = ""
            done()

        self._end_visit()
        self._worker.submit(forget)

    def stop(self) -> None:
        self._end_visit()
        self._worker.stop()

    def _submit(self, visit_id: str, call: Callable[[threading.Event], None]) -> None:
        with self._lock:
            if self._visit_id != visit_id:
                self._visit_id, self._ended = visit_id, threading.Event()
            ended = self._ended

        def call_unless_ended() -> None:
            if not ended.is_set():
                call(ended)

        self._worker.submit(call_unless_ended)

    def _end_visit(self) -> None:
        with self._lock:
            self._visit_id = ""
            self._ended.set()

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _reserve(self, effect: effects.ReserveOffline, ended: threading.Event) -> None:
        reply = Reply[tuple[Problem | None]](ended)
        self._offline.reserve(effect.visit_id, ROWS, BYTES, lambda problem: reply.take((problem,)))
        told = reply.within(ANSWER_S)
        refusal = Problem("store.slow") if told is None else told[0]
        if refusal is None:
            self._post(events.RoomReserved(effect.visit_id, effect.effect_id))
        else:
            log.event("submission_refused", reason=refusal.key)
            self._fail(effect, refusal)

    def _take(self, effect: effects.TakeAttachment, ended: threading.Event) -> None:
        action_id = f"{effect.visit_id}-{effect.effect_id}"
        shot = Reply[Picture | Problem](ended)
        self._camera.take(action_id, shot.take)
        picture = shot.within(PICTURE_S)
        if picture is None:
            self._fail(effect, Problem("session.camera_silent"))
        elif isinstance(picture, Problem):
            self._fail(effect, picture)
        elif len(picture.content) > LARGEST_PICTURE:
            self._fail(effect, Problem("store.request_too_large"))
        else:
            content, preview = picture.content, picture.preview
            reply = Reply[Attached | Problem](ended)
            self._offline.attach(effect.visit_id, "image/jpeg", "material", content, reply.take)
            attached = reply.within(ANSWER_S)
            if attached is None or isinstance(attached, Problem):
                self._fail(effect, attached or Problem("store.slow"))
            else:
                taken = Attachment(str(attached.attachment_id), preview)
                self._post(events.AttachmentTaken(effect.visit_id, effect.effect_id, taken))

    def _hand_in(self, effect: effects.SubmitItem, ended: threading.Event) -> None:
        item = self._item_of(effect)
        if isinstance(item, Problem):
            self._fail(effect, item)
            return
        reply = Reply[tuple[Stored, ...] | Problem](ended)
        self._offline.submit(effect.visit_id, [item], reply.take)
        places = reply.within(ANSWER_S)
        if places is None and ended.is_set():
            return  # nobody misses the answer
        if places is None or isinstance(places, Problem):
            problem = places or Problem("store.slow")
            log.event("submission_failed", reason=problem.key)
            self._fail(effect, problem)
            return
        log.event("submission_stored", attachments=len(item.attachments), is_repeat=places[0].is_repeat)
        receipt = self._receipt(effect, item, ended) if effect.is_online else None
        handed_in = HandedIn(item.slip_number or "", self._at, receipt, effect.is_verified)
        self._post(events.ItemStored(effect.visit_id, effect.effect_id, handed_in))

    def _rate(self, effect: effects.SubmitRating, ended: threading.Event) -> None:
        item = new_rating(effect)
        reply = Reply[tuple[Stored, ...] | Problem](ended)
        self._offline.submit(effect.visit_id, [item], reply.take)
        places = reply.within(ANSWER_S)
        if places == OTHER_GRADE:
            self._post(events.Rated(effect.visit_id, effect.effect_id))
        elif places is None or isinstance(places, Problem):
            self._post(events.PlatformFailed(effect.visit_id, effect.effect_id, places or Problem("store.slow")))
        else:
            self._post(events.Rated(effect.visit_id, effect.effect_id))

    def _item_of(self, effect: effects.SubmitItem) -> NewItem | Problem:
        """The one item of the form; made at its first submission, the same ever after."""
        key = UUID(effect.draft.form_key)
        if self._item is None or self._item.idem != key:
            number = self._next_number()
            if isinstance(number, Problem):
                return number
            now = self._clock.now()
            self._item = new_item(effect, key, number)
            self._at = _written(now)
        return self._item

    def _receipt(self, effect: effects.SubmitItem, item: NewItem, ended: threading.Event) -> str | None:
        """The platform's number, if it comes within `RECEIPT_S`."""
        until = self._clock.monotonic() + RECEIPT_S
        while not ended.is_set():
            reply = Reply[ItemStanding | Problem](ended)
            self._offline.ask_item(effect.visit_id, item.idem, reply.take)
            standing = reply.within(RECEIPT_S)
            if isinstance(standing, ItemStanding) and standing.state != State.QUEUED.value:
                return standing.receipt
            if self._clock.monotonic() >= until or standing is None or isinstance(standing, Problem):
                return None
            ended.wait(RECEIPT_EVERY_S)
        return None

    def _tell_kept(self, effect: effects.AskKept, ended: threading.Event) -> None:
        """Only what the store itself says counts: it has the item, or had it and the platform took it."""
        until = self._clock.monotonic() + KEPT_S
        standing: ItemStanding | Problem | None = None
        while not ended.is_set():
            reply = Reply[ItemStanding | Problem](ended)
            self._offline.ask_item(effect.visit_id, UUID(effect.form_key), reply.take)
            standing = reply.within(KEPT_S)
            if isinstance(standing, ItemStanding) or self._clock.monotonic() >= until:
                break
            ended.wait(KEPT_EVERY_S)
        is_kept = isinstance(standing, ItemStanding) and standing.state in _SAFE
        self._post(events.KeptTold(effect.visit_id, effect.effect_id, is_kept))

    def _ask(self, effect: effects.AskSlipState, ended: threading.Event) -> None:
        number = parse_terminal_number(effect.number)
        if number is None:
            self._fail(effect, Problem("session.number_wrong"))
            return
        is_own = number.terminal_id == self._terminal_id.upper()
        if effect.is_online and effect.is_verified:
            case = self._own_case(effect, ended)
            if case is not None and case.state in _PLATFORM_STATES:
                state = _PLATFORM_STATES[case.state]
                standing = SlipStanding(state, number.terminal_id, case.receipt or None, False, case.answer)
                self._post(events.SlipStateTold(effect.visit_id, effect.effect_id, standing))
                return
        answer = self._platform_says(effect, ended) if effect.is_online else Problem("central.unreachable")
        if isinstance(answer, SlipAnswer) and answer.state in _PLATFORM_STATES:
            state = _PLATFORM_STATES[answer.state]
            standing = SlipStanding(state, number.terminal_id, answer.receipt, answer.is_unverified)
        else:
            local = self._local(effect.visit_id, effect.number, ended) if is_own else None
            if is_own and (local is None or isinstance(local, Problem)):
                self._fail(effect, local or Problem("store.slow"))
                return
            standing = SlipStanding(
                _by_store(local, platform_answered=not isinstance(answer, Problem)), number.terminal_id
            )
        self._post(events.SlipStateTold(effect.visit_id, effect.effect_id, standing))

    def _own_case(self, effect: effects.AskSlipState, ended: threading.Event) -> OwnCase | None:
        reply = Reply[OwnCases | Problem](ended)
        self._platform.own_cases(effect.visit_id, reply.take)
        told = reply.within(ANSWER_S)
        cases = told.cases if isinstance(told, OwnCases) else ()
        return next((case for case in cases if case.slip_number == effect.number), None)

    def _platform_says(self, effect: effects.AskSlipState, ended: threading.Event) -> SlipAnswer | Problem:
        reply = Reply[SlipAnswer | Problem](ended)
        self._platform.look_up(effect.visit_id, effect.number, effect.person.id_number, reply.take)
        return reply.within(ANSWER_S) or Problem("central.slow")

    def _local(self, visit_id: str, number: str, ended: threading.Event) -> ItemStanding | Problem | None:
        reply = Reply[ItemStanding | Problem](ended)
        self._offline.ask_slip(visit_id, number, reply.take)
        return reply.within(ANSWER_S)

    def _fail(
        self,
        effect: effects.ReserveOffline | effects.TakeAttachment | effects.SubmitItem | effects.AskSlipState,
        problem: Problem,
    ) -> None:
        self._post(events.StoreFailed(effect.visit_id, effect.effect_id, problem))


def _by_store(local: ItemStanding | Problem | None, *, platform_answered: bool) -> SlipState:
    """What this terminal's store alone says; None: the slip is of another terminal."""
    if not isinstance(local, ItemStanding):
        return SlipState.NOT_FOUND if platform_answered else SlipState.NOT_ASKED
    if local.state == State.QUEUED.value:
        return SlipState.WAITING
    if local.state == State.DEAD.value:
        return SlipState.STOPPED
    if local.state == End.ACCEPTED.value and not platform_answered:
        return SlipState.SENT
    return SlipState.NOT_FOUND  # the platform has it for another card, or nobody has


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")
