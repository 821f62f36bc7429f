"""One step being worked out: the session as it becomes and the effects asked so far. Lives within one call of `step`."""

from typing import Any

from kiosk.base.record import replace
from kiosk.services.flow import at_step, next_step
from kiosk.session import effects
from kiosk.session.effects import Effect
from kiosk.session.state import Availability, Flow, Overlay, Page, Place, Session, Settings, Visit
from kiosk.session.timeouts import Timeouts

AWAITED = frozenset(
    one.__name__
    for one in (
        effects.LookUp,
        effects.ReadFound,
        effects.ReadCard,
        effects.SendCode,
        effects.VerifyFactor,
        effects.RunQuery,
        effects.AskDepartment,
        effects.ReserveOffline,
        effects.TakeAttachment,
        effects.ShowPaper,
        effects.SubmitItem,
        effects.AskSlipState,
        effects.ReadSlipCode,
        effects.AskKept,
        effects.CheckPin,
        effects.AskStaffBoard,
        effects.DoForStaff,
        effects.PrintDocument,
        effects.SubmitRating,
        effects.DrawCurtain,
        effects.Wipe,
        effects.WatchMedia,
    )
)
"""Kinds of effect that are answered; at most one of a kind is out at any time."""


class Turn:
    """See the module.

    Attributes:
        before: the session as it was.
        visit, availability, overlay: the session as it becomes.
        asked: effects so far, in order.
        stirred: a person or a card did something; the idle count begins again.
    """

    def __init__(self, session: Session, timeouts: Timeouts) -> None:
        self.before = session
        self.visit: Visit = session.visit
        self.availability: Availability = session.availability
        self.overlay: Overlay = session.overlay
        self.defaults: Settings = session.defaults
        self.timeouts = timeouts
        self.asked: list[Effect] = []
        self.stirred = False

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def flow(self) -> Flow:
        """The flow of a visit that has one; places from notice to rating do."""
        assert self.visit.flow is not None
        return self.visit.flow

    def become(self) -> Session:
        """The session after this step; the very same object when nothing has changed."""
        old = self.before
        if (self.visit, self.availability, self.overlay) == (old.visit, old.availability, old.overlay):
            return old
        return replace(old, visit=self.visit, availability=self.availability, overlay=self.overlay)

    def show(self, page: Page) -> None:
        """Goes to a new page."""
        self.visit = replace(self.visit, page=page, page_serial=self.visit.page_serial + 1)

    def change(self, page: Page) -> None:
        """Changes within the page."""
        self.visit = replace(self.visit, page=page)

    def note(self, **changes: Any) -> None:
        """Changes other fields of the visit."""
        self.visit = replace(self.visit, **changes)

    def ask(self, kind: type[Effect], **fields: Any) -> None:
        """Asks for an effect. One whose answer is awaited takes the place of an older one of its kind."""
        number = self.visit.next_effect
        self.asked.append(kind(self.visit.visit_id, number, **fields))
        awaited = self.visit.awaited
        if kind.__name__ in AWAITED:
            awaited = {**awaited, kind.__name__: number}
        self.note(next_effect=number + 1, awaited=awaited)

    def awaits(self, *kinds: type[Effect]) -> bool:
        return any(kind.__name__ in self.visit.awaited for kind in kinds)

    def give_up(self, *kinds: type[Effect]) -> None:
        """No longer awaits these kinds; whatever they still answer is dropped."""
        names = {kind.__name__ for kind in kinds}
        self.note(awaited={name: number for name, number in self.visit.awaited.items() if name not in names})

    def stop_reading(self) -> None:
        """Gives up the read that runs, if one does, and tells the reader."""
        number = self.visit.awaited.get(effects.ReadCard.__name__)
        if number is not None:
            self.ask(effects.StopReading, read_effect_id=number)
            self.give_up(effects.ReadCard)

    def stop_reading_code(self) -> None:
        """Gives up the waiting for a slip's code, if one does, and tells the reader."""
        if self.awaits(effects.ReadSlipCode):
            self.ask(effects.StopSlipCode)
            self.give_up(effects.ReadSlipCode)

    def hide_paper(self) -> None:
        """Gives up the look under the camera, if there is one."""
        if self.awaits(effects.ShowPaper):
            self.ask(effects.HidePaper)
            self.give_up(effects.ShowPaper)

    def stop_watching(self) -> None:
        """Gives up the watch that runs, if one does, and tells the reader."""
        number = self.visit.awaited.get(effects.WatchMedia.__name__)
        if number is not None:
            self.ask(effects.StopWatching, watch_effect_id=number)
            self.give_up(effects.WatchMedia)

    def set_timer(self, name: str, seconds: float) -> None:
        """Starts or restarts a timer."""
        timers = {**self.visit.timers, name: self.visit.next_effect}
        self.ask(effects.SetTimer, timer=name, seconds=seconds)
        self.note(timers=timers)

    def clear_timer(self, name: str) -> None:
        """Stops a timer that may run."""
        if name in self.visit.timers:
            self.ask(effects.ClearTimer, timer=name)
            self.note(timers={other: number for other, number in self.visit.timers.items() if other != name})

    def move_to(self, place: Place) -> None:
        """Sets the flow to its step `place`, if it has it."""
        flow = at_step(self.flow, place)
        if flow is not None:
            self.note(flow=flow)

    def next_flow(self) -> Flow | None:
        """The flow one step on, None after its last step."""
        return next_step(self.flow)
