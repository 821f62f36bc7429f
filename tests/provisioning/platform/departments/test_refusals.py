"""Who may not ask and what cannot be asked; a department that is closed or slow."""

import threading

import pytest

from kiosk.base.clock import ManualClock
from provisioning.platform.app import Platform
from provisioning.platform.problems import RefusedError
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.departments.asking import UNKNOWN_ITEM, ask, item_code, token_of
from tests.provisioning.platform.running import RETIRED, SPECIMEN


def test_without_the_visits_own_token_nothing_is_told(platform_on_each: Caller, manual_clock: ManualClock) -> None:
    caller = platform_on_each
    for token in (None, "x" * 64):
        heard = ask(caller, token, "marriage-record")
        assert (heard.status, heard.problem, heard.headers["www-authenticate"]) == (401, "token-expired", "Bearer")
    # who may not ask learns not even which items there are
    assert ask(caller, None, UNKNOWN_ITEM).problem == "token-expired"
    token = token_of(caller)
    manual_clock.advance(599)
    assert ask(caller, token, "marriage-record").status == 200
    manual_clock.advance(1)
    assert ask(caller, token, "marriage-record").problem == "token-expired"


def test_a_token_that_is_shown_elsewhere_ends(platform_on_each: Caller) -> None:
    caller = platform_on_each
    for stranger, visit in ((Caller(caller.app, "T-8"), "v-1"), (caller, "v-2")):
        token = token_of(caller)
        assert ask(stranger, token, "marriage-record", visit=visit).problem == "token-expired"
        assert ask(caller, token, "marriage-record").problem == "token-expired"


def test_a_caller_without_a_name_is_refused(platform: Caller) -> None:
    heard = ask(Caller(platform.app, None), token_of(platform), "marriage-record")
    assert (heard.status, heard.problem) == (403, "terminal-refused")


def test_an_item_or_a_choice_that_there_is_not_is_refused(platform_on_each: Caller) -> None:
    token = token_of(platform_on_each)
    for item, choice, part in (
        (UNKNOWN_ITEM, "", "body.item_code"),
        (UNKNOWN_ITEM, "12", "body.item_code"),
        ("provident-fund", "", "body.item_code"),
        ("'; DROP TABLE department_item; --", "", "body.item_code"),
        ("social-insurance", "", "body.choice"),
        ("social-insurance", "48", "body.choice"),
        ("social-insurance", " 12", "body.choice"),
        ("marriage-record", "12", "body.choice"),
    ):
        heard = ask(platform_on_each, token, item, choice)
        told = (heard.status, heard.problem, heard.json["detail"])
        assert told == (422, "invalid-request", part), (item, choice)


def test_what_breaks_the_contract_is_refused(platform: Caller) -> None:
    token = token_of(platform)
    good = {"visit_id": "v-1", "item_code": item_code("marriage-record"), "choice": ""}
    bodies: tuple[object, ...] = (
        b"",
        b"[]",
        {},
        {"visit_id": "v-1"},
        good | {"item_code": 12},
        good | {"item_code": ""},
        good | {"item_code": "1" * 65},
        good | {"item_code": "\ud800"},
        good | {"item_code": "a\x00b"},
        good | {"visit_id": ""},
        good | {"visit_id": "\x00"},
        good | {"choice": "\x00"},
        good | {"choice": ["x"]},
    )
    for body in bodies:
        heard = platform.post("/v1/departments/queries", body, token)
        assert (heard.status, heard.problem) == (422, "invalid-request"), body
    assert platform.post("/v1/departments/queries", good, token).status == 200


def test_a_choice_may_be_left_out_where_there_is_none(platform: Caller) -> None:
    body = {"visit_id": "v-1", "item_code": item_code("marriage-record")}
    heard = platform.post("/v1/departments/queries", body, token_of(platform))
    assert (heard.status, heard.json["choice"]) == (200, "")


def test_a_closed_department_is_unavailable_and_the_others_go_on(platform: Caller) -> None:
    token = token_of(platform)
    assert platform.get("/demo/departments/real-estate", "is_open=false", "PUT").json == {"status": "closed"}
    heard = ask(platform, token, "real-estate", "city")
    assert (heard.status, heard.problem, heard.headers["retry-after"]) == (503, "unavailable", "300")
    assert ask(platform, token, "marriage-record").status == 200
    platform.get("/demo/departments/real-estate", "is_open=true", "PUT")
    assert ask(platform, token, "real-estate", "city").status == 200
    assert platform.get("/demo/departments/no-such-item", "is_open=false", "PUT").problem == "not-found"


def test_a_slow_department_waits_and_the_others_do_not(platform: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(platform.app.state.platform._ending, "wait", waited.append)
    token = token_of(platform)
    waited.clear()
    assert platform.get("/demo/departments/real-estate", "is_open=true&slow_s=7.5", "PUT").status == 200
    assert ask(platform, token, "real-estate", "city").status == 200
    assert ask(platform, token, "marriage-record").status == 200
    assert waited == [7.5, 0.0]
    platform.get("/demo/departments/real-estate", "is_open=true", "PUT")
    assert ask(platform, token, "real-estate", "city").status == 200
    assert waited[-1] == 0.0
    assert platform.get("/demo/departments/real-estate", "is_open=true&slow_s=61", "PUT").problem == "invalid-request"


def test_the_end_of_the_platform_ends_a_wait(platform: Caller) -> None:
    here: Platform = platform.app.state.platform
    here.slow["real-estate"] = 60.0
    waiting = threading.Thread(target=here.open_department, args=("real-estate",))
    waiting.start()
    here.close()
    waiting.join(10)
    assert not waiting.is_alive()


def test_no_refusal_repeats_what_was_asked(platform: Caller) -> None:
    token = token_of(platform)
    for heard in (ask(platform, token, SPECIMEN[0], SPECIMEN[1]), ask(platform, token, "social-insurance", RETIRED[0])):
        assert heard.problem == "invalid-request"
        assert not any(text in heard.body.decode() for text in (*SPECIMEN, *RETIRED, token))


def test_a_refusal_holds_nothing_personal_as_an_exception(platform: Caller) -> None:
    from kiosk.central.contract import DepartmentRequest

    departments = platform.app.state.platform.departments
    with pytest.raises(RefusedError) as refused:
        departments.answer(SPECIMEN[0], DepartmentRequest("v-1", UNKNOWN_ITEM, ""))
    assert SPECIMEN[0] not in repr(refused.value) + str(refused.value.details)
    answer = departments.answer(SPECIMEN[0], DepartmentRequest("v-1", item_code("marriage-record"), ""))
    assert not any(text in repr(answer) for text in SPECIMEN)
