"""The base of all view-models: it reads the session, says texts, and posts intents with the serial of its page.

A view-model decides nothing. It is made when its page is made, updated after each change of the session, and dropped
after its page was destroyed. What QML sees is lowerCamel; money, numbers of cases and times cross as ready text.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.base.clock import HALL_TIME
from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence
from kiosk.session.events import Continue, End, GoBack, SetLanguage, SetTextSize
from kiosk.session.state import Language, Place, Session, TextSize
from kiosk.session.timeouts import IDLE
from kiosk.terminal.port import TerminalPort
from screens.theme.theme import Theme

COUNTDOWN_S = 20.0

# Steps that belong together for the citizen are one named step: the name is confirmed where the card is read.
_UNNAMED_STEPS = frozenset({Place.CONSENT, Place.QUERY, Place.ATTACH, Place.SEARCH})


class PageModel(QObject):
    """Base of view-models.

    Attributes:
        timers: names of the session's timers of which the page shows the seconds; empty = no ticking.
        serial: serial of the page that this model was made for.

    Signals:
        changed: some property of this base has another value.
        ticked: a second went by (only with `timers`).

    A subclass with properties of its own declares ``shown = Signal()`` (and ``counted = Signal()`` for seconds) and names
    it in ``notify``: PySide6 6.11.3 crashes in QML on a property whose notify signal is inherited. `update` and `tick`
    emit both.
    """

    changed = Signal()
    ticked = Signal()
    timers: ClassVar[tuple[str, ...]] = ()

    def __init__(self, terminal: TerminalPort, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.terminal = terminal
        self.theme = theme
        self.session: Session = terminal.session
        self.serial = self.session.visit.page_serial
        self.refresh()

    # --- to be overridden ---------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Derives what the properties show from `self.session`; called before `changed` and at the start."""

    def now(self) -> datetime:
        """Wall time of the hall, for people only."""
        return datetime.now(HALL_TIME)

    # --- for the page host --------------------------------------------------------------------------------------------
    def update(self, session: Session) -> None:
        """Takes the session after a change (of page content, settings or surroundings)."""
        self.session = session
        self.refresh()
        self.say_again()

    def say_again(self) -> None:
        """Lets QML read all properties anew, the seconds too: another state may run another timer."""
        self.changed.emit()
        _emit(self, "shown")
        self.tick()

    def tick(self) -> None:
        """A second went by."""
        self.ticked.emit()
        _emit(self, "counted")

    # --- words --------------------------------------------------------------------------------------------------------
    @property
    def lang(self) -> Language:
        """The language of the texts."""
        return self.session.visit.settings.language

    def say(self, key: str, **placeholders: str) -> str:
        """The sentence of `key` in the citizen's language."""
        return sentence(key, self.lang.value, **placeholders)

    def say_problem(self, problem: Problem | None) -> str:
        """The sentence of a problem, "" for none."""
        return "" if problem is None else self.say(problem.key, **dict(problem.placeholders))

    def in_a_row(self, sentences: Iterable[str]) -> str:
        """One after the other; only English wants a space between."""
        return (" " if self.lang is Language.EN else "").join(sentences)

    def post(self, event: object) -> None:
        """Hands an intent to the terminal."""
        self.terminal.post(event)

    # --- what every page shows ----------------------------------------------------------------------------------------
    @Property(str, notify=changed)
    def language(self) -> str:
        return self.lang.value

    @Property(bool, notify=changed)
    def isElder(self) -> bool:
        return self.session.visit.settings.text_size is TextSize.ELDER

    @Property(bool, constant=True)
    def isDemo(self) -> bool:
        return self.terminal.site.demo

    @Property(str, notify=changed)
    def siteLine(self) -> str:
        site = self.terminal.site
        return f"{site.site_name.get(self.lang.value, '')} · {site.terminal_id}"

    @Property(str, constant=True)
    def helpPhone(self) -> str:
        return self.terminal.site.help_phone

    @Property(list, notify=changed)
    def steps(self) -> list[dict[str, str]]:
        """The named steps of the item: ``{"place", "state"}`` with state done, now, later."""
        flow = self.session.visit.flow
        if flow is None:
            return []
        place = self.session.visit.page.place
        at = flow.steps.index(place) if place in flow.steps else flow.position
        unnamed = _UNNAMED_STEPS | {Place.FACTOR} if flow.factor_may_wait else _UNNAMED_STEPS
        named = [(i, step) for i, step in enumerate(flow.steps) if step not in unnamed]
        now = max((i for i, _ in named if i <= at), default=0)
        return [
            {"place": step.value, "state": "done" if i < now else "now" if i == now else "later"} for i, step in named
        ]

    @Property(int, notify=ticked)
    def secondsLeft(self) -> int:
        """Seconds until the next of `timers` fires, rounded up; -1 when none runs."""
        left = [s for s in map(self.terminal.seconds_left, self.timers) if s is not None]
        return max(0, -int(-min(left) // 1)) if left else -1

    @Property(int, notify=ticked)
    def countdown(self) -> int:
        """Seconds until a page without a warning of its own ends by itself, once they are few; -1 before."""
        left = self.terminal.seconds_left(IDLE) if IDLE in self.timers else None
        return -1 if left is None or left > COUNTDOWN_S else max(0, -int(-left // 1))

    # --- intents of every page ----------------------------------------------------------------------------------------
    @Slot()
    def goOn(self) -> None:
        self.post(Continue(self.serial))

    @Slot()
    def back(self) -> None:
        self.post(GoBack(self.serial))

    @Slot()
    def end(self) -> None:
        self.post(End())

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        self.post(SetLanguage(Language(language)))

    @Slot(str)
    def setTextSize(self, text_size: str) -> None:
        self.post(SetTextSize(TextSize(text_size)))


def _emit(model: PageModel, name: str) -> None:
    """Emits a subclass's own signal if it has one."""
    signal = getattr(model, name, None)
    if signal is not None:
        signal.emit()
