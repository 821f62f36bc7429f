"""The timers that follow the state: after each step they are set, restarted or cleared by what is shown and at work.

Touches, keys, card events and new pages restart the idle count; a device or the platform at work stops it. What is at
work has a watch of its own (`WORK`), so that nothing outside can hold a visit for ever.
"""

from devices.receipt_printer.types import Outcome
from kiosk.session import effects
from kiosk.session.overlay import lift
from kiosk.session.state import (
    AnswerPage,
    IdentifyPage,
    Overlay,
    Place,
    PrintPage,
    QueryPage,
    RatePage,
    ResultPage,
    Session,
    StaffPage,
    StaffStage,
)
from kiosk.session.timeouts import COVER, IDLE, RESULT, SLOW, WARNING, WORK
from kiosk.session.turn import Turn

NOT_LIVE = frozenset({Place.ATTRACT, Place.CURTAIN, Place.WIPE, Place.CARD_CALL})
"""Nobody is being served there; `places.ending` keeps those timers."""

_PLATFORM_WORK = (
    effects.SendCode,
    effects.VerifyFactor,
    effects.RunQuery,
    effects.AskDepartment,
    effects.SubmitRating,
    effects.AskSlipState,
)
_STORE_WORK = (
    effects.ReserveOffline, effects.TakeAttachment, effects.SubmitItem, effects.CheckPin, effects.DoForStaff,
)  # fmt: skip
_WORK = (*_PLATFORM_WORK, *_STORE_WORK, effects.PrintDocument)
_FOLLOWING = (IDLE, RESULT, COVER, WARNING, SLOW, WORK)
_BY_TOUCH = frozenset({IDLE, RESULT, COVER})
_BY_WORK = frozenset({SLOW, WORK})


def settle(turn: Turn) -> None:
    """Brings overlay and timers in line with what the step has made of the visit."""
    if turn.page.place in NOT_LIVE:
        return
    if (turn.overlay is Overlay.IDLE_WARNING and turn.stirred) or (
        turn.overlay is Overlay.COVER and not turn.visit.is_personal
    ):
        lift(turn)
    if _comes_unseen(turn):
        turn.overlay = Overlay.COVER
    wanted = _wanted(turn)
    is_new_page = turn.visit.page_serial != turn.before.visit.page_serial
    has_new_work = any(isinstance(asked, _WORK) for asked in turn.asked)
    for name in _FOLLOWING:
        seconds = wanted.get(name)
        waits_on = name == COVER and turn.visit.only_waits and turn.before.visit.only_waits  # one wait, one count
        if seconds is None:
            turn.clear_timer(name)
        elif (
            (name not in turn.visit.timers and not waits_on)
            or (name in _BY_TOUCH and (turn.stirred or (is_new_page and not waits_on)))
            or (name in _BY_WORK and has_new_work)
        ):
            turn.set_timer(name, seconds)


def _comes_unseen(turn: Turn) -> bool:
    """Whether a result comes after a wait that nobody has touched for as long as a personal page stays uncovered.

    The count of the cover goes on while the page only waits, but covers nothing there; that it has run out is seen by its
    timer, which is gone.
    """
    before, page = turn.before.visit, turn.page
    is_result = (isinstance(page, ResultPage) and page.statement is not None) or (
        isinstance(page, AnswerPage) and page.answer is not None
    )
    comes = is_result and before.only_waits
    return comes and COVER not in before.timers and turn.overlay is Overlay.NONE and not turn.stirred


def _wanted(turn: Turn) -> dict[str, float]:
    times, size, page = turn.timeouts, turn.visit.settings.text_size, turn.page
    wanted: dict[str, float] = {}
    work = _work_seconds(turn)
    if work is not None:
        wanted[WORK] = work
        if isinstance(page, QueryPage) and not page.slow:
            wanted[SLOW] = times.slow_s
    elif turn.overlay is not Overlay.IDLE_WARNING:
        name, seconds = _idle(turn)
        wanted[name] = times.for_person(seconds, size)
    if turn.overlay is Overlay.IDLE_WARNING:
        wanted[WARNING] = times.for_person(times.warning_s, size)
    if turn.overlay is Overlay.NONE and turn.visit.is_personal:
        wanted[COVER] = times.cover_s if times.for_person(1, size) == 1 else times.cover_elder_s
    return wanted


def _work_seconds(turn: Turn) -> float | None:
    """How long what is at work may stay silent, None when nothing is."""
    if turn.awaits(*_PLATFORM_WORK):
        return turn.timeouts.work_platform_s
    if turn.awaits(*_STORE_WORK):
        return turn.timeouts.work_store_s
    if turn.awaits(effects.PrintDocument):
        return turn.timeouts.work_print_s
    if isinstance(turn.page, IdentifyPage) and turn.page.reading:
        return turn.timeouts.work_card_s
    return None


def _idle(turn: Turn) -> tuple[str, float]:
    times, page = turn.timeouts, turn.page
    if page.place in (Place.HOME, Place.SEARCH, Place.GUIDE):
        return IDLE, times.idle_anonymous_s
    if isinstance(page, StaffPage):
        return IDLE, times.staff_idle_s if page.stage is StaffStage.OPEN else times.idle_anonymous_s
    if page.place in (Place.NOTICE, Place.WRITE, Place.ATTACH, Place.REVIEW):
        return IDLE, times.idle_reading_s
    if turn.overlay in (Overlay.NONE, Overlay.COVER):
        if isinstance(page, RatePage):
            return RESULT, times.result_s if page.sent is None else times.thanks_s
        if isinstance(page, PrintPage) and all(job.outcome is Outcome.PRINTED for job in page.jobs):
            return RESULT, times.result_s
    return IDLE, times.idle_identified_s


def is_live(session: Session) -> bool:
    """Whether somebody is being served."""
    return session.visit.page.place not in NOT_LIVE
