"""The second factor: a service password or a one-time code, checked by the platform alone."""

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod
from kiosk.session import effects
from kiosk.session.events import (
    ChooseMethod,
    CodeSent,
    EnterSecret,
    FactorPassed,
    FactorRefused,
    PlatformFailed,
    TimerFired,
)
from kiosk.session.places.ending import end
from kiosk.session.places.steps import advance, go_back, may_do_without_factor
from kiosk.session.state import Ending, FactorPage, FactorStage
from kiosk.session.timeouts import WORK
from kiosk.session.turn import Turn

_MAY_CHOOSE = frozenset({FactorStage.CHOOSE, FactorStage.ENTER, FactorStage.FAILED})


def choose_method(turn: Turn, event: ChooseMethod) -> None:
    """Also while entering: another method, or the code once more."""
    page = _page(turn)
    if page.stage not in _MAY_CHOOSE or event.method not in page.methods:
        return
    if event.method is FactorMethod.ONE_TIME_CODE:
        turn.change(FactorPage(FactorStage.SENDING, page.methods, event.method))
        turn.ask(effects.SendCode, person=turn.visit.person)
    else:
        turn.change(FactorPage(FactorStage.ENTER, page.methods, event.method))


def code_sent(turn: Turn, event: CodeSent) -> None:
    turn.change(replace(_page(turn), stage=FactorStage.ENTER, phone_masked=event.phone_masked))


def enter_secret(turn: Turn, event: EnterSecret) -> None:
    """An empty field, or a second touch while the first is being checked, costs no try."""
    page = _page(turn)
    if page.stage is FactorStage.ENTER and event.secret:
        turn.change(replace(page, stage=FactorStage.CHECKING, problem=None))
        turn.ask(effects.VerifyFactor, person=turn.visit.person, method=page.method, secret=event.secret)


def factor_passed(turn: Turn, event: FactorPassed) -> None:
    turn.note(factor_passed=True)
    advance(turn, event)


def factor_refused(turn: Turn, event: FactorRefused) -> None:
    """Wrong: again, as often as the platform allows. No phone to send to: the choice, with the reason."""
    page = _page(turn)
    if event.blocked or event.tries_left == 0:
        turn.change(replace(page, stage=FactorStage.BLOCKED, tries_left=0, problem=event.problem))
    elif page.stage is FactorStage.SENDING:
        turn.change(FactorPage(FactorStage.CHOOSE, page.methods, problem=event.problem))
    else:
        turn.change(replace(page, stage=FactorStage.ENTER, tries_left=event.tries_left, problem=event.problem))


def platform_failed(turn: Turn, event: PlatformFailed) -> None:
    turn.change(FactorPage(FactorStage.FAILED, _page(turn).methods, problem=event.problem))


def silent(turn: Turn, event: TimerFired) -> None:
    """The platform never answered: what it may still say belongs to nothing any more."""
    if event.timer == WORK:
        turn.give_up(effects.SendCode, effects.VerifyFactor)
        turn.change(FactorPage(FactorStage.FAILED, _page(turn).methods, problem=Problem("session.no_answer")))


def go_on(turn: Turn, event: object) -> None:
    """Where it may wait, one may choose to go on without it, and after a failure when the platform is away; otherwise a
    failure leads to the choice again. Blocked, the visit ends here."""
    page = _page(turn)
    is_left_out = page.stage is FactorStage.CHOOSE and turn.flow.factor_may_wait
    if is_left_out or (page.stage is FactorStage.FAILED and may_do_without_factor(turn)):
        advance(turn, event)
    elif page.stage is FactorStage.FAILED:
        turn.change(FactorPage(FactorStage.CHOOSE, page.methods))
    elif page.stage is FactorStage.BLOCKED:
        end(turn, Ending.CANCELLED)


def leave(turn: Turn, event: object) -> None:
    """From the choice to consent, from anything else to the choice. Blocked, there is no way round."""
    page = _page(turn)
    if page.stage is FactorStage.CHOOSE:
        go_back(turn, event)
    elif page.stage is not FactorStage.BLOCKED:
        turn.give_up(effects.SendCode, effects.VerifyFactor)
        turn.change(FactorPage(FactorStage.CHOOSE, page.methods))


def _page(turn: Turn) -> FactorPage:
    assert isinstance(turn.page, FactorPage)
    return turn.page
