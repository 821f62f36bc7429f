"""The session machine: `step(session, event)` gives the next session and the effects it asks for.

Pure: no clock, no thread, no file, no Qt. Three machines side by side are composed here: the visit (`table`), the
availability of devices and platform, and the overlay (`overlay`); the timers that follow from them are kept by `watches`.

An answer counts only with the visit's id and the id of the very effect that is awaited; anything else is dropped and
counted, so that an answer for one citizen can never reach the next. An intent counts only on the page it was made on.
"""

from collections.abc import Mapping
from typing import Any

from kiosk.base.record import replace
from kiosk.session.effects import Effect
from kiosk.session.events import INTENTS, DeviceChanged, PlatformChanged, ReferenceChanged, StoreChanged, TimerFired
from kiosk.session.overlay import OVERLAYS, TIMERS, timer_fired
from kiosk.session.state import Place, Session, Visit
from kiosk.session.table import ANSWERS, PROGRESS, TRANSITIONS, Ignore, Rule
from kiosk.session.timeouts import Timeouts
from kiosk.session.turn import Turn
from kiosk.session.watches import is_live, settle

_TIMEOUTS = Timeouts()


def step(
    session: Session,
    event: Any,
    timeouts: Timeouts = _TIMEOUTS,
    table: Mapping[tuple[Place, type], Rule] = TRANSITIONS,
    overlays: Mapping[Any, Any] = OVERLAYS,
) -> tuple[Session, tuple[Effect, ...]]:
    """One step. Returns the very same session when the event changes nothing.

    Raises:
        KeyError: `event` is of no kind that the table names: a bug of ours.
    """
    kind = type(event)
    turn = Turn(session, timeouts)
    if kind is TimerFired:
        if session.visit.visit_id != event.visit_id or session.visit.timers.get(event.timer) != event.effect_id:
            return _drop(session)
        timers = session.visit.timers
        turn.note(timers={name: number for name, number in timers.items() if name != event.timer})
    elif kind in ANSWERS:
        name = _answered(session.visit, event)
        if name is None:
            return _drop(session)
        if kind not in PROGRESS:
            awaited = session.visit.awaited
            turn.note(awaited={other: number for other, number in awaited.items() if other != name})
    else:
        _keep_availability(turn, event)

    if not _overlay_takes(turn, event, overlays):
        rule = table[turn.page.place, kind]
        is_stale = getattr(event, "page_serial", turn.visit.page_serial) != turn.visit.page_serial
        if not is_stale and not isinstance(rule, Ignore):
            rule(turn, event)
    settle(turn)
    return turn.become(), tuple(turn.asked)


def _drop(session: Session) -> tuple[Session, tuple[Effect, ...]]:
    return replace(session, dropped=session.dropped + 1), ()


def _answered(visit: Visit, event: Any) -> str | None:
    """The kind of the awaited effect that `event` answers, None when it answers none."""
    if event.visit_id != visit.visit_id:
        return None
    for effect in ANSWERS[type(event)]:
        if visit.awaited.get(effect.__name__) == event.effect_id:
            return effect.__name__
    return None


def _keep_availability(turn: Turn, event: Any) -> None:
    now = turn.availability
    if isinstance(event, DeviceChanged):
        turn.availability = replace(now, devices={**now.devices, event.device: event.status})
    elif isinstance(event, PlatformChanged):
        turn.availability = replace(now, platform=event.platform, trusted_time=event.trusted_time)
    elif isinstance(event, StoreChanged):
        turn.availability = replace(now, store=event.problem)
    elif isinstance(event, ReferenceChanged):
        turn.availability = replace(now, reference=event.problem)


def _overlay_takes(turn: Turn, event: Any, overlays: Mapping[Any, Any]) -> bool:
    """Whether the overlay has taken the event, so that the page does not see it."""
    if isinstance(event, TimerFired) and event.timer in TIMERS:
        timer_fired(turn, event)
        return True
    if not isinstance(event, INTENTS) or not is_live(turn.before):
        return False
    turn.stirred = True
    take = overlays[turn.overlay, type(event)]
    if not callable(take):
        return False
    take(turn)
    return True
