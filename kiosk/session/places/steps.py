"""From one step of the flow to the next: the doors between places."""

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.central.contract import Period
from kiosk.services.flow import previous_step
from kiosk.session import effects
from kiosk.session.places.ending import end
from kiosk.session.state import (
    ConsentPage,
    Ending,
    FactorPage,
    FactorStage,
    Flow,
    GuidePage,
    IdentifyPage,
    NoticePage,
    Place,
    PlatformState,
    QueryPage,
    RatePage,
    ResultPage,
)
from kiosk.session.turn import Turn


def enter(turn: Turn, flow: Flow) -> None:
    """Shows the first page of the flow's present step and asks for what it needs."""
    turn.note(flow=flow)
    match flow.steps[flow.position]:
        case Place.NOTICE:
            turn.show(NoticePage())
        case Place.IDENTIFY:
            enter_identify(turn)
        case Place.CONSENT:
            turn.show(ConsentPage(expiry_unchecked=not turn.availability.trusted_time))
        case Place.FACTOR:
            turn.show(FactorPage(FactorStage.CHOOSE, flow.factor_methods))
        case Place.QUERY if turn.visit.factor_passed:
            enter_query(turn)
        case Place.RESULT:
            turn.show(ResultPage(turn.visit.statement))
        case Place.RATE if turn.availability.platform is PlatformState.ONLINE:
            turn.show(RatePage())
        case Place.RATE:  # a rating is never forced, and there is nobody to take it
            end(turn, Ending.DONE)
        case _:  # a flow that would open personal data without a factor: a bug of ours, and the safe path
            end(turn, Ending.FAULT)


def advance(turn: Turn, _event: object) -> None:
    """The next step, or the end after the last."""
    flow = turn.next_flow()
    if flow is None:
        end(turn, Ending.DONE)
    else:
        enter(turn, flow)


def go_back(turn: Turn, _event: object) -> None:
    """The step before, or the guide before the first."""
    flow = previous_step(turn.flow)
    if flow is None:
        turn.show(GuidePage(turn.flow.item_code))
        turn.note(flow=None)
    else:
        enter(turn, flow)


def enter_identify(turn: Turn) -> None:
    """Waits for a card. Coming back from consent, the card that still lies there must be lifted first."""
    came_back = turn.page.place is Place.CONSENT
    turn.note(person=None, repeats=0)
    status = turn.availability.devices.get(DeviceClass.ID_CARD_READER)
    if status is not None and not status.is_usable:
        turn.show(IdentifyPage(problem=Problem("session.reader_not_ready"), stopped=True))
        return
    turn.show(IdentifyPage())
    read_card(turn, accepts_lying=not came_back)


def read_card(turn: Turn, *, accepts_lying: bool = True) -> None:
    turn.note(card_asked=True)
    turn.ask(effects.ReadCard, accepts_lying=accepts_lying)


def enter_query(turn: Turn) -> None:
    turn.show(QueryPage())
    turn.ask(effects.RunQuery, item_code=turn.flow.item_code, period=Period.YEAR)
