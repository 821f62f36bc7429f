"""From one step of the flow to the next: the doors between places."""

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.central.contract import Period
from kiosk.services.flow import previous_step
from kiosk.session import effects
from kiosk.session.lookup import Lookup
from kiosk.session.places.ending import end
from kiosk.session.state import (
    AnswerPage,
    AttachPage,
    AttachStage,
    ConsentPage,
    Ending,
    FactorPage,
    FactorStage,
    Flow,
    GuidePage,
    IdentifyPage,
    NoticePage,
    NumberPage,
    Place,
    PlatformState,
    ProgressPage,
    QueryPage,
    RatePage,
    ResultPage,
    ReviewPage,
    SearchPage,
    SubmitPage,
    SubmitStage,
    WritePage,
    WriteStage,
)
from kiosk.session.turn import Turn


def enter(turn: Turn, flow: Flow) -> None:
    """Shows the first page of the flow's present step and asks for what it needs."""
    turn.note(flow=flow)
    if _is_left_out(turn, flow):
        advance(turn, None)
        return
    match flow.steps[flow.position]:
        case Place.NOTICE:
            turn.show(NoticePage())
        case Place.SEARCH:
            turn.note(lookup=Lookup(scope=flow.looks_up))
            turn.show(SearchPage())
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
        case Place.ANSWER:
            turn.show(AnswerPage(turn.visit.answer, _choice(turn)))
        case Place.WRITE:
            turn.show(WritePage(WriteStage.CATEGORY))
        case Place.ATTACH:
            has_picture = turn.visit.draft is not None and turn.visit.draft.attachment is not None
            turn.show(AttachPage(AttachStage.SHOW if has_picture else AttachStage.ASK, live=not has_picture))
            if not has_picture:
                turn.ask(effects.ShowPaper)
        case Place.REVIEW:
            turn.show(ReviewPage())
        case Place.SUBMIT:
            enter_submit(turn)
        case Place.NUMBER:
            enter_number_page(turn)
        case Place.PROGRESS:
            enter_progress(turn)
        case Place.RATE if turn.availability.platform is PlatformState.ONLINE or rating_waits(turn):
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
    """The step before, or the guide before the first. What was left out on the way is left out on the way back."""
    flow = previous_step(turn.flow)
    while flow is not None and _is_left_out(turn, flow):
        flow = previous_step(flow)
    if flow is None:
        turn.show(GuidePage(turn.flow.item_code))
        turn.note(flow=None)
    else:
        enter(turn, flow)


def enter_identify(turn: Turn) -> None:
    """Waits for a card. Coming back from consent, the card that still lies there must be lifted first."""
    came_back = turn.page.place is Place.CONSENT
    turn.note(person=None, factor_passed=False, repeats=0)  # another card may come
    status = turn.availability.devices.get(DeviceClass.ID_CARD_READER)
    if status is not None and not status.is_usable:
        turn.show(IdentifyPage(problem=Problem("session.reader_not_ready"), stopped=True))
        return
    turn.show(IdentifyPage())
    read_card(turn, accepts_lying=not came_back)


def read_card(turn: Turn, *, accepts_lying: bool = True) -> None:
    turn.note(card_asked=True)
    turn.ask(effects.ReadCard, accepts_lying=accepts_lying)


def enter_submit(turn: Turn) -> None:
    turn.show(SubmitPage(SubmitStage.SENDING))
    turn.ask(
        effects.SubmitItem,
        person=turn.visit.person,
        draft=turn.visit.draft,
        is_verified=turn.visit.factor_passed,
        is_online=turn.availability.platform is PlatformState.ONLINE,
    )


def enter_number_page(turn: Turn) -> None:
    """The number is typed; where there is a barcode reader, the slip's code is taken as well."""
    turn.show(NumberPage(scans=has_barcode_reader(turn)))
    if has_barcode_reader(turn):
        turn.ask(effects.ReadSlipCode)


def has_barcode_reader(turn: Turn) -> bool:
    status = turn.availability.devices.get(DeviceClass.BARCODE_READER)
    return status is not None and status.is_usable


def has_camera(turn: Turn) -> bool:
    status = turn.availability.devices.get(DeviceClass.DOCUMENT_CAMERA)
    return status is not None and status.is_usable


def enter_progress(turn: Turn) -> None:
    turn.show(ProgressPage())
    turn.ask(
        effects.AskSlipState,
        number=turn.visit.slip_number,
        person=turn.visit.person,
        is_verified=turn.visit.factor_passed,
        is_online=turn.availability.platform is PlatformState.ONLINE,
    )


def may_do_without_factor(turn: Turn) -> bool:
    """Whether the platform is away and this item's factor may wait until it is back."""
    return turn.flow.factor_may_wait and turn.availability.platform is not PlatformState.ONLINE


def rating_waits(turn: Turn) -> bool:
    """Whether a rating goes into the store now."""
    is_away = turn.availability.platform is not PlatformState.ONLINE
    return turn.flow.rating_may_wait and is_away and turn.availability.store is None


def _is_left_out(turn: Turn, flow: Flow) -> bool:
    """A factor that was passed already or may wait; a picture without a camera."""
    match flow.steps[flow.position]:
        case Place.FACTOR:
            return turn.visit.factor_passed or may_do_without_factor(turn)
        case Place.ATTACH:
            return not has_camera(turn)
    return False


def enter_query(turn: Turn) -> None:
    turn.show(QueryPage())
    if Place.ANSWER in turn.flow.steps:
        turn.ask(effects.AskDepartment, item_code=turn.flow.item_code, choice=_choice(turn))
    else:
        turn.ask(effects.RunQuery, item_code=turn.flow.item_code, period=Period.YEAR)


def _choice(turn: Turn) -> str:
    """With which the shown answer was asked, the item's first before there is one; "" where there is nothing to choose."""
    if turn.visit.answer is not None:
        return turn.visit.answer.choice
    return turn.flow.choices[0] if turn.flow.choices else ""
