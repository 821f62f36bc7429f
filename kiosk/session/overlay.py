"""The overlay, a machine of its own beside the visit: cover, idle warning, time warning, the question before the end.

`OVERLAYS` names each pair of overlay and intent. `PASS` lets the intent through to the page; a function takes it.
"""

from collections.abc import Callable, Mapping
from enum import Enum

from kiosk.session.events import (
    INTENTS,
    ConfirmEnd,
    End,
    KeepGoing,
    SetLanguage,
    SetTextSize,
    TimerFired,
)
from kiosk.session.places.ending import end
from kiosk.session.places.entrance import begin_visit_time
from kiosk.session.state import Ending, Overlay, Place
from kiosk.session.timeouts import COVER, IDLE, VISIT, VISIT_WARNING, WARNING
from kiosk.session.turn import Turn

TIMERS = frozenset({IDLE, WARNING, COVER, VISIT_WARNING, VISIT})

Take = Callable[[Turn], None]


class _Pass(Enum):
    PASS = "pass"


PASS = _Pass.PASS


def lift(turn: Turn) -> None:
    """Takes the overlay away; a time warning that was waiting beneath comes up."""
    turn.overlay = Overlay.TIME_WARNING if VISIT in turn.visit.timers else Overlay.NONE


def stay(_turn: Turn) -> None:
    """Somebody is here, which is all that this touch says."""


def extend(turn: Turn) -> None:
    """More time for the whole visit, without limit of repeats."""
    turn.clear_timer(VISIT)
    begin_visit_time(turn)
    lift(turn)


def _row(take: Take, passes: tuple[type, ...], others: Mapping[type, Take]) -> dict[type, Take | _Pass]:
    return {kind: PASS if kind in passes else others.get(kind, take) for kind in INTENTS}


OVERLAYS: Mapping[tuple[Overlay, type], Take | _Pass] = {
    (overlay, kind): take
    for overlay, row in (
        (Overlay.NONE, _row(stay, INTENTS, {})),
        (Overlay.COVER, _row(lift, (ConfirmEnd,), {})),  # one touch uncovers and does nothing else
        (Overlay.IDLE_WARNING, _row(lift, (SetLanguage, SetTextSize, End, ConfirmEnd), {})),
        (Overlay.TIME_WARNING, _row(stay, (SetLanguage, SetTextSize, End, ConfirmEnd), {KeepGoing: extend})),
        (Overlay.CONFIRM_END, _row(stay, (SetLanguage, SetTextSize, ConfirmEnd), {KeepGoing: lift})),
    )
    for kind, take in row.items()
}


def timer_fired(turn: Turn, event: TimerFired) -> None:
    """One of `TIMERS`."""
    if event.timer == IDLE:
        if turn.page.place in (Place.HOME, Place.SEARCH, Place.GUIDE, Place.STAFF):  # counted down on the page itself
            end(turn, Ending.IDLE)
        else:
            turn.overlay = Overlay.IDLE_WARNING
    elif event.timer == WARNING:
        end(turn, Ending.IDLE)
    elif event.timer == COVER:
        if not turn.visit.only_waits:  # what went wrong must be seen; `watches` covers a result that comes to nobody
            turn.overlay = Overlay.COVER
    elif event.timer == VISIT_WARNING:
        size = turn.visit.settings.text_size
        turn.set_timer(VISIT, turn.timeouts.for_person(turn.timeouts.visit_warning_s, size))
        if turn.overlay is Overlay.NONE:
            lift(turn)
    else:
        end(turn, Ending.TIME_UP)
