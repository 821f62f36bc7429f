"""Handing in, and asking later what became of it. What was tried once is never changed: only handed in again as it is."""

from kiosk.base.errors import Problem
from kiosk.session import effects
from kiosk.session.events import ItemStored, SlipStateTold, StoreFailed, TimerFired
from kiosk.session.places.steps import advance, enter_progress, enter_submit
from kiosk.session.state import Place, ProgressPage, SubmitPage, SubmitStage
from kiosk.session.timeouts import WORK
from kiosk.session.turn import Turn


# --- submit -----------------------------------------------------------------------------------------------------------
def stored(turn: Turn, event: ItemStored) -> None:
    turn.note(handed_in=event.handed_in)
    turn.change(SubmitPage(SubmitStage.DONE))


def not_stored(turn: Turn, event: StoreFailed) -> None:
    turn.change(SubmitPage(SubmitStage.FAILED, event.problem))


def store_silent(turn: Turn, event: TimerFired) -> None:
    if event.timer == WORK:
        turn.give_up(effects.SubmitItem)
        turn.change(SubmitPage(SubmitStage.FAILED, Problem("store.slow")))


def go_on(turn: Turn, event: object) -> None:
    """Handed in again as it is, by a new page, so that the second of two touches does nothing; done, on without a slip."""
    assert isinstance(turn.page, SubmitPage)
    if turn.page.stage is SubmitStage.FAILED:
        enter_submit(turn)
    elif turn.page.stage is SubmitStage.DONE:
        turn.move_to(Place.PRINT)
        advance(turn, event)


# --- progress ---------------------------------------------------------------------------------------------------------
def told(turn: Turn, event: SlipStateTold) -> None:
    turn.change(ProgressPage(event.standing))


def not_told(turn: Turn, event: StoreFailed) -> None:
    turn.change(ProgressPage(problem=event.problem))


def progress_silent(turn: Turn, event: TimerFired) -> None:
    if event.timer == WORK:
        turn.give_up(effects.AskSlipState)
        turn.change(ProgressPage(problem=Problem("session.no_answer")))


def read_on(turn: Turn, event: object) -> None:
    """Asked again after a problem; what was told has been read."""
    page = turn.page
    assert isinstance(page, ProgressPage)
    if page.problem is not None:
        enter_progress(turn)
    elif page.standing is not None:
        advance(turn, event)
