"""The HTTP interface: the committed contract, problems for everything that goes wrong, who may call."""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from kiosk.central import contract
from provisioning.platform import log_events, problems
from provisioning.platform.contract_file import CONTRACT_FILE, contract_text
from provisioning.platform.settings import PlatformSettings
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.running import PASSWORD, SPECIMEN

GOOD_RATING = {"visit_id": "v-1", "item_code": "11", "grade": 5}


def test_the_committed_contract_is_what_the_application_does() -> None:
    assert CONTRACT_FILE.read_text(encoding="utf-8") == contract_text(), (
        "run: python -m provisioning.platform.contract_file"
    )


def test_the_contract_is_openapi_3_1_with_problems_and_bodies_only() -> None:
    described = json.loads(contract_text())
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        assert "{" not in path
        for operation in operations.values():
            assert all(parameter["in"] == "header" for parameter in operation.get("parameters", []))
            problem = operation["responses"]["default"]["content"]["application/problem+json"]
            assert problem["schema"]["$ref"].endswith("/ProblemDetails")
            assert "422" not in operation["responses"]
    assert not any("/demo" in path for path in described["paths"])


def test_the_log_can_name_every_address_and_every_alarm() -> None:
    described = json.loads(contract_text())
    assert set(described["paths"]) == set(log_events.PATHS)
    folder = Path(log_events.__file__).parent
    raised = {
        name
        for file in folder.rglob("*.py")
        for name in re.findall(r'raise_alarm\(connection, "([a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    assert raised == set(log_events.ALARMS)


def test_platform_and_contract_know_the_same_problems() -> None:
    assert problems.names() == set(contract.PROBLEMS)


def test_health_reaches_the_database(platform_on_each: Caller) -> None:
    assert platform_on_each.get("/health").json == {"status": "ok"}


def test_hello_tells_name_time_and_demo(platform_on_each: Caller) -> None:
    heard = platform_on_each.post("/v1/terminals/hello", {"terminal_id": "T-7", "software_version": "0.1.0"})
    assert heard.json == {"platform": "不打烊中心平台", "time": "2026-11-21T23:04:00.000+08:00", "demo": True}
    again = platform_on_each.post("/v1/terminals/hello", {"terminal_id": "T-7", "software_version": "0.2.0"})
    assert again.status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        {},
        GOOD_RATING | {"grade": 6},
        GOOD_RATING | {"grade": 0},
        GOOD_RATING | {"grade": "five"},
        GOOD_RATING | {"item_code": ""},
        GOOD_RATING | {"item_code": "1" * 34},
        GOOD_RATING | {"visit_id": "x" * 65},
        GOOD_RATING | {"visit_id": "a\x00b"},
    ],
)
def test_what_breaks_the_contract_is_refused_without_repeating_it(platform: Caller, body: object) -> None:
    heard = platform.post("/v1/ratings", body)
    assert (heard.status, heard.problem) == (422, "invalid-request")
    assert "five" not in heard.body.decode()


def test_what_a_citizen_sent_is_never_quoted(platform: Caller) -> None:
    body = {"visit_id": 3, "method": "nonsense", "id_number": SPECIMEN[0], "name": [SPECIMEN[1]], "secret": PASSWORD}
    heard = platform.post("/v1/identity/verifications", body)
    assert heard.problem == "invalid-request"
    assert not any(text in heard.body.decode() for text in (*SPECIMEN, PASSWORD, "nonsense"))
    assert "body.name" in heard.json["detail"]


@pytest.mark.parametrize("name", ["\x00", "", "x" * 121, "\ud800"])
def test_names_that_no_database_takes_are_refused(platform_on_each: Caller, name: str) -> None:
    request = {"visit_id": "v-1", "id_number": SPECIMEN[0], "name": name}
    assert platform_on_each.post("/v1/identity/codes", request).problem == "invalid-request"


@pytest.mark.parametrize("name", ["𠮷某", "买买提·艾力", "\ue863某", "O'Brien\"; DROP TABLE rating; --"])
def test_rare_names_are_taken_as_they_are(platform_on_each: Caller, name: str) -> None:
    request = {"visit_id": "v-1", "id_number": SPECIMEN[0], "name": name}
    assert platform_on_each.post("/v1/identity/codes", request).problem == "person-not-found"


def test_no_such_address_and_no_such_method(platform: Caller) -> None:
    assert (platform.get("/nope").status, platform.get("/nope").problem) == (404, "not-found")
    assert (platform.get("/v1/ratings").status, platform.get("/v1/ratings").problem) == (405, "method-not-allowed")


def test_a_request_above_16_kib_is_refused(platform: Caller) -> None:
    heard = platform.post("/v1/ratings", GOOD_RATING | {"item_code": "x" * 20_000})
    assert (heard.status, heard.problem) == (413, "request-too-large")


@pytest.mark.parametrize(("path", "size"), [("/v1/ratings", 20_000), ("/v1/intake", 1_300_000)])
def test_a_request_that_does_not_tell_its_length_is_bounded_all_the_same(
    platform: Caller, path: str, size: int
) -> None:
    heard = platform.pour(path, b'{"visit_id": "' + b"x" * size + b'"}')
    assert (heard.status, heard.problem) == (413, "request-too-large")
    assert platform.pour("/v1/ratings", json.dumps(GOOD_RATING).encode()).status == 200


@pytest.mark.parametrize("terminal_id", [None, "", "a b", "x" * 65, "中"])
def test_a_caller_without_a_proper_name_is_refused(platform: Caller, terminal_id: str | None) -> None:
    if terminal_id == "中":
        terminal_id = "\u00e4"
    heard = Caller(platform.app, terminal_id).post("/v1/ratings", GOOD_RATING)
    assert (heard.status, heard.problem) == (403, "terminal-refused")


def test_a_terminal_may_only_speak_for_itself(platform: Caller) -> None:
    heard = platform.post("/v1/terminals/hello", {"terminal_id": "T-8", "software_version": "1"})
    assert heard.problem == "terminal-refused"


@pytest.mark.allow_log("budayang.platform")  # the failure is logged, that is the point
def test_a_failure_inside_shows_and_logs_no_trace(
    platform: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(f"secret {SPECIMEN[0]}")

    monkeypatch.setattr(platform.app.state.platform.ratings, "receive", fail)
    with caplog.at_level(logging.INFO):
        heard = platform.post("/v1/ratings", GOOD_RATING)
    assert (heard.status, heard.problem) == (500, "internal-error")
    assert "secret" not in heard.body.decode() + caplog.text
    assert "RuntimeError" in caplog.text
    assert SPECIMEN[0] not in caplog.text


def test_a_lost_database_is_unavailable(platform: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(platform.app.state.platform.ratings, "receive", fail)
    heard = platform.post("/v1/ratings", GOOD_RATING)
    assert (heard.status, heard.problem) == (503, "unavailable")


def test_outside_of_the_demo_no_code_is_listed_and_none_sent_without_a_gateway(
    make_platform: Callable[..., Caller], demo_settings: PlatformSettings, postgresql_url: str
) -> None:
    make_platform(replace(demo_settings, database_url=postgresql_url))  # fills the database
    earnest = make_platform(replace(demo_settings, database_url=postgresql_url, demo=False))
    assert earnest.get("/demo/codes").problem == "not-found"
    assert earnest.get("/demo/departments/ratings", "is_open=false", "PUT").problem == "not-found"
    request = {"visit_id": "v-1", "id_number": SPECIMEN[0], "name": SPECIMEN[1]}
    assert earnest.post("/v1/identity/codes", request).problem == "unavailable"
    sent: list[tuple[str, str]] = []
    with_gateway = make_platform(
        replace(demo_settings, database_url=postgresql_url, demo=False), send_code=lambda *what: sent.append(what)
    )
    with_gateway.app.state.platform.clock.advance(60)
    assert with_gateway.post("/v1/identity/codes", request).status == 200
    assert len(sent) == 1
