"""The hand that asks the platform: one worker thread for the visit's calls, one for knowing whether the platform is there.

A visit's call is aborted when the visit ends; its answer would be dropped anyway. The watch has a client of its own, so
that a slow hello never stands before a citizen's query.
"""

import random
import threading
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
from kiosk.session import effects, events
from kiosk.session.state import PlatformState
from kiosk.terminal.log_events import log
from kiosk.terminal.worker import Worker

Post = Callable[[object], None]

HELLO_EVERY_S = 30.0
HELLO_AGAIN_S = (1.0, 2.0, 5.0, 10.0)
"""While the platform is away: when to ask again; the last value stays. Each is spread by a quarter either way."""
TIME_TOLERANCE_S = 120.0
"""Wall time within this of the platform's is trusted for judging a card's expiry, whose grain is a day."""
_NOBODY = "fund.person_not_found"


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
    def rate(self, item_code: str, grade: int) -> RatingReceived | Problem: ...


class Central:
    """Carries out SendCode, VerifyFactor, RunQuery, SubmitRating; see the module."""

    def __init__(self, client: Client, post: Post, on_unreachable: Callable[[], None]) -> None:
        self._client = client
        self._post = post
        self._on_unreachable = on_unreachable
        self._open = ""
        self._worker = Worker("central", lambda: post(events.Broke()))

    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.SendCode():
                self._worker.submit(lambda: self._send_code(effect))
            case effects.VerifyFactor():
                self._worker.submit(lambda: self._verify(effect))
            case effects.RunQuery():
                self._worker.submit(lambda: self._query(effect))
            case effects.SubmitRating():
                self._worker.submit(lambda: self._rate(effect))
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        self._client.abort()

        def forget() -> None:
            self._client.close_visit()
            self._open = ""
            done()

        self._worker.submit(forget)

    def stop(self) -> None:
        self._client.abort()
        self._worker.stop()
        self._client.close()

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _enter(self, visit_id: str) -> None:
        if self._open != visit_id:
            self._client.open_visit(visit_id)
            self._open = visit_id

    def _send_code(self, effect: effects.SendCode) -> None:
        self._enter(effect.visit_id)
        answer = self._client.send_code(effect.person.id_number, _name(effect.person))
        if isinstance(answer, Problem):
            self._post(self._factor_problem(effect, answer))
        else:
            self._post(events.CodeSent(effect.visit_id, effect.effect_id, answer.phone_masked))

    def _verify(self, effect: effects.VerifyFactor) -> None:
        self._enter(effect.visit_id)
        answer = self._client.verify(effect.method, effect.person.id_number, _name(effect.person), effect.secret)
        if isinstance(answer, Problem):
            self._post(self._factor_problem(effect, answer))
        else:
            self._post(events.FactorPassed(effect.visit_id, effect.effect_id))

    def _query(self, effect: effects.RunQuery) -> None:
        self._enter(effect.visit_id)
        answer = self._client.statement(effect.period)
        if not isinstance(answer, Problem):
            self._post(events.QueryAnswered(effect.visit_id, effect.effect_id, answer))
        elif answer.key == _NOBODY:
            self._post(events.QueryAnswered(effect.visit_id, effect.effect_id, None))
        else:
            self._post(self._failed(effect, answer))

    def _rate(self, effect: effects.SubmitRating) -> None:
        self._enter(effect.visit_id)
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
        effect: effects.SendCode | effects.VerifyFactor | effects.RunQuery | effects.SubmitRating,
        problem: Problem,
    ) -> events.PlatformFailed:
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
        self._thread = threading.Thread(target=self._run, name="platform-watch", daemon=True)

    def start(self) -> None:
        """Asks for the first time at once."""
        self._thread.start()

    def look_now(self) -> None:
        """A call has failed to reach the platform: ask now."""
        self._soon.set()

    def stop(self) -> None:
        """Ends the thread."""
        self._ending.set()
        self._client.abort()
        self._soon.set()
        if self._thread.ident is not None:
            self._thread.join(2.0)
        self._client.close()

    def _run(self) -> None:
        misses = 0
        while not self._ending.is_set():
            answer = self._client.hello()
            if self._ending.is_set():
                return
            if isinstance(answer, Problem):
                wait = HELLO_AGAIN_S[min(misses, len(HELLO_AGAIN_S) - 1)]
                misses += 1
                self._tell(events.PlatformChanged(PlatformState.UNREACHABLE, trusted_time=False))
            else:
                wait = HELLO_EVERY_S
                misses = 0
                self._tell(events.PlatformChanged(PlatformState.ONLINE, self._is_trusted(answer.time)))
            self._soon.clear()
            self._soon.wait(wait * (0.75 + 0.5 * self._spread()))

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
