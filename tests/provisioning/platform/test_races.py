"""What happens at the same moment: guesses cannot share a count, a code opens one door, a rating is kept once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from kiosk.central.contract import CodeRequest, FactorMethod, FactorRequest, RatingRequest
from provisioning.platform.app import Platform
from provisioning.platform.problems import RefusedError
from provisioning.platform.settings import Limits, PlatformSettings
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.running import PASSWORD, RETIRED, SPECIMEN

AT_ONCE = 8


def _outcomes(act: Callable[[int], object]) -> Counter[str]:
    """What `act` ends with, when it is done `AT_ONCE` times at the same time."""

    def outcome(index: int) -> str:
        try:
            act(index)
        except RefusedError as error:
            return error.name
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(outcome, range(AT_ONCE)))


def _departments(caller: Caller) -> Platform:
    platform = caller.app.state.platform
    assert isinstance(platform, Platform)
    return platform


def test_guesses_at_the_same_time_get_three_tries_together(platform_on_each: Caller) -> None:
    identity = _departments(platform_on_each).identity
    guess = FactorRequest("v-1", FactorMethod.PASSWORD, *SPECIMEN, "000000")
    outcomes = _outcomes(lambda _: identity.verify(guess, "T-7"))
    assert outcomes == {"factor-refused": 2, "factor-blocked": AT_ONCE - 2}
    right = replace(guess, secret=PASSWORD)
    assert _outcomes(lambda _: identity.verify(right, "T-7")) == {"factor-blocked": AT_ONCE}


def test_a_code_used_at_the_same_time_opens_once(platform_on_each: Caller) -> None:
    departments = _departments(platform_on_each)
    departments.identity.send_code(CodeRequest("v-1", *RETIRED), "T-7")
    assert departments.outbox is not None
    code = departments.outbox.since(0).codes[-1].code
    request = FactorRequest("v-1", FactorMethod.ONE_TIME_CODE, *RETIRED, code)
    outcomes = _outcomes(lambda _: departments.identity.verify(request, "T-7"))
    assert outcomes["done"] == 1
    assert outcomes.keys() <= {"done", "code-expired", "factor-blocked"}


def test_a_rating_sent_at_the_same_time_is_kept_once(platform_on_each: Caller) -> None:
    ratings = _departments(platform_on_each).ratings
    numbers = set()
    outcomes = _outcomes(
        lambda grade: numbers.add(ratings.receive(RatingRequest("v-1", "11", 1 + grade % 5), "T-7", None))
    )
    assert outcomes == {"done": AT_ONCE}
    assert len(numbers) == 1


def test_a_terminal_from_which_many_persons_are_tried_is_blocked(
    make_platform: Callable[..., Caller], each_database: PlatformSettings
) -> None:
    caller = make_platform(replace(each_database, limits=Limits(terminal_tries=5)))
    identity, persons = _departments(caller).identity, _persons(caller)
    names = []
    for person in persons[:6]:
        try:
            identity.verify(FactorRequest("v-1", FactorMethod.PASSWORD, *person, "000000"), "T-7")
        except RefusedError as error:
            names.append(error.name)
    assert names == ["factor-refused"] * 4 + ["factor-blocked"] * 2
    # its neighbour goes on
    assert identity.verify(FactorRequest("v-1", FactorMethod.PASSWORD, *persons[0], PASSWORD), "T-8").token


def _persons(caller: Caller) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from provisioning.platform.tables import person, service_password

    query = select(person.c.id_number, person.c.name).join(service_password).order_by(person.c.person_id)
    with _departments(caller).engine.connect() as connection:
        return [(row.id_number, row.name) for row in connection.execute(query)]


def test_codes_asked_for_at_the_same_time_are_one(platform_on_each: Caller) -> None:
    departments = _departments(platform_on_each)
    assert departments.outbox is not None
    before = len(departments.outbox.since(0).codes)
    outcomes = _outcomes(lambda _: departments.identity.send_code(CodeRequest("v-1", *RETIRED), "T-7"))
    assert outcomes == {"done": 1, "too-many-requests": AT_ONCE - 1}
    assert len(departments.outbox.since(0).codes) == before + 1
