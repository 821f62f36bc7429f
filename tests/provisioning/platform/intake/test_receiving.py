"""Taking in: one effect and one outcome for each key, whatever is sent how often."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from provisioning.platform import tables as platform_tables
from provisioning.platform.intake import tables
from provisioning.platform.intake.kinds import CaseView, Effect, RejectedError, Submission
from provisioning.platform.settings import PlatformSettings
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.intake.submissions import batch, consultation, item, key_of, rating
from tests.provisioning.platform.running import PASSWORD, SPECIMEN


def outcomes(caller: Caller, *items: dict[str, Any], **of: Any) -> list[tuple[str, str | None]]:
    heard = caller.post("/v1/intake", batch(*items, **of))
    assert heard.status == 200, heard.body
    return [(one["code"], one["receipt"]) for one in heard.json["outcomes"]]


def codes(caller: Caller, *items: dict[str, Any], **of: Any) -> list[str]:
    return [code for code, _ in outcomes(caller, *items, **of)]


def count(caller: Caller, table: Any) -> int:
    with caller.app.state.platform.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)))


def test_a_consultation_gets_its_number_and_every_repeat_the_same(platform: Caller) -> None:
    [(code, receipt)] = outcomes(platform, item(1))
    assert code == "accepted"
    assert receipt is not None
    assert receipt.startswith("ZX20261121")
    assert [outcomes(platform, item(1)) for _ in range(3)] == [[("replayed", receipt)]] * 3
    assert count(platform, tables.consultation) == 1
    heard = platform.post("/v1/intake/statuses", {"key": key_of(1)}).json
    assert (heard["code"], heard["receipt"]) == ("accepted", receipt)
    assert platform.post("/v1/intake/statuses", {"key": key_of(2)}).json["code"] == "unknown"


def test_a_repeat_is_known_by_its_key_also_from_a_salvaged_store_and_in_another_place(platform: Caller) -> None:
    first = outcomes(platform, item(1))
    again = outcomes(platform, item(1, seq=77, order_key="other"), store_id="b" * 32)
    assert again == [("replayed", first[0][1])]


def test_the_same_key_at_the_same_time_takes_effect_once(platform: Caller) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: codes(platform, item(1))[0], range(8)))
    assert sorted(set(found)) == ["accepted", "replayed"]
    assert found.count("accepted") == 1
    assert count(platform, tables.consultation) == 1


def test_one_key_of_two_terminals_is_two_submissions(platform: Caller) -> None:
    other = Caller(platform.app, "T-8")
    assert codes(platform, item(1)) == ["accepted"]
    assert codes(other, item(1), terminal_id="T-8") == ["accepted"]
    assert other.post("/v1/intake", batch(item(2))).json["code"] == "not_enrolled"


@pytest.mark.parametrize("change", [{"body": json.dumps(consultation(title="别的"))}, {"slip_number": "XH01-9"}])
@pytest.mark.allow_log("intake_alarm")  # another payload under a known key is told
def test_another_payload_under_a_known_key_is_refused_and_an_alarm(platform: Caller, change: dict[str, Any]) -> None:
    first = outcomes(platform, item(1))
    assert codes(platform, item(1, **change)) == ["other_payload"]
    assert outcomes(platform, item(1)) == [("replayed", first[0][1])]
    assert (count(platform, tables.alarm), count(platform, tables.consultation)) == (1, 1)


@pytest.mark.allow_log("intake_alarm")  # a number under two keys is told
def test_one_number_under_two_keys_is_refused_and_an_alarm(platform: Caller) -> None:
    assert codes(platform, item(1)) == ["accepted"]
    assert codes(platform, item(2, seq=1)) == ["sequence_conflict"]
    assert codes(platform, item(2, seq=1)) == ["sequence_conflict"]
    assert (count(platform, tables.alarm), count(platform, tables.consultation)) == (1, 1)
    # a fresh store of the same terminal begins at 1 again
    assert codes(platform, item(3, seq=1), store_id="b" * 32) == ["accepted"]


def test_a_lane_stops_at_its_first_failure_and_no_other_lane_does(platform: Caller) -> None:
    bad = json.dumps({"visit_id": "v"})
    sent = [
        item(1, order_key="a"),
        item(2, order_key="a", body=bad) | {"body": bad},
        item(3, order_key="a"),
        item(4, order_key="b"),
    ]
    assert codes(platform, *sent) == ["accepted", "malformed", "held", "accepted"]
    assert codes(platform, sent[2]) == ["accepted"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"visit_id": "v"}',
        json.dumps(consultation(type="praise")),
        json.dumps(consultation(title="")),
        json.dumps(consultation(content="x" * 2001)),
        json.dumps(consultation(content="a\x00b")),
        json.dumps(consultation(more=1)),
        json.dumps(consultation(applicant={"id_number": "1; DROP TABLE"})),
        json.dumps(consultation())[:-1] + ',"content":"\\ud800"}',
        "[" * 100_000,
    ],
)
def test_a_body_that_breaks_its_schema_is_malformed_and_not_kept(on_sqlite: Caller, body: str) -> None:
    assert codes(on_sqlite, item(1) | {"body": body}, item(2)) == ["malformed", "accepted"]
    assert codes(on_sqlite, item(1)) == ["accepted"]


@pytest.mark.parametrize(
    "change",
    [
        {"key": "no uuid"},
        {"seq": 0},
        {"order_key": "a b"},
        {"slip_number": "a\x00"},
        {"kind": "A"},
        {"created_wall": ""},
        {"body": None},
        {"attachments": [{}]},
    ],
)
def test_an_item_that_breaks_the_contract_is_refused_with_its_batch_by_code(
    on_sqlite: Caller, change: dict[str, Any]
) -> None:
    heard = on_sqlite.post("/v1/intake", batch(item(1) | change))
    assert (heard.status, heard.problem, heard.json["code"]) == (422, "invalid-request", "malformed")
    assert "商贷" not in heard.body.decode()


def test_a_rating_is_kept_as_the_ratings_call_keeps_it(platform: Caller) -> None:
    assert codes(platform, item(1, rating(), "rating", slip_number=None)) == ["accepted"]
    [(code, receipt)] = outcomes(platform, item(2, rating(grade=1), "rating", slip_number=None))
    assert code == "accepted"
    online = platform.post("/v1/ratings", rating(grade=2)).json
    assert online == {"rating_id": receipt}
    assert count(platform, platform_tables.rating) == 1
    assert codes(platform, item(3, rating(grade=9), "rating")) == ["malformed"]


def test_what_another_day_may_lift_is_answered_by_its_code_and_not_kept(platform: Caller) -> None:
    assert codes(platform, item(1, {}, "licence")) == ["service_withdrawn"]
    assert codes(platform, item(1, schema_version=2)) == ["schema_unsupported"]
    assert platform.get("/demo/departments/consultation", "is_open=false", "PUT").status == 200
    assert codes(platform, item(1), item(2, rating(), "rating")) == ["maintenance", "accepted"]
    platform.get("/demo/departments/consultation", "is_open=true", "PUT")
    platform.get("/demo/terminals/T-7", "refused=consultation", "PUT")
    assert codes(platform, item(1), item(3, rating(), "rating")) == ["kind_not_allowed", "accepted"]
    platform.get("/demo/terminals/T-7", "", "PUT")
    assert codes(platform, item(1)) == ["accepted"]


@pytest.mark.parametrize("standing", ["not_enrolled", "terminal_suspended", "certificate_expired"])
def test_a_terminal_that_does_not_stand_well_is_refused_whole_by_code(on_sqlite: Caller, standing: str) -> None:
    on_sqlite.get("/demo/terminals/T-7", f"standing={standing}", "PUT")
    for path, body in (("/v1/intake", batch(item(1))), ("/v1/intake/statuses", {"key": key_of(1)})):
        heard = on_sqlite.post(path, body)
        assert (heard.status, heard.problem, heard.json["code"]) == (403, "terminal-refused", standing)
    assert count(on_sqlite, tables.item) == 0
    assert Caller(on_sqlite.app, "T-8").post("/v1/intake/statuses", {"key": key_of(1)}).json["code"] == "unknown"
    assert Caller(on_sqlite.app, None).post("/v1/intake", batch(item(1))).json["code"] == "not_enrolled"
    # nor is it told anything of a citizen elsewhere
    person = {"visit_id": "v-1", "id_number": SPECIMEN[0], "name": SPECIMEN[1]}
    for path, asked in (
        ("/v1/terminals/hello", {"terminal_id": "T-7", "software_version": "1"}),
        ("/v1/identity/codes", person),
        ("/v1/identity/verifications", person | {"method": "servicePassword", "secret": PASSWORD}),
        ("/v1/ratings", {"visit_id": "v-1", "item_code": "11", "grade": 5}),
    ):
        assert on_sqlite.post(path, asked).problem == "terminal-refused"


class _Department:
    """Takes what its body tells it to."""

    department = "test"
    schema_versions = frozenset({1})
    most_attachments = 0
    attachment_types: frozenset[str] = frozenset()

    def parse(self, text: str, _version: int) -> object:
        return text

    def take(self, connection: Connection, submission: Submission) -> Effect:
        connection.execute(
            tables.alarm.insert().values(
                kind="effect", terminal_id="-", store_id="-", seq=submission.item.seq, key="-", raised_at=0
            )
        )
        if submission.body == "reject":
            raise RejectedError
        if submission.body == "crash":
            raise ZeroDivisionError
        return Effect("R-1", is_finished=submission.body != "later")

    def view(self, *_: object) -> CaseView | None:
        return None


@pytest.fixture
def department(platform: Caller) -> Caller:
    platform.app.state.platform.intake.intake.kinds["test"] = _Department()
    return platform


def _plain(number: int, body: str) -> dict[str, Any]:
    return item(number, None, "test") | {"body": body}


def test_a_rejection_is_an_outcome_for_ever_and_has_no_effect(department: Caller) -> None:
    assert codes(department, _plain(1, "reject")) == ["rejected"]
    assert codes(department, _plain(1, "reject")) == ["rejected"]
    assert (count(department, tables.alarm), count(department, tables.item)) == (0, 1)


@pytest.mark.allow_log("intake_failed")  # the crash of a department is told
def test_a_failure_is_never_stored_and_stops_nobody_else(department: Caller) -> None:
    assert codes(department, _plain(1, "crash"), item(2)) == ["failed", "accepted"]
    assert (count(department, tables.alarm), count(department, tables.item)) == (0, 1)


def test_what_is_only_taken_is_finished_later_and_asked_by_key(department: Caller) -> None:
    assert outcomes(department, _plain(1, "later")) == [("taken", "R-1")]
    assert outcomes(department, _plain(1, "later")) == [("taken", "R-1")]
    department.app.state.platform.intake.intake.finish("T-7", key_of(1), "accepted")
    assert department.post("/v1/intake/statuses", {"key": key_of(1)}).json["code"] == "accepted"
    assert codes(department, _plain(1, "later")) == ["replayed"]


def test_only_a_factor_that_the_platform_checked_in_the_visit_confirms_the_holder(platform: Caller) -> None:
    factor = {"visit_id": "visit-1", "method": "servicePassword", "secret": PASSWORD}
    person = {"id_number": SPECIMEN[0], "name": SPECIMEN[1]}
    assert codes(platform, item(1)) == ["accepted"]
    accepted = platform.post("/v1/identity/verifications", factor | person)
    assert accepted.status == 200
    anonymous = consultation(visit_id="visit-2")
    del anonymous["applicant"]
    assert codes(platform, item(2), item(3, consultation(visit_id="visit-2")), item(4, anonymous)) == ["accepted"] * 3
    with platform.app.state.platform.engine.connect() as connection:
        found = connection.execute(select(tables.item.c.seq, tables.item.c.identity).order_by(tables.item.c.seq))
        assert [tuple(row) for row in found] == [
            (1, "unverified"),
            (2, "confirmed"),
            (3, "unverified"),
            (4, "none"),
        ]


def test_a_batch_may_be_a_megabyte_and_no_more(on_sqlite: Caller) -> None:
    long = json.dumps(consultation(content="长" * 2000), ensure_ascii=False)
    assert codes(on_sqlite, *(item(number) | {"body": long} for number in range(1, 51))) == ["accepted"] * 50
    heard = on_sqlite.post("/v1/intake", batch(item(51) | {"body": "x" * 1_200_000}))
    assert (heard.status, heard.problem) == (413, "request-too-large")


def test_a_key_that_is_being_processed_is_told_so_and_not_waited_for_long(
    make_platform: Callable[..., Caller], demo_settings: PlatformSettings, postgresql_url: str
) -> None:
    caller = make_platform(replace(demo_settings, database_url=postgresql_url, demo_citizens=1))
    with caller.app.state.platform.engine.connect() as other:
        other.execute(
            tables.item.insert().values(
                terminal_id="T-7", key=key_of(1), store_id="s", seq=1, order_key="a", kind="consultation", fingerprint="-",
                code="in_progress", identity="none", created_wall="-", received_at=0,
            )
        )  # fmt: skip
        heard = caller.post("/v1/intake", batch(item(1), item(2))).json["outcomes"]
        assert [(one["code"], one["retry_after_s"]) for one in heard] == [("in_progress", 2.0), ("accepted", None)]
        other.rollback()
    assert codes(caller, item(1)) == ["accepted"]
