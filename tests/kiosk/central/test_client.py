"""The client against the real platform: every call, every refusal, what it keeps and what it forgets."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import Problem
from kiosk.base.sentences import LANGUAGES, known_sentences, sentence_of
from kiosk.central.client import CentralClient
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
from kiosk.central.transport import MAX_REPLY_BYTES
from tests.kiosk.central.scripted import http_reply, scripted_server
from tests.provisioning.platform.departments.asking import UNKNOWN_ITEM, item_code
from tests.provisioning.platform.running import (
    NO_PASSWORD,
    NO_PHONE,
    NOT_IN_FUND,
    PASSWORD,
    RETIRED,
    ROOT,
    SPECIMEN,
    PlatformProcess,
)

UNEXPECTED = Problem("central.unexpected_answer")
GOOD = json.dumps({"platform": "p", "time": "2026-11-21T23:04:00+08:00", "demo": True}).encode()


def _demo_codes(port: int) -> list[dict[str, object]]:
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/demo/codes?since=0", timeout=5) as reply:
        return list(json.load(reply)["codes"])


def test_hello_needs_no_visit_and_brings_the_time(
    platform_process: PlatformProcess, make_client: Callable[..., CentralClient]
) -> None:
    answer = make_client(platform_process.port).hello()
    assert isinstance(answer, PlatformHello)
    assert answer.demo
    assert answer.time.endswith("+08:00")


def test_password_then_statement_then_rating(central_client: CentralClient) -> None:
    accepted = central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    assert isinstance(accepted, FactorAccepted)
    assert accepted.token == ""
    statement = central_client.statement(Period.ALL)
    assert isinstance(statement, FundStatement)
    assert len(statement.entries) == 360
    assert statement.account.id_number == SPECIMEN[0]
    assert isinstance(central_client.rate("1132050001414925263320105028002", 5), RatingReceived)


def test_code_from_the_phone_opens_the_data(central_client: CentralClient, cable: NetworkCable) -> None:
    sent = central_client.send_code(*RETIRED)
    assert isinstance(sent, CodeSent)
    code = str(_demo_codes(cable.port)[-1]["code"])
    assert isinstance(central_client.verify(FactorMethod.ONE_TIME_CODE, *RETIRED, code), FactorAccepted)
    # a code serves once
    again = central_client.verify(FactorMethod.ONE_TIME_CODE, *RETIRED, code)
    assert again == Problem("identity.code_expired")


def test_who_is_not_in_the_fund_is_confirmed_and_told_so(central_client: CentralClient) -> None:
    assert isinstance(central_client.verify(FactorMethod.PASSWORD, *NOT_IN_FUND, PASSWORD), FactorAccepted)
    assert central_client.statement(Period.YEAR) == Problem("fund.person_not_found")


def test_password_then_a_departments_answer_with_each_choice(central_client: CentralClient) -> None:
    code = item_code("social-insurance")
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    for choice in ("12", "36"):
        answer = central_client.department(code, choice)
        assert isinstance(answer, DepartmentAnswer)
        assert (answer.item_code, answer.choice) == (code, choice)
        assert answer.values["id_number"] == SPECIMEN[0]
        assert answer.verification_code is not None
        assert not any(text in repr(answer) for text in (*SPECIMEN, answer.verification_code))
    without = central_client.department(item_code("marriage-record"), "")
    assert isinstance(without, DepartmentAnswer)
    assert without.verification_code is None


def test_a_department_that_knows_nothing_of_a_person_says_so(central_client: CentralClient) -> None:
    assert isinstance(central_client.verify(FactorMethod.PASSWORD, *NOT_IN_FUND, PASSWORD), FactorAccepted)
    nobody = central_client.department(item_code("social-insurance"), "12")
    assert nobody == Problem("department.person_not_found")
    assert all(sentence_of(nobody, language) for language in LANGUAGES)


def test_an_item_or_a_choice_that_no_department_has_is_refused(central_client: CentralClient) -> None:
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    refused = Problem("central.request_refused")
    assert central_client.department(UNKNOWN_ITEM, "") == refused
    assert central_client.department(item_code("social-insurance"), "48") == refused
    assert central_client.department("\ud842", "") == refused


def test_a_closed_department_is_under_maintenance(cable: NetworkCable, central_client: CentralClient) -> None:
    def switch(is_open: str) -> None:
        import urllib.request

        url = f"http://127.0.0.1:{cable.port}/demo/departments/invoice-quota?is_open={is_open}"
        with urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=5) as reply:
            assert reply.status == 200

    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    code = item_code("invoice-quota")
    switch("false")
    try:
        assert central_client.department(code, "") == Problem("central.maintenance")
    finally:
        switch("true")
    assert isinstance(central_client.department(code, ""), DepartmentAnswer)


def test_refusals_of_the_identity_department(central_client: CentralClient) -> None:
    assert central_client.send_code(*NO_PHONE) == Problem("identity.no_phone")
    assert central_client.verify(FactorMethod.PASSWORD, *NO_PASSWORD, "1") == Problem("identity.no_password")
    unknown = central_client.verify(FactorMethod.PASSWORD, "810000199001010019", "无此人", "1")
    assert unknown == Problem("identity.person_not_found")
    other_name = central_client.verify(FactorMethod.PASSWORD, SPECIMEN[0], "另有其人", PASSWORD)
    assert other_name == Problem("identity.person_not_found")


def test_a_name_that_is_no_text_is_refused_without_a_call(cable: NetworkCable, central_client: CentralClient) -> None:
    assert central_client.send_code(SPECIMEN[0], "\ud842") == Problem("central.request_refused")
    assert cable.counters().connections == 0


def test_wrong_tries_are_counted_down_and_success_forgives(central_client: CentralClient) -> None:
    for tries in ("2", "1"):
        wrong = central_client.verify(FactorMethod.PASSWORD, *RETIRED, "000000")
        assert wrong == Problem("identity.factor_refused", {"tries": tries})
    assert isinstance(central_client.verify(FactorMethod.PASSWORD, *RETIRED, PASSWORD), FactorAccepted)
    wrong = central_client.verify(FactorMethod.PASSWORD, *RETIRED, "000000")
    assert wrong == Problem("identity.factor_refused", {"tries": "2"})
    assert isinstance(central_client.verify(FactorMethod.PASSWORD, *RETIRED, PASSWORD), FactorAccepted)


def test_the_third_wrong_try_blocks_with_the_minutes(central_client: CentralClient) -> None:
    answers = [central_client.verify(FactorMethod.PASSWORD, *NO_PHONE, "000000") for _ in range(3)]
    assert answers[2] == Problem("identity.blocked", {"minutes": "15"})
    blocked = central_client.verify(FactorMethod.PASSWORD, *NO_PHONE, PASSWORD)
    assert isinstance(blocked, Problem)
    assert blocked.key == "identity.blocked"


def test_without_a_visit_or_a_factor_nothing_is_asked(cable: NetworkCable, central_client: CentralClient) -> None:
    assert central_client.statement(Period.ALL) == Problem("identity.token_expired")
    assert central_client.department(UNKNOWN_ITEM, "") == Problem("identity.token_expired")
    central_client.close_visit()
    no_visit = Problem("central.no_visit")
    assert central_client.send_code(*SPECIMEN) == no_visit
    assert central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD) == no_visit
    assert central_client.statement(Period.ALL) == no_visit
    assert central_client.department(UNKNOWN_ITEM, "") == no_visit
    assert central_client.rate("11", 5) == no_visit
    assert cable.counters().connections == 0


def test_another_visit_does_not_inherit_the_factor(central_client: CentralClient) -> None:
    assert isinstance(central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD), FactorAccepted)
    central_client.open_visit("visit-2")
    assert central_client.statement(Period.ALL) == Problem("identity.token_expired")
    assert central_client.department(UNKNOWN_ITEM, "") == Problem("identity.token_expired")


def test_traffic_counts_calls_and_bytes_and_nothing_else(central_client: CentralClient) -> None:
    central_client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    central_client.statement(Period.ALL)
    traffic = central_client.traffic
    assert (traffic.calls, traffic.failed_calls, traffic.connections) == (2, 0, 1)
    assert traffic.bytes_received > 50_000
    assert 500 < traffic.bytes_sent < 2_000
    assert 0 < traffic.connect_s < traffic.busy_s
    assert SPECIMEN[0] not in repr(traffic)


def test_a_redirect_is_refused_and_not_followed(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(http_reply(GOOD)) as elsewhere:
        location = f"Location: http://127.0.0.1:{elsewhere}/\r\n"
        with scripted_server(http_reply(b"", 307, extra=location)) as port:
            client = make_client(port)
            assert client.hello() == UNEXPECTED
            assert client.traffic.connections == 1


@pytest.mark.parametrize("location", ["http://[", "//[::1", "\x7f", "http://x:99999/"])
def test_a_redirect_to_nonsense_is_refused_alike(make_client: Callable[..., CentralClient], location: str) -> None:
    with scripted_server(http_reply(b"", 302, extra=f"Location: {location}\r\n")) as port:
        assert make_client(port).hello() == UNEXPECTED


def test_a_huge_body_is_refused_by_its_length(make_client: Callable[..., CentralClient]) -> None:
    head = f"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {MAX_REPLY_BYTES + 1}\r\n\r\n"
    with scripted_server(head.encode()) as port:
        client = make_client(port)
        assert client.hello() == UNEXPECTED
        assert client.traffic.bytes_received < 1000


def test_a_huge_body_without_length_is_cut_at_the_bound(make_client: Callable[..., CentralClient]) -> None:
    def endless() -> object:
        yield b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\n\r\n"
        for _ in range(1000):
            yield b" " * 65536

    with scripted_server(endless()) as port:  # type: ignore[arg-type]
        client = make_client(port)
        assert client.hello() == UNEXPECTED
        assert client.traffic.bytes_received < MAX_REPLY_BYTES + 1_000_000


def test_a_compressed_body_is_not_unpacked(make_client: Callable[..., CentralClient]) -> None:
    with scripted_server(http_reply(GOOD, extra="Content-Encoding: gzip\r\n")) as port:
        assert make_client(port).hello() == UNEXPECTED


def test_a_statement_for_another_period_is_not_used(make_client: Callable[..., CentralClient]) -> None:
    account = dict.fromkeys(
        [
            "name",
            "id_number",
            "opened_on",
            "branch",
            "account_number",
            "state",
            "last_paid_month",
            "employer_account",
            "employer",
        ],
        "x",
    ) | dict.fromkeys(["balance_fen", "total_paid_in_fen", "total_withdrawn_fen", "monthly_fen"], 1)
    statement = {"fund_kind": "x", "period": "all", "date_from": "", "date_to": "", "as_of": "", "entries": []}
    body = json.dumps(statement | {"account": account | {"closed_on": None}}).encode()
    token = json.dumps({"token": "a" * 64, "expires_in_s": 600}).encode()
    replies = [http_reply(token, extra="Connection: close\r\n")] + [http_reply(body, extra="Connection: close\r\n")] * 2
    with scripted_server(*replies) as port:
        client = make_client(port)
        client.open_visit("visit-1")
        client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
        assert isinstance(client.statement(Period.ALL), FundStatement)
        assert client.statement(Period.YEAR) == UNEXPECTED


@pytest.mark.parametrize(("item", "choice"), [("1" * 31, "12"), (UNKNOWN_ITEM, "24"), (UNKNOWN_ITEM, "")])
def test_an_answer_to_another_question_is_not_used(
    make_client: Callable[..., CentralClient], item: str, choice: str
) -> None:
    answer = {"item_code": UNKNOWN_ITEM, "choice": "12", "as_of": "2026-11-21T23:04:00+08:00", "values": {"a": 1}}
    other = json.dumps(answer | {"item_code": item, "choice": choice}).encode()
    token = json.dumps({"token": "a" * 64, "expires_in_s": 600}).encode()
    bodies = (token, json.dumps(answer).encode(), other)
    with scripted_server(*(http_reply(body, extra="Connection: close\r\n") for body in bodies)) as port:
        client = make_client(port)
        client.open_visit("visit-1")
        client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
        assert isinstance(client.department(UNKNOWN_ITEM, "12"), DepartmentAnswer)
        assert client.department(UNKNOWN_ITEM, "12") == UNEXPECTED


def test_nothing_comes_from_the_environment(
    platform_process: PlatformProcess, make_client: Callable[..., CentralClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert isinstance(make_client(platform_process.port).hello(), PlatformHello)


def test_the_module_is_light_until_the_first_call() -> None:
    code = (
        "import sys; import kiosk.central.client; "
        "print([m for m in ('requests', 'urllib3', 'ssl', 'pydantic', 'fastapi', 'sqlalchemy') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True
    )
    assert found.stdout.strip() == "[]"


def test_every_problem_of_the_contract_has_a_sentence_and_shows_no_code() -> None:
    from kiosk.central.answers import Call, Reply
    from kiosk.central.contract import PROBLEM_PREFIX, PROBLEMS

    call = Call("/", PlatformHello)
    for name in PROBLEMS:
        body = json.dumps({"type": PROBLEM_PREFIX + name, "title": "t", "status": 409, "detail": "d", "tries_left": 1})
        problem = call.decode(Reply(409, "application/problem+json", bytearray(body.encode())))
        assert isinstance(problem, Problem)
        assert problem != UNEXPECTED
        for language in LANGUAGES:
            assert name not in sentence_of(problem, language)


def test_the_sentences_of_this_room_are_whole_and_polite() -> None:
    from kiosk.base.sentences.central import SENTENCES

    assert SENTENCES.keys() <= known_sentences().keys()
    for texts in SENTENCES.values():
        assert len(texts) == len(set(texts)) == 3
        assert not any(
            word in text for text in texts for word in ("抱歉", "无效", "非法", "系统异常", "無效", "系統異常")
        )
