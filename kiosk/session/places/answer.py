"""What a department holds of the person: shown, asked again with another choice, and the printing begun."""

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import Choose, DepartmentAnswered, PlatformFailed, TimerFired
from kiosk.session.places.query import asks_factor_again
from kiosk.session.places.steps import advance, enter
from kiosk.session.state import AnswerPage, Place
from kiosk.session.timeouts import WORK
from kiosk.session.turn import Turn


def answered(turn: Turn, event: DepartmentAnswered) -> None:
    """None = the department holds nothing of this person, which is a normal page."""
    turn.note(answer=event.answer)
    advance(turn, event)


def choose(turn: Turn, event: Choose) -> None:
    """What was held under the old choice stays until the new answer is there."""
    page = _page(turn)
    if page.answer is None or page.loading or event.choice == page.choice or event.choice not in turn.flow.choices:
        return
    turn.change(replace(page, choice=event.choice, loading=True, problem=None))
    turn.ask(effects.AskDepartment, item_code=turn.flow.item_code, choice=event.choice)


def choice_answered(turn: Turn, event: DepartmentAnswered) -> None:
    turn.note(answer=event.answer)
    turn.change(AnswerPage(event.answer, _page(turn).choice))


def choice_failed(turn: Turn, event: PlatformFailed) -> None:
    if not asks_factor_again(turn, event.problem):
        _keep(turn, event.problem)


def silent(turn: Turn, event: TimerFired) -> None:
    if event.timer == WORK:
        turn.give_up(effects.AskDepartment)
        _keep(turn, Problem("session.no_answer"))


def go_on(turn: Turn, event: object) -> None:
    """Done without paper: the step after printing."""
    turn.give_up(effects.AskDepartment)
    turn.move_to(Place.PRINT)
    advance(turn, event)


def show_answer(turn: Turn, _event: object) -> None:
    """Back from the printing to what was found."""
    turn.move_to(Place.ANSWER)
    enter(turn, turn.flow)


def _keep(turn: Turn, problem: Problem) -> None:
    page = _page(turn)
    assert page.answer is not None
    turn.change(AnswerPage(page.answer, page.answer.choice, problem=problem))


def _page(turn: Turn) -> AnswerPage:
    assert isinstance(turn.page, AnswerPage)
    return turn.page
