"""The end of a visit, always in this order: curtain, wipe, card call, attract.

The person and all that belongs to them leave the state with the curtain; no later step knows them. Each step has its
timer, so that a dead picture, a stuck hand or a silent reader delays the end but never stops it.
"""

from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import KeptTold, MediaGone, MediaLies, MediaUnknown, Recovered, TimerFired
from kiosk.session.state import (
    AttractPage,
    CardCallPage,
    CurtainPage,
    Ending,
    Overlay,
    PrintPage,
    Visit,
    WipePage,
)
from kiosk.session.timeouts import CARD_CALL, CARD_OVERDUE, CARD_UNKNOWN, CURTAIN, PAPERS, WIPE
from kiosk.session.turn import Turn


def end(turn: Turn, ending: Ending) -> None:
    """Ends the visit through the curtain. Drops the person, stops the reader, forgets every timer and every answer."""
    turn.stop_reading()
    turn.stop_reading_code()
    turn.hide_paper()
    for name in tuple(turn.visit.timers):
        turn.clear_timer(name)
    printing = isinstance(turn.page, PrintPage) and turn.page.is_working  # it may still come out
    old = turn.visit
    turn.visit = Visit(
        visit_id=old.visit_id,
        page=old.page,
        page_serial=old.page_serial,
        next_effect=old.next_effect,
        settings=old.settings,
        printed=old.printed or printing,
        card_asked=old.card_asked,
        kept=old.handed_in is not None,
        ending=ending,
    )
    turn.overlay = Overlay.NONE
    turn.show(CurtainPage())
    turn.ask(effects.DrawCurtain)
    turn.set_timer(CURTAIN, turn.timeouts.curtain_s)


# --- curtain ----------------------------------------------------------------------------------------------------------
def wipe(turn: Turn, _event: object) -> None:
    """The frame is out: now, and not before, everything is wiped."""
    turn.clear_timer(CURTAIN)
    turn.give_up(effects.DrawCurtain)
    turn.show(WipePage())
    assert turn.visit.ending is not None
    turn.ask(effects.Wipe, ending=turn.visit.ending)
    turn.set_timer(WIPE, turn.timeouts.wipe_s)


# --- wipe -------------------------------------------------------------------------------------------------------------
def wiped(turn: Turn, _event: object) -> None:
    """Everything is forgotten: the card is called, when there may be one or papers."""
    turn.clear_timer(WIPE)
    turn.give_up(effects.Wipe)
    if turn.visit.card_asked or turn.visit.printed:
        call_card(turn)
    else:
        attract(turn)


def wipe_unconfirmed(turn: Turn, event: TimerFired) -> None:
    """Somebody has not confirmed to have forgotten: the hall is told, and the next person need not wait."""
    turn.ask(effects.TellHall, event="wipe_unconfirmed")
    wiped(turn, event)


# --- card call --------------------------------------------------------------------------------------------------------
def recovered(turn: Turn, event: Recovered) -> None:
    """The last run was killed in mid-visit: nothing is known of it but that a card and papers may lie there."""
    turn.visit = Visit(
        visit_id=event.visit_id,
        page_serial=turn.visit.page_serial,
        next_effect=turn.visit.next_effect,
        settings=turn.defaults,
        printed=True,
        card_asked=True,
        ending=Ending.RECOVERED,
    )
    call_card(turn)
    if event.form_key:
        turn.ask(effects.AskKept, form_key=event.form_key)


def call_card(turn: Turn) -> None:
    turn.show(CardCallPage(papers=turn.visit.printed))
    turn.ask(effects.CallCard)
    turn.ask(effects.WatchMedia)
    turn.set_timer(CARD_CALL, turn.timeouts.card_call_s)
    turn.set_timer(CARD_OVERDUE, turn.timeouts.card_overdue_s)
    if turn.visit.printed:
        turn.set_timer(PAPERS, turn.timeouts.papers_s)


def media_lies(turn: Turn, _event: MediaLies) -> None:
    turn.change(replace(_call(turn), card_lies=True, heard=True))


def media_gone(turn: Turn, _event: MediaGone) -> None:
    """The card is gone; papers are called for their least time, and a person who asks whether all is lost gets the answer."""
    turn.change(replace(_call(turn), card_lies=False))
    if PAPERS not in turn.visit.timers and not turn.awaits(effects.AskKept):
        attract(turn)


def kept_told(turn: Turn, event: KeptTold) -> None:
    """There must be time to read it."""
    if event.is_kept:
        turn.note(kept=True)
        turn.set_timer(PAPERS, turn.timeouts.papers_s)
    elif _call(turn).card_lies is False and PAPERS not in turn.visit.timers:
        attract(turn)


def media_unknown(turn: Turn, _event: MediaUnknown) -> None:
    turn.change(replace(_call(turn), card_lies=None, heard=False))
    turn.set_timer(CARD_UNKNOWN, turn.timeouts.card_unknown_s)


def call_timer(turn: Turn, event: TimerFired) -> None:
    page = _call(turn)
    match event.timer:
        case "cardCall":
            if page.card_lies is not False:  # the voice stops with the card, the words stay
                turn.ask(effects.CallCard)
                turn.set_timer(CARD_CALL, turn.timeouts.card_call_s)
        case "papers":
            if page.card_lies is False and not turn.awaits(effects.AskKept):
                attract(turn)
        case "cardOverdue" if page.heard:
            if not page.overdue:
                turn.ask(effects.TellHall, event="card_left_behind")
            turn.change(replace(page, overdue=True, heard=False))
            # A new watch proves that the reader still lives; a silent one must not hold the terminal for ever.
            turn.stop_watching()
            turn.ask(effects.WatchMedia)
            turn.set_timer(CARD_OVERDUE, turn.timeouts.card_overdue_s)
        case _:  # cardUnknown, or an overdue watch that never said a word
            attract(turn)


def attract(turn: Turn) -> None:
    """Nobody is here: a fresh visit with the terminal's own settings; only the counters go on."""
    turn.stop_watching()
    for name in tuple(turn.visit.timers):
        turn.clear_timer(name)
    turn.overlay = Overlay.NONE
    turn.visit = Visit(
        page=AttractPage(),
        page_serial=turn.visit.page_serial + 1,
        next_effect=turn.visit.next_effect,
        settings=turn.defaults,
    )


def _call(turn: Turn) -> CardCallPage:
    assert isinstance(turn.page, CardCallPage)
    return turn.page
