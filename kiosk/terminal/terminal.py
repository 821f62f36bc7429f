"""The shell of the session machine: one owner thread, which steps the machine and hands its effects to those who work.

Whoever owns the terminal (the GUI thread, or a loop without screens) calls `pump`; everything slow happens in device
hosts, in the render child and on two worker threads, and comes back as events through the inbox. `pump` never blocks.

A mistake of ours in one step or effect is told to the log and ends the visit through the safe path; it never keeps the
other effects of its step from being carried out, since a timer that is not set would hold the end of a visit for ever.
"""

import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kiosk.base.clock import Clock
from kiosk.session import effects, events
from kiosk.session.inbox import Inbox
from kiosk.session.state import Place, Session, Settings, Visit
from kiosk.session.timeouts import Timeouts
from kiosk.terminal.log_events import log
from kiosk.terminal.marker import VisitMarker
from kiosk.terminal.port import Paper, Site
from kiosk.terminal.timers import Timers

if TYPE_CHECKING:
    from kiosk.services.catalogue import Catalogue

Post = Callable[[object], None]


class Hand(Protocol):
    """One of those who carry out effects: cards, central calls, papers."""

    def run(self, effect: effects.Effect) -> bool:
        """Starts `effect` if it is of this hand's kind; False when it is not. Never blocks."""

    def wipe(self, done: Callable[[], None]) -> None:
        """Forgets everything of the visit and calls `done` (from any thread) when it is forgotten."""

    def stop(self) -> None:
        """Ends within two seconds."""


class Terminal:
    """See the module. Fulfils `kiosk.terminal.port.TerminalPort`.

    Threads: everything on the owner's thread, which is the one that pumps first; only `post` and `new_id` in any.

    Attributes:
        session: the state now; replaced, never changed, by `pump`.
        site: where this terminal stands.
        paper: what lies under the document camera; given by whoever attaches the hands.
        visits_ended: how often the attract page came back.
    """

    def __init__(
        self,
        site: Site,
        clock: Clock,
        load_catalogue: "Callable[[], Catalogue]",
        marker: VisitMarker,
        timeouts: Timeouts | None = None,
        settings: Settings | None = None,
    ) -> None:
        defaults = settings or Settings()
        self.session = Session(visit=Visit(settings=defaults), defaults=defaults)
        self.site = site
        self.paper: Paper = _NoPaper()
        self._clock = clock
        self._load_catalogue = load_catalogue
        self._marker = marker
        self._timeouts = timeouts or Timeouts()
        self._timers = Timers(clock)
        self._inbox = Inbox()
        self._hands: tuple[Hand, ...] = ()
        self._wake: Callable[[], None] = lambda: None
        self._changed: Callable[[Session], None] = lambda _session: None
        self._draw_curtain: Callable[[Callable[[], None]], None] = lambda done: done()
        self._wipe_screens: Callable[[], None] = lambda: None
        self._wiping: _WipeRound | None = None
        self._owner: int | None = None
        self._is_turning = False
        self._mark_is_kept = True
        self.visits_ended = 0

    # --- for the screens ----------------------------------------------------------------------------------------------
    @cached_property
    def catalogue(self) -> "Catalogue":
        """Loaded at the first use, which is after the first frame."""
        return self._load_catalogue()

    def post(self, event: object) -> None:
        """Hands in an event from any thread."""
        self._inbox.put(event)
        self._wake()

    def new_id(self) -> str:
        """32 hexadecimal digits, never given before; any thread."""
        return uuid.uuid4().hex

    def seconds_left(self, timer: str) -> float | None:
        """See `TerminalPort.seconds_left`."""
        return self._timers.seconds_left(timer)

    # --- for the owner ------------------------------------------------------------------------------------------------
    def attach(self, *hands: Hand) -> None:
        """Gives the terminal those who carry out its effects."""
        self._hands = hands

    def set_waker(self, wake: Callable[[], None]) -> None:
        """`wake` is called from any thread when `pump` has something to do."""
        self._wake = wake

    def set_on_change(self, changed: Callable[[Session], None]) -> None:
        """`changed` is called by `pump` after the session has changed."""
        self._changed = changed

    def set_screens(self, draw_curtain: Callable[[Callable[[], None]], None], wipe_screens: Callable[[], None]) -> None:
        """`draw_curtain(done)` calls `done` when the neutral frame is out; `wipe_screens` forgets pages and caches."""
        self._draw_curtain = draw_curtain
        self._wipe_screens = wipe_screens

    def begin(self) -> None:
        """Once, before the first `pump`: after a run that was killed in mid-visit the card is called first."""
        if self._marker.is_set():
            log.event("visit_recovered")
            self.post(events.Recovered(self.new_id(), self._marker.form_key()))

    def next_in(self) -> float | None:
        """Seconds until `pump` is due for a timer, None when only an event can bring work."""
        return self._timers.next_in()

    def pump(self) -> None:
        """Steps the machine through all that has come in. Only on the owner's thread.

        Called from within itself (a screen that runs Qt's events, a waker that pumps) it does nothing: what has come in is
        taken after the effects of the step at work, so that no effect is carried out later than what follows from it.
        """
        if self._owner is None:
            self._owner = threading.get_ident()
        assert self._owner == threading.get_ident(), "the terminal has one owner thread"
        if self._is_turning:
            return
        self._is_turning = True
        try:
            # no name in this frame holds what a step had before: it lives on while effects run and memory is scrubbed
            if self._take_all():
                self._changed(self.session)
        finally:
            self._is_turning = False

    def stop(self) -> None:
        """Ends all hands, each within two seconds; a second call does nothing more.

        The mark of an open visit stays: a card and papers may lie there, and the next run calls for them.
        """
        for hand in self._hands:
            try:
                hand.stop()
            except Exception as error:  # noqa: BLE001 - the other hands must end, too
                log.event("hand_failed", doing="stop", error=error)

    # --- events -------------------------------------------------------------------------------------------------------
    def _take_all(self) -> bool:
        """Takes what is due and what has come in; whether the session has changed."""
        has_changed = False
        while True:
            for due in self._timers.take_due():
                self._inbox.put(events.TimerFired(due.visit_id, due.effect_id, due.name))
            event = self._inbox.take()
            if event is None:
                return has_changed
            has_changed |= self._take(event)

    def _take(self, event: object) -> bool:
        before = self.session
        place = before.visit.page.place
        try:
            self.session, wanted = self._step(before, event, self._timeouts)
        except Exception as error:  # noqa: BLE001 - see the module
            log.event("step_failed", error=error)
            self._break()
            return False
        has_changed = self.session is not before
        del event, before  # both may hold a citizen's data; this frame lives on while effects run
        self._mark(place)
        for effect in wanted:
            try:
                self._run(effect)
            except Exception as error:  # noqa: BLE001 - see the module
                log.event("hand_failed", doing=type(effect).__name__, error=error)
                self._break()
        return has_changed

    def _break(self) -> None:
        """Ends the visit through the safe path; where nobody is served that changes nothing."""
        self._inbox.put(events.Broke())

    @cached_property
    def _step(self) -> "Callable[[Session, object, Timeouts], tuple[Session, tuple[effects.Effect, ...]]]":
        """The machine, imported at the first event, which comes after the first frame: its table takes 50 ms."""
        from kiosk.session.machine import step

        return step

    # --- effects ------------------------------------------------------------------------------------------------------
    def _run(self, effect: effects.Effect) -> None:
        match effect:
            case effects.SetTimer():
                self._timers.set(effect.timer, effect.seconds, effect.visit_id, effect.effect_id)
            case effects.ClearTimer():
                self._timers.clear(effect.timer)
            case effects.DrawCurtain():
                drawn = events.CurtainDrawn(effect.visit_id, effect.effect_id)
                self._changed(self.session)  # the curtain must be on its way before its frame can be waited for
                self._draw_curtain(lambda: self.post(drawn))
            case effects.Wipe():
                self._wipe(effect)
            case effects.TellHall():
                log.event(effect.event)
            case effects.CallCard():
                log.event("card_called")
            case _:
                if isinstance(effect, effects.SubmitItem):
                    self._mark_form(effect.draft.form_key)
                if not any(hand.run(effect) for hand in self._hands):
                    raise TypeError(f"nobody carries out {type(effect).__name__}")

    def _wipe(self, effect: effects.Wipe) -> None:
        self._wipe_screens()
        answer = events.Wiped(effect.visit_id, effect.effect_id)
        self._wiping = _WipeRound(len(self._hands), lambda: self.post(answer))
        for hand in self._hands:
            try:
                hand.wipe(self._wiping.one_done)
            except Exception as error:  # noqa: BLE001 - the others must forget, too; the wipe then stays unconfirmed
                log.event("hand_failed", doing="wipe", error=error)
        log.event("visit_ended", ending=effect.ending.value, dropped=self.session.dropped)

    def _mark(self, place: Place) -> None:
        now = self.session.visit.page.place
        if place is now:
            return
        if place is Place.ATTRACT:
            self._keep_mark(self._marker.set)
        if place in (Place.WIPE, Place.CARD_CALL) and now is not Place.WIPE:
            scrub()
        if now is Place.ATTRACT:
            self._keep_mark(self._marker.clear)
            self.visits_ended += 1

    def _mark_form(self, form_key: str) -> None:
        """Without it a person is not told after a crash that what they handed in is safe; it is safe all the same."""
        with suppress(OSError):
            self._marker.set_form(form_key)

    def _keep_mark(self, change: Callable[[], None]) -> None:
        """A full disk costs the card call after a crash, not the visit. The loss is told once, and its end."""
        try:
            change()
        except OSError as error:
            if self._mark_is_kept:
                log.event("visit_mark_lost", error=error)
            self._mark_is_kept = False
            return
        if self._marker.set == change and not self._mark_is_kept:  # to take away what never came proves nothing
            log.event("visit_mark_kept")
            self._mark_is_kept = True


class _NoPaper:
    """Before the devices are there, and where there is no camera."""

    count = 0

    def take(self) -> None:
        return None


class _WipeRound:
    """Counts who has forgotten; the last one answers."""

    def __init__(self, hands: int, answer: Callable[[], None]) -> None:
        self._left = hands
        self._answer = answer
        self._lock = threading.Lock()
        if hands == 0:
            answer()

    def one_done(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left:
                return
        self._answer()


def scrub() -> None:
    """Collects cycles, so that nothing of a visit waits for the next collection, and gives free pages back.

    What is freed is overwritten by the allocator itself: see `kiosk.base.memory`.
    """
    import gc

    from kiosk.base.memory import trim

    gc.collect()
    trim()
