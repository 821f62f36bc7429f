"""The staff page: a PIN, then what the terminal says of itself, again every two seconds, until staff leave or nobody touches it."""

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import ActAsStaff, CallStaff, EnterPin, PinChecked, StaffDone, StaffTold, TimerFired
from kiosk.session.places.entrance import begin_visit_time
from kiosk.session.staff import StaffAct, StaffLetter
from kiosk.session.state import StaffPage, StaffStage, Visit
from kiosk.session.timeouts import REFRESH, WORK
from kiosk.session.turn import Turn


def called(turn: Turn, event: CallStaff) -> None:
    """Nobody is being served, so the page is free. It is a visit without a citizen, and ends as one."""
    turn.visit = Visit(
        visit_id=event.visit_id,
        page_serial=turn.visit.page_serial,
        next_effect=turn.visit.next_effect,
        settings=turn.defaults,
    )
    turn.show(StaffPage(StaffStage.PIN))
    begin_visit_time(turn)


def enter_pin(turn: Turn, event: EnterPin) -> None:
    if _page(turn).stage is StaffStage.PIN and event.pin:
        turn.change(StaffPage(StaffStage.CHECKING))
        turn.ask(effects.CheckPin, pin=event.pin)


def pin_checked(turn: Turn, event: PinChecked) -> None:
    """A new page in any case, so that a second touch of the last key does nothing."""
    if event.problem is not None:
        turn.show(StaffPage(StaffStage.PIN, event.problem))
        return
    turn.show(StaffPage(StaffStage.OPEN))
    turn.ask(effects.AskStaffBoard)


def told(turn: Turn, event: StaffTold) -> None:
    page = _page(turn)
    if page.stage is StaffStage.OPEN:
        turn.change(replace(page, board=event.board))
        turn.set_timer(REFRESH, turn.timeouts.refresh_s)


def act(turn: Turn, event: ActAsStaff) -> None:
    """One after the other."""
    page = _page(turn)
    if page.stage is StaffStage.OPEN and not turn.awaits(effects.DoForStaff):
        if event.act is StaffAct.RETRY and all(letter.key != event.key for letter in _letters(page)):
            return
        turn.change(replace(page, told=None, acting=event.act))
        turn.ask(effects.DoForStaff, act=event.act, key=event.key)


def done(turn: Turn, event: StaffDone) -> None:
    """What came of it, and how things stand now."""
    turn.change(replace(_page(turn), told=event.told, acting=None))
    turn.ask(effects.AskStaffBoard)


def timer(turn: Turn, event: TimerFired) -> None:
    page = _page(turn)
    if event.timer == REFRESH:
        turn.ask(effects.AskStaffBoard)
    elif event.timer == WORK and page.stage is StaffStage.CHECKING:
        turn.give_up(effects.CheckPin)
        turn.show(StaffPage(StaffStage.PIN, Problem("staff.pin_not_compared")))
    elif event.timer == WORK:
        turn.give_up(effects.DoForStaff)
        turn.change(replace(page, told=Problem("store.slow"), acting=None))


def _letters(page: StaffPage) -> tuple[StaffLetter, ...]:
    return page.board.letters if page.board is not None else ()


def _page(turn: Turn) -> StaffPage:
    assert isinstance(turn.page, StaffPage)
    return turn.page
