"""Printing and rating. One paper at a time, the sheet first: the slip says what came out. Nothing is printed twice
without a person's word, and no job id is ever used again."""

from collections.abc import Sequence

from devices.receipt_printer.types import Outcome
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects
from kiosk.session.events import AnswerOutcome, PlatformFailed, Print, PrintEnded, Rate, Rated, Reprint, TimerFired
from kiosk.session.places.answer import show_answer
from kiosk.session.places.ending import end
from kiosk.session.places.query import show_result
from kiosk.session.places.steps import advance, rating_waits
from kiosk.session.state import (
    AnswerPage,
    Ending,
    Place,
    PrintJob,
    PrintPage,
    RatePage,
    ResultPage,
    SubmitPage,
    SubmitStage,
)
from kiosk.session.timeouts import RESULT, WORK
from kiosk.session.turn import Turn

GRADES = range(1, 6)


# --- result and submit ------------------------------------------------------------------------------------------------
def begin_printing(turn: Turn, event: Print) -> None:
    """Every document of the flow, each with an id of its own: of a result, not while another period is being fetched, or
    of what was handed in."""
    page = turn.page
    if isinstance(page, ResultPage):
        has_content = page.statement is not None and not page.loading
    elif isinstance(page, AnswerPage):
        has_content = page.answer is not None and not page.loading
    else:
        has_content = isinstance(page, SubmitPage) and page.stage is SubmitStage.DONE
    documents = turn.flow.documents
    if not has_content or not documents or not _are_fresh(turn, event.job_ids, len(documents)):
        return
    turn.move_to(Place.PRINT)
    pairs = zip(documents, event.job_ids, strict=True)
    turn.show(PrintPage(tuple(PrintJob(document, job_id) for document, job_id in pairs)))
    _use(turn, event.job_ids)
    _print_next(turn)


# --- print ------------------------------------------------------------------------------------------------------------
def print_ended(turn: Turn, event: PrintEnded) -> None:
    """The outcome of the paper at work. An answer that names another paper is a bug, and nothing is known then."""
    job = _at_work(_page(turn))
    assert job is not None  # it is what the awaited effect prints
    outcome = event.outcome if event.job_id == job.job_id else Outcome.UNKNOWN
    _close(turn, replace(job, outcome=outcome, problem=event.problem))


def timer(turn: Turn, event: TimerFired) -> None:
    """A silent printer's outcome is unknown, and a person is asked. After printing the visit goes on by itself."""
    if event.timer == WORK:
        turn.give_up(effects.PrintDocument)
        job = _at_work(_page(turn))
        assert job is not None
        _close(turn, replace(job, outcome=Outcome.UNKNOWN, problem=Problem("session.printer_silent")))
    elif event.timer == RESULT:
        advance(turn, event)


def answer_outcome(turn: Turn, event: AnswerOutcome) -> None:
    """What the person saw; only of the job that is asked about."""
    page = _page(turn)
    job = page.asks_about
    if job is not None and job.job_id == event.job_id:
        outcome = Outcome.PRINTED if event.came_out else Outcome.NOT_PRINTED
        _replace(turn, replace(job, outcome=outcome))


def reprint(turn: Turn, event: Reprint) -> None:
    """The missing papers, with new ids, because a person wants them."""
    page = _page(turn)
    missing = page.missing
    if (
        page.is_working
        or page.asks_about is not None
        or not missing
        or not _are_fresh(turn, event.job_ids, len(missing))
    ):
        return
    fresh = iter(event.job_ids)
    jobs = tuple(PrintJob(job.document, next(fresh)) if job in missing else job for job in page.jobs)
    turn.change(PrintPage(jobs))
    _use(turn, event.job_ids)
    _print_next(turn)


def go_on(turn: Turn, event: object) -> None:
    if not _page(turn).is_working:
        advance(turn, event)


def leave(turn: Turn, event: object) -> None:
    """Back to the result or to what was handed in, once nothing is at work."""
    if _page(turn).is_working:
        return
    if turn.visit.handed_in is not None:
        turn.move_to(Place.SUBMIT)
        turn.show(SubmitPage(SubmitStage.DONE))
    elif turn.visit.answer is not None:
        show_answer(turn, event)
    else:
        show_result(turn, event)


def _close(turn: Turn, job: PrintJob) -> None:
    if job.outcome is not Outcome.NOT_PRINTED:
        turn.note(printed=True)  # it came out, or it may have
    _replace(turn, job)
    _print_next(turn)


def _replace(turn: Turn, job: PrintJob) -> None:
    page = _page(turn)
    turn.change(PrintPage(tuple(job if old.job_id == job.job_id else old for old in page.jobs)))


def _print_next(turn: Turn) -> None:
    page = _page(turn)
    job = _at_work(page)
    if job is None:
        return
    turn.ask(
        effects.PrintDocument,
        document=job.document,
        job_id=job.job_id,
        item_code=turn.flow.item_code,
        language=turn.visit.settings.language,
        person=turn.visit.person,
        statement=turn.visit.statement,
        answer=turn.visit.answer,
        outcomes=tuple((other.document, other.outcome) for other in page.jobs if other.outcome is not None),
        handed_in=turn.visit.handed_in,
    )


def _at_work(page: PrintPage) -> PrintJob | None:
    """The job being printed: the first without an outcome."""
    return next((job for job in page.jobs if job.outcome is None), None)


def _are_fresh(turn: Turn, job_ids: Sequence[str], wanted: int) -> bool:
    return len(job_ids) == wanted == len(set(job_ids)) and turn.visit.used_jobs.isdisjoint(job_ids)


def _use(turn: Turn, job_ids: Sequence[str]) -> None:
    turn.note(used_jobs=turn.visit.used_jobs | frozenset(job_ids))


def _page(turn: Turn) -> PrintPage:
    assert isinstance(turn.page, PrintPage)
    return turn.page


# --- rate -------------------------------------------------------------------------------------------------------------
def rate(turn: Turn, event: Rate) -> None:
    """One rating a visit; no rating has no value and is never counted as content."""
    page = turn.page
    assert isinstance(page, RatePage)
    if page.sending or page.sent is not None or event.grade not in GRADES:
        return
    turn.change(RatePage(sending=True))
    turn.note(grade=event.grade)
    turn.ask(effects.SubmitRating, item_code=turn.flow.item_code, grade=event.grade, waits=rating_waits(turn))


def rated(turn: Turn, _event: Rated) -> None:
    turn.change(RatePage(sent=turn.visit.grade))


def rating_failed(turn: Turn, event: PlatformFailed) -> None:
    """Told, and may be tried again; nobody is kept for a rating."""
    turn.change(RatePage(problem=event.problem))


def done(turn: Turn, _event: object) -> None:
    end(turn, Ending.DONE)


def rate_timer(turn: Turn, event: TimerFired) -> None:
    if event.timer == RESULT:
        end(turn, Ending.DONE)
    elif event.timer == WORK:
        turn.give_up(effects.SubmitRating)
        turn.change(RatePage(problem=Problem("session.no_answer")))
