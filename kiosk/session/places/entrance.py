"""Attract, home and guide: nobody is known yet."""

from kiosk.session.events import Begin, ChooseItem, End, SetLanguage, SetTextSize, Start
from kiosk.session.places.ending import end
from kiosk.session.places.steps import enter
from kiosk.session.state import Ending, GuidePage, HomePage, Overlay, Place, Settings, Visit
from kiosk.session.timeouts import VISIT_WARNING
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
    """Only the flow of the item whose guide was read."""
    assert isinstance(turn.page, GuidePage)
    if event.flow.steps and event.flow.item_code == turn.page.item_code:
        enter(turn, event.flow)


def home(turn: Turn, _event: object) -> None:
    turn.show(HomePage())


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
