"""What ended at a terminal itself is kept once, whatever is told again, and closes its place in the store's sequence."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from provisioning.platform.intake import tables
from provisioning.platform.intake.wire import LONGEST_ENDINGS, MOST_STEPS
from tests.provisioning.platform.asgi import Caller
from tests.provisioning.platform.intake.submissions import STORE, batch, item


def ending(number: int, **more: Any) -> dict[str, Any]:
    usual = {
        "case_id": str(UUID(int=number)),
        "kind": "endorsement",
        "end": "ejected",
        "ended_wall": "2026-11-22T10:00:00+08:00",
        "seq": None,
        "steps": [{"step": "erase", "outcome": "done"}, {"step": "print", "outcome": None}],
    }
    return usual | more


def tell(caller: Caller, *endings: dict[str, Any]) -> Any:
    body = {"terminal_id": "T-7", "store_id": STORE, "endings": list(endings)}
    return caller.post("/v1/intake/endings", body).json


def codes(heard: Any) -> list[str]:
    return [one["code"] for one in heard["outcomes"]]


def test_each_end_is_kept_once_and_a_repeat_is_told_so(platform: Caller) -> None:
    assert codes(tell(platform, ending(1), ending(2, end="retained"))) == ["accepted", "accepted"]
    assert codes(tell(platform, ending(2, end="retained"), ending(3))) == ["replayed", "accepted"]
    with platform.app.state.platform.engine.begin() as connection:
        rows = connection.execute(select(tables.ending).order_by(tables.ending.c.case_id)).all()
    assert [(row.terminal_id, row.kind, row.end) for row in rows] == [
        ("T-7", "endorsement", "ejected"), ("T-7", "endorsement", "retained"), ("T-7", "endorsement", "ejected"),
    ]  # fmt: skip
    assert rows[0].steps == '[["erase", "done"], ["print", null]]'


@pytest.mark.allow_log("intake_alarm")
def test_another_end_of_a_known_case_is_refused_and_raises_an_alarm(platform: Caller) -> None:
    tell(platform, ending(1))
    assert codes(tell(platform, ending(1, end="retained"))) == ["other_payload"]
    with platform.app.state.platform.engine.begin() as connection:
        assert connection.scalars(select(tables.alarm.c.kind)).all() == ["ended_twice"]
        assert connection.scalars(select(tables.ending.c.end)).all() == ["ejected"]


def test_another_terminals_cases_and_malformed_ones_are_refused_whole(on_sqlite: Caller) -> None:
    assert tell(Caller(on_sqlite.app, "T-8"), ending(1))["code"] == "not_enrolled"
    for wrong in ({"case_id": "x"}, {"end": ""}, {"kind": "有"}, {"steps": [{"step": "a", "outcome": None}] * 101}):
        assert tell(on_sqlite, ending(1, **wrong))["type"] == "urn:budayang:problem:invalid-request"


def test_a_letter_that_was_given_up_is_missing_no_more(platform: Caller) -> None:
    platform.post("/v1/intake", batch(item(1)))
    report = {"terminal_id": "T-7", "store_id": STORE, "last_seq": 3, "queued": 0, "dead": 0, "oldest_s": 0}
    assert platform.post("/v1/intake/stores", report).json == {"missing": 2}
    tell(platform, ending(2, kind="letter.consultation", end="duplicate", seq=3))
    assert platform.post("/v1/intake/stores", report).json == {"missing": 1}
    # one that had come after all does not count twice
    tell(platform, ending(4, kind="letter.consultation", end="duplicate", seq=1))
    assert platform.post("/v1/intake/stores", report).json == {"missing": 1}


def test_the_longest_report_that_the_contract_allows_is_read(on_sqlite: Caller) -> None:
    steps = [{"step": "s" * 40, "outcome": "o" * 40}] * MOST_STEPS
    longest = [ending(number, kind="k" * 60, end="e" * 40, steps=steps) for number in range(1, LONGEST_ENDINGS + 1)]
    assert set(codes(tell(on_sqlite, *longest))) <= {"accepted", "replayed"}
    report = {"terminal_id": "T-7", "store_id": STORE, "last_seq": 2**61, "queued": 0, "dead": 1000, "oldest_s": 0}
    report["dead_seqs"] = [2**61 - number for number in range(1000)]
    assert on_sqlite.post("/v1/intake/stores", report).status == 200


def test_times_that_are_none_are_refused_before_they_reach_a_database(platform: Caller) -> None:
    for moment in ("2026-11-22T10:00:00\x00+08:00", "the day before yesterday", "2026-11-22T10:00:00" + "0" * 30):
        assert tell(platform, ending(1, ended_wall=moment))["code"] == "malformed"
        heard = platform.post("/v1/intake", batch(item(1, created_wall=moment)))
        assert (heard.status, heard.json["code"]) == (422, "malformed")
    question = {"slip_number": "XH01\x00", "id_number": "440308199901101512"}
    assert platform.post("/v1/intake/lookups", question).status == 422
