"""A terminal without screens before hands that only remember: the shell alone, on a clock moved by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from kiosk.base.clock import ManualClock
from kiosk.services.catalogue import load_catalogue
from kiosk.session import effects, events
from kiosk.session.state import Place
from kiosk.terminal.marker import VisitMarker
from kiosk.terminal.port import Site
from kiosk.terminal.terminal import Hand, Terminal
from tests.kiosk.session.world import CODE, FLOW, TODAY, person, ready

E = TypeVar("E", bound=effects.Effect)

SITE = Site("XH-01", {"zh_CN": "星河市民中心", "zh_HK": "星河市民中心", "en": "Xinghe Civic Centre"}, True, 600.0)


class Recording:
    """A hand that takes every effect given to it and forgets only when told to.

    Attributes:
        taken: effects in their order.
        forgets: what to call once the wipe is done.
        fails: what to raise at an effect of that class, or at ``wipe`` and ``stop``.
    """

    def __init__(self, *, forgets_at_once: bool = True) -> None:
        self.taken: list[effects.Effect] = []
        self.forgets: list[Callable[[], None]] = []
        self.fails: dict[object, Exception] = {}
        self.stops = 0
        self._forgets_at_once = forgets_at_once

    def run(self, effect: effects.Effect) -> bool:
        self.taken.append(effect)
        self._fail(type(effect))
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        self._fail("wipe")
        if self._forgets_at_once:
            done()
        else:
            self.forgets.append(done)

    def stop(self) -> None:
        self.stops += 1
        self._fail("stop")

    def _fail(self, where: object) -> None:
        if where in self.fails:
            raise self.fails[where]

    def last(self, kind: type[E]) -> E:
        """The last effect of a kind; AssertionError when there was none."""
        found = [effect for effect in self.taken if isinstance(effect, kind)]
        assert found, f"no {kind.__name__}"
        return found[-1]


class Bench:
    """The terminal with the moves of a test.

    Attributes:
        hand: the first of its hands.
    """

    def __init__(self, folder: Path, *hands: Hand) -> None:
        self.clock = ManualClock()
        self.marker = VisitMarker(folder / "state")
        self.terminal = Terminal(SITE, self.clock, load_catalogue, self.marker)
        self.hand = Recording()
        self.terminal.attach(*(hands or (self.hand,)))
        surroundings = ready()
        for device, status in surroundings.devices.items():
            self.post(events.DeviceChanged(device, status))
        self.post(events.PlatformChanged(surroundings.platform, surroundings.trusted_time))

    def place(self) -> Place:
        """Where the visit is."""
        return self.terminal.session.visit.page.place

    def post(self, event: object) -> None:
        """Hands an event in and pumps."""
        self.terminal.post(event)
        self.terminal.pump()

    def here(self, kind: Callable[..., object], *values: Any) -> None:
        """An intent on the page shown now."""
        self.post(kind(self.terminal.session.visit.page_serial, *values))

    def answer(self, kind: Callable[..., object], effect: type[effects.Effect], *values: Any) -> None:
        """The answer to the effect that is awaited."""
        visit = self.terminal.session.visit
        self.post(kind(visit.visit_id, visit.awaited[effect.__name__], *values))

    def pass_time(self, seconds: float) -> None:
        """Moves the clock and lets what is due happen."""
        self.clock.advance(seconds)
        self.terminal.pump()

    def to_identify(self, visit_id: str = "v1") -> None:
        """Somebody came and was asked for the card."""
        self.post(events.Start(visit_id))
        self.here(events.ChooseItem, CODE)
        self.here(events.Begin, FLOW)
        self.here(events.Continue)
        assert self.place() is Place.IDENTIFY

    def to_consent(self, visit_id: str = "v1") -> None:
        """The card was read: from here on the visit is somebody's."""
        self.to_identify(visit_id)
        self.answer(events.CardRead, effects.ReadCard, person(), TODAY)
        assert self.place() is Place.CONSENT

    def take_card(self) -> None:
        """The last act of a visit."""
        assert self.place() is Place.CARD_CALL
        self.answer(events.MediaGone, effects.WatchMedia)
