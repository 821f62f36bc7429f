"""The hand that asks the platform, before a client that can be held in any call."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kiosk.base.errors import Problem
from kiosk.base.logs import REDACTED
from kiosk.base.record import replace
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
from kiosk.session import effects, events
from kiosk.terminal.central import Central
from offline_cache.sync.contract import OwnCases, SlipAnswer
from tests.kiosk.session.world import CODE, NUMBERS, PLAIN, department_answer, person, statement
from tests.kiosk.terminal.plain_query import QUERY


@dataclass
class ScriptedClient:
    """Answers as told; every call can be held. Obeys the real client's rule: opening a visit takes an abort back.

    Attributes:
        calls: what was asked, in order, without anything personal.
        answer: of the next calls.
        held: while it is clear, a call waits in `inside` until it is set or aborted.
    """

    answer: object = None
    calls: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    inside: threading.Event = field(default_factory=threading.Event)
    aborted: threading.Event = field(default_factory=threading.Event)
    before_open: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.held.set()

    def open_visit(self, visit_id: str) -> None:
        self.before_open()
        self.close_visit()
        self.calls.append(f"open {visit_id}")

    def close_visit(self) -> None:
        self.calls.append("close")
        self.aborted.clear()

    def abort(self) -> None:
        self.aborted.set()

    def close(self) -> None:
        self.calls.append("end")

    def _ask(self, name: str) -> object:
        self.calls.append(name)
        self.inside.set()
        for _ in range(500):
            if self.aborted.is_set():
                return Problem("central.aborted")
            if self.held.wait(0.01):
                return self.answer
        raise AssertionError("held for ever")

    def hello(self) -> PlatformHello | Problem:
        return self._ask("hello")  # type: ignore[return-value]

    def send_code(self, id_number: str, name: str) -> CodeSent | Problem:
        return self._ask("send_code")  # type: ignore[return-value]

    def verify(self, method: FactorMethod, id_number: str, name: str, secret: str) -> FactorAccepted | Problem:
        return self._ask("verify")  # type: ignore[return-value]

    def statement(self, period: Period) -> FundStatement | Problem:
        return self._ask("statement")  # type: ignore[return-value]

    def department(self, item_code: str, choice: str) -> DepartmentAnswer | Problem:
        return self._ask("department")  # type: ignore[return-value]

    def rate(self, item_code: str, grade: int) -> RatingReceived | Problem:
        return self._ask("rate")  # type: ignore[return-value]

    def own_cases(self) -> OwnCases | Problem:
        return self._ask("own_cases")  # type: ignore[return-value]

    def slip_state(self, slip_number: str, id_number: str) -> SlipAnswer | Problem:
        return self._ask("slip_state")  # type: ignore[return-value]


@dataclass
class Desk:
    """Client and hand with what the hand has posted."""

    client: ScriptedClient = field(default_factory=ScriptedClient)
    posted: list[object] = field(default_factory=list)
    unreachable: int = 0
    came: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.central = Central(
            self.client, self._post, self._count, lambda code: QUERY if code == PLAIN.item_code else None
        )

    def _post(self, event: object) -> None:
        self.posted.append(event)
        self.came.set()

    def _count(self) -> None:
        self.unreachable += 1

    def ask(self, effect: effects.Effect, answer: object) -> object:
        """The event that follows from the answer."""
        self.client.answer = answer
        self.came.clear()
        assert self.central.run(effect)
        assert self.came.wait(5)
        return self.posted[-1]

    def wipe(self) -> threading.Event:
        """Begins to forget; the event is set when it is done."""
        done = threading.Event()
        self.central.wipe(done.set)
        return done


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.client.held.set()
    desk.central.stop()


def _code(visit_id: str = "v1") -> effects.SendCode:
    return effects.SendCode(visit_id, 7, person())


def _ask(choice: str = "12", item_code: str = PLAIN.item_code) -> effects.AskDepartment:
    return effects.AskDepartment("v1", 10, item_code, choice)


def _verify(visit_id: str = "v1") -> effects.VerifyFactor:
    return effects.VerifyFactor(visit_id, 8, person(), FactorMethod.PASSWORD, "135790")


def test_each_answer_becomes_the_event_of_the_effect_that_asked(desk: Desk) -> None:
    assert desk.ask(_code(), CodeSent("138****1234", 300)) == events.CodeSent("v1", 7, "138****1234")
    assert desk.ask(_verify(), FactorAccepted("", 300)) == events.FactorPassed("v1", 8)
    answered = statement()
    assert desk.ask(effects.RunQuery("v1", 9, CODE, Period.YEAR), answered) == events.QueryAnswered("v1", 9, answered)
    assert desk.client.calls.count("open v1") == 1


def test_nobody_found_is_an_answer_and_no_failure(desk: Desk) -> None:
    nobody = Problem("fund.person_not_found")
    assert desk.ask(effects.RunQuery("v1", 9, CODE, Period.YEAR), nobody) == events.QueryAnswered("v1", 9, None)


def test_what_a_department_holds_is_told_as_it_came(desk: Desk) -> None:
    for choice in PLAIN.choices:
        held = department_answer(choice=choice)
        assert desk.ask(_ask(choice), held) == events.DepartmentAnswered("v1", 10, held)


def test_a_department_that_holds_nothing_of_the_person_has_answered(desk: Desk) -> None:
    nobody = Problem("department.person_not_found")
    assert desk.ask(_ask(), nobody) == events.DepartmentAnswered("v1", 10, None)


@pytest.mark.allow_log("central_call_failed")  # the platform under test fails
@pytest.mark.parametrize("key", ["central.slow", "identity.token_expired", "fund.person_not_found"])
def test_a_department_that_could_not_be_asked_is_a_failure_under_its_own_call(
    desk: Desk, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert desk.ask(_ask(), Problem(key)) == events.PlatformFailed("v1", 10, Problem(key))
    (told,) = caplog.records
    assert "AskDepartment" in told.getMessage()
    assert REDACTED not in told.getMessage()
    assert desk.unreachable == 0


@pytest.mark.allow_log("central_call_failed")  # the platform under test is away
def test_a_department_behind_a_platform_that_is_away_is_told_to_the_watch(desk: Desk) -> None:
    away = Problem("central.unreachable")
    assert desk.ask(_ask(), away) == events.PlatformFailed("v1", 10, away)
    assert desk.unreachable == 1


_HELD = department_answer()


@pytest.mark.allow_log("department_answer_refused")  # what is under test
@pytest.mark.parametrize(
    "answer",
    [
        department_answer(choice="60"),
        department_answer(item_code=CODE),
        replace(_HELD, values={**_HELD.values, "more": 1}),
        replace(_HELD, values={**_HELD.values, "balance": "12.34"}),
        replace(_HELD, rows=({"month": "202613"},)),
        replace(_HELD, as_of="2026-11-21"),
        replace(_HELD, verification_code="<b>"),
    ],
    ids=["another choice", "another item", "a field too many", "no number", "no month", "no moment", "no code"],
)
def test_an_answer_that_the_items_file_does_not_know_is_refused_and_nothing_of_it_is_told(
    desk: Desk, answer: DepartmentAnswer, caplog: pytest.LogCaptureFixture
) -> None:
    refused = events.PlatformFailed("v1", 10, Problem("central.unexpected_answer"))
    assert desk.ask(_ask(), answer) == refused
    (told,) = caplog.records
    assert told.getMessage().startswith("department_answer_refused")
    for value in (*NUMBERS, "样本", "202613", "12.34", "AB12"):
        assert value not in told.getMessage()


def test_asking_a_department_for_an_item_without_a_query_is_a_mistake_of_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    assert desk.ask(_ask(item_code=CODE), department_answer()) == events.Broke()
    assert told[0].exc_type is ValueError
    assert "department" not in desk.client.calls


@pytest.mark.parametrize(("tries", "blocked"), [("2", False), ("0", True)])
def test_a_wrong_secret_tells_how_many_tries_are_left(desk: Desk, tries: str, blocked: bool) -> None:
    wrong = Problem("identity.password_wrong", {"tries": tries})
    assert desk.ask(_verify(), wrong) == events.FactorRefused("v1", 8, wrong, int(tries), blocked)


@pytest.mark.allow_log("central_call_failed")  # the platform under test is away
def test_a_platform_that_was_not_reached_is_told_to_the_watch(desk: Desk) -> None:
    away = Problem("central.unreachable")
    assert desk.ask(_code(), away) == events.PlatformFailed("v1", 7, away)
    assert desk.unreachable == 1


@pytest.mark.allow_log("central_call_failed")  # the platform under test fails
def test_a_slow_platform_is_not_taken_for_an_absent_one(desk: Desk) -> None:
    slow = Problem("central.slow")
    assert desk.ask(_code(), slow) == events.PlatformFailed("v1", 7, slow)
    assert desk.unreachable == 0


def test_the_end_of_a_visit_breaks_its_call_off_without_a_warning(desk: Desk) -> None:
    desk.client.held.clear()
    assert desk.central.run(_code())
    assert desk.client.inside.wait(5)
    assert desk.wipe().wait(2)
    # the log watch of every test fails this one on a warning: nobody misses that answer
    assert desk.client.calls[-1] == "close"


def test_a_call_that_waits_when_the_visit_ends_is_never_made(desk: Desk) -> None:
    desk.client.held.clear()
    desk.central.run(_code())
    assert desk.client.inside.wait(5)
    desk.central.run(_verify())
    assert desk.wipe().wait(2)
    assert "verify" not in desk.client.calls


def test_an_end_while_the_visit_is_being_opened_is_not_lost(desk: Desk) -> None:
    """Opening a visit takes an abort back and may block: neither may the call be made nor the owner wait."""
    opening, opened = threading.Event(), threading.Event()

    def hold() -> None:
        opening.set()
        assert opened.wait(5)

    desk.client.before_open = hold
    desk.client.held.clear()
    desk.central.run(_code())
    assert opening.wait(2)
    ended: list[threading.Event] = []
    owner = threading.Thread(target=lambda: ended.append(desk.wipe()))
    owner.start()
    owner.join(1)
    assert ended, "the owner of the terminal waits for the platform's client"
    opened.set()
    assert ended[0].wait(1)
    assert "send_code" not in desk.client.calls


def test_the_next_visit_is_opened_afresh(desk: Desk) -> None:
    desk.ask(_code("v1"), CodeSent("138****1234", 300))
    assert desk.wipe().wait(2)
    desk.ask(_code("v2"), CodeSent("138****1234", 300))
    assert [call for call in desk.client.calls if call.startswith("open")] == ["open v1", "open v2"]


def test_a_mistake_of_ours_in_a_call_ends_the_visit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    assert desk.ask(_code(), object()) == events.Broke()
    assert told[0].exc_type is AttributeError


def test_a_stop_ends_within_two_seconds_while_a_call_hangs_and_others_wait(desk: Desk) -> None:
    desk.client.held.clear()
    desk.central.run(_code())
    assert desk.client.inside.wait(5)
    desk.central.run(_code("v2"))
    stopping = threading.Thread(target=desk.central.stop)
    stopping.start()
    stopping.join(2)
    assert not stopping.is_alive()
    assert desk.client.calls.count("send_code") == 1
    assert desk.client.calls[-1] == "end"


def test_what_is_not_the_platforms_is_left_to_other_hands(desk: Desk) -> None:
    assert not desk.central.run(effects.ReadCard("v1", 1))


def test_a_slip_and_ones_own_cases_are_asked_on_the_visits_line(desk: Desk) -> None:
    told: list[object] = []
    came = threading.Semaphore(0)

    def answer(value: object) -> None:
        told.append(value)
        came.release()

    desk.client.answer = SlipAnswer("received", "XH-01")
    desk.central.look_up("v1", "T-1", person().id_number, answer)
    assert came.acquire(timeout=5)
    desk.client.answer = OwnCases(())
    desk.central.own_cases("v1", answer)
    assert came.acquire(timeout=5)
    assert told == [SlipAnswer("received", "XH-01"), OwnCases(())]
    assert desk.client.calls == ["close", "open v1", "slip_state", "own_cases"]
    desk.client.answer = Problem("central.unreachable")
    desk.central.own_cases("v1", answer)
    assert came.acquire(timeout=5)
    assert desk.unreachable == 1
