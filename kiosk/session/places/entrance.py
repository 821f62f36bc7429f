"""Attract, home and guide: nobody is known yet."""

from kiosk.base.errors import Problem
from kiosk.session import effects
from kiosk.session.events import (
    Begin,
    ChooseItem,
    End,
    RoomReserved,
    SetLanguage,
    SetTextSize,
    Start,
    StoreFailed,
    TimerFired,
)
from kiosk.session.places.ending import end
from kiosk.session.places.steps import enter
from kiosk.session.state import Ending, GuidePage, HomePage, Overlay, Place, SearchPage, Settings, Visit
from kiosk.session.submission import Draft
from kiosk.session.timeouts import VISIT_WARNING, WORK
from kiosk.session.turn import Turn


def start(turn: Turn, event: Start) -> None:
    """Somebody is here: a fresh visit."""
    turn.visit = Visit(
        visit_id=event.visit_id,
        page_serial=turn.visit.page_serial,
        next_effect=turn.visit.next_effect,
        settings=Settings(
            language=event.language or turn.defaults.language, text_size=event.text_size or turn.defaults.text_size
        ),
    )
    turn.show(HomePage())
    begin_visit_time(turn)


def begin_visit_time(turn: Turn) -> None:
    """The whole visit's limit begins, for the first time or anew."""
    seconds = turn.timeouts.visit_s - turn.timeouts.visit_warning_s
    turn.set_timer(VISIT_WARNING, turn.timeouts.for_person(seconds, turn.visit.settings.text_size))


def choose_item(turn: Turn, event: ChooseItem) -> None:
    turn.show(GuidePage(event.item_code))


def begin(turn: Turn, event: Begin) -> None:
    """Only the flow of the item whose guide was read; nothing that another item has found goes along. What will be handed in must have room
    before anybody begins."""
    page = turn.page
    assert isinstance(page, GuidePage)
    if page.waits or not event.flow.steps or event.flow.item_code != page.item_code:
        return
    turn.note(statement=None, answer=None)
    if Place.SUBMIT not in event.flow.steps:
        enter(turn, event.flow)
        return
    draft = turn.visit.draft
    if draft is None or draft.item_code != page.item_code:
        draft = Draft(event.form_key, page.item_code)
    turn.note(wanted=event.flow, draft=draft)
    turn.change(GuidePage(page.item_code, waits=True))
    turn.ask(effects.ReserveOffline)


def room_reserved(turn: Turn, _event: RoomReserved) -> None:
    flow = turn.visit.wanted
    if flow is not None:
        turn.note(wanted=None)
        enter(turn, flow)


def room_refused(turn: Turn, event: StoreFailed) -> None:
    assert isinstance(turn.page, GuidePage)
    turn.note(wanted=None)
    turn.change(GuidePage(turn.page.item_code, problem=event.problem))


def store_silent(turn: Turn, event: TimerFired) -> None:
    if event.timer == WORK:
        turn.give_up(effects.ReserveOffline)
        room_refused(turn, StoreFailed(event.visit_id, event.effect_id, Problem("store.slow")))


def home(turn: Turn, _event: object) -> None:
    """To where the item was chosen. A room that is still being asked for is not waited for."""
    turn.give_up(effects.ReserveOffline)
    turn.note(wanted=None)
    turn.show(HomePage() if turn.visit.lookup is None else SearchPage())


def set_language(turn: Turn, event: SetLanguage) -> None:
    """Page and answers stay."""
    turn.note(settings=Settings(event.language, turn.visit.settings.text_size))


def set_text_size(turn: Turn, event: SetTextSize) -> None:
    turn.note(settings=Settings(turn.visit.settings.language, event.text_size))


def ask_to_end(turn: Turn, _event: End) -> None:
    """Before anything personal it ends at once; afterwards it asks."""
    if turn.visit.person is None:
        end(turn, Ending.CANCELLED)
    else:
        turn.overlay = Overlay.CONFIRM_END


def end_surely(turn: Turn, _event: object) -> None:
    """是，结束办理."""
    end(turn, Ending.DONE if turn.page.place is Place.RATE else Ending.CANCELLED)


def broke(turn: Turn, _event: object) -> None:
    end(turn, Ending.FAULT)
