"""The hand that asks the platform: one worker thread for the visit's calls, one for knowing whether the platform is there.

A visit's call is aborted when the visit ends; its answer would be dropped anyway, and a call that still waits in the queue
is not made. The watch has a client of its own, so that a slow hello never stands before a citizen's query.
"""

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from devices.id_card_reader.types import CardText
from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.central.contract import (
    CodeSent,
    FactorAccepted,
    FactorMethod,
    FundStatement,
    Period,
    PlatformHello,
    RatingReceived,
)
from kiosk.central.department import DepartmentAnswer
from kiosk.services.query import Query, check_answer
from kiosk.session import effects, events
from kiosk.session.state import PlatformState
from kiosk.terminal.log_events import log
from kiosk.terminal.worker import Worker, report_fault
from offline_cache.sync.contract import OwnCases, SlipAnswer

Post = Callable[[object], None]
QueryOf = Callable[[str], Query | None]
"""Of an item's code; None for an item that asks no department. Any thread."""

HELLO_EVERY_S = 30.0
HELLO_AGAIN_S = (1.0, 2.0, 5.0, 10.0)
"""While the platform is away: when to ask again; the last value stays. Each is spread by a quarter either way."""
TIME_TOLERANCE_S = 120.0
"""Wall time within this of the platform's is trusted for judging a card's expiry, whose grain is a day."""
_STOP_S = 2.0
_ABORT_EVERY_S = 0.05
_ABORTED = "central.aborted"
_NOBODY = "fund.person_not_found"
_NOBODY_THERE = "department.person_not_found"


class Client(Protocol):
    """What is asked of `kiosk.central.client.CentralClient`."""

    def open_visit(self, visit_id: str) -> None: ...
    def close_visit(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...
    def hello(self) -> PlatformHello | Problem: ...
    def send_code(self, id_number: str, name: str) -> CodeSent | Problem: ...
    def verify(self, method: FactorMethod, id_number: str, name: str, secret: str) -> FactorAccepted | Problem: ...
    def statement(self, period: Period) -> FundStatement | Problem: ...
    def department(self, item_code: str, choice: str) -> DepartmentAnswer | Problem: ...
    def rate(self, item_code: str, grade: int) -> RatingReceived | Problem: ...
    def slip_state(self, slip_number: str, id_number: str) -> SlipAnswer | Problem: ...
    def own_cases(self) -> OwnCases | Problem: ...


class Central:
    """Carries out SendCode, VerifyFactor, RunQuery, AskDepartment, SubmitRating; see the module.

    `on_unreachable` is called on the worker's thread when a call has not reached the platform. `query_of` says what an item's file lets a
    department answer; whatever else comes is not shown.
    """

    def __init__(self, client: Client, post: Post, on_unreachable: Callable[[], None], query_of: QueryOf) -> None:
        self._client = client
        self._post = post
        self._on_unreachable = on_unreachable
        self._query_of = query_of
        self._lock = threading.Lock()  # held for moments only: the terminal's owner waits for it
        self._current = ""  # the visit that may call; guarded by the lock
        self._open = ""  # the visit that the client has open; the worker's
        self._worker = Worker("central", lambda: post(events.Broke()))

    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.SendCode():
                self._submit(effect.visit_id, lambda: self._send_code(effect))
            case effects.VerifyFactor():
                self._submit(effect.visit_id, lambda: self._verify(effect))
            case effects.RunQuery():
                self._submit(effect.visit_id, lambda: self._query(effect))
            case effects.AskDepartment():
                self._submit(effect.visit_id, lambda: self._ask_department(effect))
            case effects.SubmitRating():
                self._submit(effect.visit_id, lambda: self._rate(effect))
            case _:
                return False
        return True

    def look_up(
        self, visit_id: str, slip_number: str, id_number: str, answer: Callable[[SlipAnswer | Problem], None]
    ) -> None:
        """Asks what became of a slip; see `kiosk.terminal.submissions.Platform`. Any thread; returns at once."""

        def call() -> None:
            told = self._client.slip_state(slip_number, id_number)
            self._look(told)
            answer(told)

        self._submit(visit_id, call)

    def own_cases(self, visit_id: str, answer: Callable[[OwnCases | Problem], None]) -> None:
        """Asks for the cases of the person who was confirmed in this visit; as `look_up`."""

        def call() -> None:
            told = self._client.own_cases()
            self._look(told)
            answer(told)

        self._submit(visit_id, call)

    def _look(self, told: object) -> None:
        if isinstance(told, Problem) and told.key == "central.unreachable":
            self._on_unreachable()

    def wipe(self, done: Callable[[], None]) -> None:
        self._end_visit()

        def forget() -> None:
            self._client.close_visit()
            self._open = ""
            done()

        self._worker.submit(forget)

    def stop(self) -> None:
        self._end_visit()
        if self._worker.stop():
            self._client.close()

    def _submit(self, visit_id: str, call: Callable[[], None]) -> None:
        def enter_and_call() -> None:
            if self._enter(visit_id):
                call()

        with self._lock:
            self._current = visit_id
        self._worker.submit(enter_and_call)

    def _end_visit(self) -> None:
        with self._lock:
            self._current = ""
        self._client.abort()

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _enter(self, visit_id: str) -> bool:
        """Whether the visit may still call.

        Opening a visit takes an abort back, and may block. So it is looked again afterwards: an end before that look is seen by
        it, and the abort of a later one holds.
        """
        if not self._is_current(visit_id):
            return False
        if self._open != visit_id:
            self._client.open_visit(visit_id)
            self._open = visit_id
        return self._is_current(visit_id)

    def _is_current(self, visit_id: str) -> bool:
        with self._lock:
            return self._current == visit_id

    def _send_code(self, effect: effects.SendCode) -> None:
        answer = self._client.send_code(effect.person.id_number, _name(effect.person))
        if isinstance(answer, Problem):
            self._post(self._factor_problem(effect, answer))
        else:
            self._post(events.CodeSent(effect.visit_id, effect.effect_id, answer.phone_masked))

    def _verify(self, effect: effects.VerifyFactor) -> None:
        answer = self._client.verify(effect.method, effect.person.id_number, _name(effect.person), effect.secret)
        if isinstance(answer, Problem):
            self._post(self._factor_problem(effect, answer))
        else:
            self._post(events.FactorPassed(effect.visit_id, effect.effect_id))

    def _query(self, effect: effects.RunQuery) -> None:
        answer = self._client.statement(effect.period)
        if not isinstance(answer, Problem):
            self._post(events.QueryAnswered(effect.visit_id, effect.effect_id, answer))
        elif answer.key == _NOBODY:
            self._post(events.QueryAnswered(effect.visit_id, effect.effect_id, None))
        else:
            self._post(self._failed(effect, answer))

    def _ask_department(self, effect: effects.AskDepartment) -> None:
        query = self._query_of(effect.item_code)
        if query is None:
            raise ValueError("a department is asked for an item without a query")
        answer = self._client.department(effect.item_code, effect.choice)
        if isinstance(answer, Problem):
            if answer.key == _NOBODY_THERE:
                self._post(events.DepartmentAnswered(effect.visit_id, effect.effect_id, None))
            else:
                self._post(self._failed(effect, answer))
        elif problem := check_answer(query, effect.item_code, effect.choice, answer):
            log.event("department_answer_refused")
            self._post(events.PlatformFailed(effect.visit_id, effect.effect_id, problem))
        else:
            self._post(events.DepartmentAnswered(effect.visit_id, effect.effect_id, answer))

    def _rate(self, effect: effects.SubmitRating) -> None:
        answer = self._client.rate(effect.item_code, effect.grade)
        if isinstance(answer, Problem):
            self._post(self._failed(effect, answer))
        else:
            self._post(events.Rated(effect.visit_id, effect.effect_id))

    def _factor_problem(self, effect: effects.SendCode | effects.VerifyFactor, problem: Problem) -> object:
        if not problem.key.startswith("identity."):
            return self._failed(effect, problem)
        tries = problem.placeholders.get("tries")
        tries_left = int(tries) if tries is not None else None
        blocked = problem.key == "identity.blocked" or tries_left == 0
        return events.FactorRefused(effect.visit_id, effect.effect_id, problem, tries_left, blocked)

    def _failed(
        self,
        effect: effects.SendCode
        | effects.VerifyFactor
        | effects.RunQuery
        | effects.AskDepartment
        | effects.SubmitRating,
        problem: Problem,
    ) -> events.PlatformFailed:
        if problem.key != _ABORTED:  # the visit has ended: nobody misses the answer
            log.event("central_call_failed", call=type(effect).__name__, reason=problem.key)
        if problem.key == "central.unreachable":
            self._on_unreachable()
        return events.PlatformFailed(effect.visit_id, effect.effect_id, problem)


class PlatformWatch:
    """Says hello every 30 s, sooner while the platform is away; posts `PlatformChanged` when the answer changes.

    Owns one thread; `stop` ends it within two seconds. A loss is logged once, and a recovery once.
    """

    def __init__(self, client: Client, post: Post, clock: Clock, spread: Callable[[], float] = random.random) -> None:
        self._client = client
        self._post = post
        self._clock = clock
        self._spread = spread
        self._soon = threading.Event()
        self._ending = threading.Event()
        self._last: events.PlatformChanged | None = None
        self._answered_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="platform-watch", daemon=True)

    @property
    def answered_at(self) -> float | None:
        """Monotonic time of the platform's last answer, None before the first. Any thread."""
        return self._answered_at

    def start(self) -> None:
        """Asks for the first time at once."""
        self._thread.start()

    def look_now(self) -> None:
        """A call has failed to reach the platform: ask now."""
        self._soon.set()

    def stop(self) -> None:
        """Ends the thread within two seconds, also while a call hangs; a second call does nothing more."""
        self._ending.set()
        self._soon.set()
        if self._thread.ident is not None:
            deadline = time.monotonic() + _STOP_S
            while self._thread.is_alive() and time.monotonic() < deadline:
                self._client.abort()  # again and again: a call takes back an abort that came just before it
                self._thread.join(_ABORT_EVERY_S)
            if self._thread.is_alive():
                return  # a daemon, somewhere in the system's resolver; it will find the end by itself
        self._client.close()

    def _run(self) -> None:
        misses = 0
        while True:
            self._soon.clear()  # before the end is looked for, or its wake-up would be lost
            if self._ending.is_set():
                return
            answer = self._hello()
            if self._ending.is_set():
                return
            if isinstance(answer, PlatformHello):
                wait = HELLO_EVERY_S
                misses = 0
                self._answered_at = self._clock.monotonic()
                self._tell(events.PlatformChanged(PlatformState.ONLINE, self._is_trusted(answer.time)))
            else:
                wait = HELLO_AGAIN_S[min(misses, len(HELLO_AGAIN_S) - 1)]
                misses += 1
                self._tell(events.PlatformChanged(PlatformState.UNREACHABLE, trusted_time=False))
            self._soon.wait(wait * (0.75 + 0.5 * self._spread()))

    def _hello(self) -> PlatformHello | Problem | None:
        """None when our own program failed: the watch must outlive that, or the platform would never be found again."""
        try:
            return self._client.hello()
        except Exception:  # noqa: BLE001 - see above
            report_fault()
            return None

    def _tell(self, news: events.PlatformChanged) -> None:
        if news != self._last:
            if self._last is None or news.platform is not self._last.platform:
                log.event("platform_found" if news.platform is PlatformState.ONLINE else "platform_lost")
            self._last = news
            self._post(news)

    def _is_trusted(self, time: str) -> bool:
        try:
            told = datetime.fromisoformat(time)
        except ValueError:
            return False
        if told.tzinfo is None:
            return False
        return abs((told - self._clock.now()).total_seconds()) <= TIME_TOLERANCE_S


def _name(person: CardText) -> str:
    """The name by which departments know the person: the Chinese one where the card has one."""
    return person.name or person.english_name
