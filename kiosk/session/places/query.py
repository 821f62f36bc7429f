"""Query and result: the platform is asked, the statement is shown, another period fetched, the printing begun."""

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import ChoosePeriod, PlatformFailed, QueryAnswered, TimerFired
from kiosk.session.places.steps import advance, enter, enter_query
from kiosk.session.state import FactorPage, FactorStage, Place, QueryPage, ResultPage
from kiosk.session.timeouts import SLOW, WORK
from kiosk.session.turn import Turn

TOKEN_EXPIRED = "identity.token_expired"


# --- query ------------------------------------------------------------------------------------------------------------
def answered(turn: Turn, event: QueryAnswered) -> None:
    """None = the department holds nothing of this person, which is a normal page."""
    turn.note(statement=event.statement)
    advance(turn, event)


def failed(turn: Turn, event: PlatformFailed) -> None:
    """Asked again by Continue; when the platform no longer knows the factor, the factor is asked again instead."""
    if not asks_factor_again(turn, event.problem):
        turn.change(QueryPage(problem=event.problem))


def asks_factor_again(turn: Turn, problem: Problem) -> bool:
    """Goes to the factor when the platform no longer knows it, since nothing else helps; else returns False."""
    if problem.key != TOKEN_EXPIRED:
        return False
    turn.note(factor_passed=False)
    turn.move_to(Place.FACTOR)
    turn.show(FactorPage(FactorStage.CHOOSE, turn.flow.factor_methods, problem=problem))
    return True


def timer(turn: Turn, event: TimerFired) -> None:
    if event.timer == SLOW:
        turn.change(QueryPage(slow=True))
    elif event.timer == WORK:
        turn.give_up(effects.RunQuery, effects.AskDepartment)
        turn.change(QueryPage(problem=Problem("session.no_answer")))


def ask_again(turn: Turn, _event: object) -> None:
    """A new page, so that the second of two touches cannot ask twice."""
    assert isinstance(turn.page, QueryPage)
    if turn.page.problem is not None:
        enter_query(turn)


# --- result -----------------------------------------------------------------------------------------------------------
def choose_period(turn: Turn, event: ChoosePeriod) -> None:
    """The old rows stay until the new ones are there."""
    page = _page(turn)
    if page.statement is None or page.loading or event.period is page.statement.period:
        return
    turn.change(replace(page, period=event.period, loading=True, problem=None))
    turn.ask(effects.RunQuery, item_code=turn.flow.item_code, period=event.period)


def period_answered(turn: Turn, event: QueryAnswered) -> None:
    turn.note(statement=event.statement)
    turn.change(ResultPage(event.statement, _page(turn).period))


def period_failed(turn: Turn, event: PlatformFailed) -> None:
    if not asks_factor_again(turn, event.problem):
        _keep_rows(turn, event.problem)


def silent(turn: Turn, event: TimerFired) -> None:
    if event.timer == WORK:
        turn.give_up(effects.RunQuery)
        _keep_rows(turn, Problem("session.no_answer"))


def go_on(turn: Turn, event: object) -> None:
    """Done without paper: the step after printing."""
    turn.give_up(effects.RunQuery)
    turn.move_to(Place.PRINT)
    advance(turn, event)


def show_result(turn: Turn, _event: object) -> None:
    """Back from the printing to what was found."""
    turn.move_to(Place.RESULT)
    enter(turn, turn.flow)
    statement = turn.visit.statement
    assert statement is not None
    turn.change(ResultPage(statement, statement.period))


def _keep_rows(turn: Turn, problem: Problem) -> None:
    page = _page(turn)
    assert page.statement is not None
    turn.change(ResultPage(page.statement, page.statement.period, problem=problem))


def _page(turn: Turn) -> ResultPage:
    assert isinstance(turn.page, ResultPage)
    return turn.page
