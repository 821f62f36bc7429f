"""The code on a certificate: made for every answer, checked by whoever holds the paper, telling nothing of the person."""

import re

from sqlalchemy import select

from kiosk.base.clock import ManualClock
from provisioning.platform.departments import tables
from provisioning.platform.departments.answering import CODE_LIFE
from tests.provisioning.platform.asgi import Caller, Heard
from tests.provisioning.platform.departments.asking import ask, choices_of, item_code, queried, token_of
from tests.provisioning.platform.running import NOT_IN_FUND, SPECIMEN

FORM = re.compile(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}")


def _check(caller: Caller, code: str) -> Heard:
    return Caller(caller.app, None).post("/v1/departments/verifications", {"code": code})


def _hashes(caller: Caller) -> set[str]:
    with caller.app.state.platform.engine.connect() as connection:
        return set(connection.scalars(select(tables.code.c.code_hash)))


def test_every_certificate_has_a_code_of_its_own_and_no_other_paper_has_one(platform_on_each: Caller) -> None:
    token = token_of(platform_on_each)
    codes = []
    for item, query in queried():
        for choice in choices_of(query):
            code = ask(platform_on_each, token, item.key, choice).json["verification_code"]
            assert (code is not None) == bool(query.sheet and query.sheet.is_certificate)
            codes.append(code)
    again = ask(platform_on_each, token, "social-insurance", "12").json["verification_code"]
    given = [code for code in (*codes, again) if code is not None]
    assert len(set(given)) == len(given) >= 10
    assert all(FORM.fullmatch(code) for code in given)


def test_whoever_has_the_paper_learns_which_item_and_when_and_nothing_else(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    answer = ask(platform_on_each, token_of(platform_on_each), "social-insurance", "24").json
    manual_clock.advance(3600)
    heard = _check(platform_on_each, answer["verification_code"])
    assert heard.json == {"item_code": item_code("social-insurance"), "issued_at": "2026-11-21T23:04:00+08:00"}
    typed = answer["verification_code"].lower().replace("-", " ")
    assert _check(platform_on_each, typed).json == heard.json


def test_a_code_that_nobody_made_is_not_found(platform_on_each: Caller) -> None:
    code = ask(platform_on_each, token_of(platform_on_each), "social-insurance", "24").json["verification_code"]
    other = code[:-1] + ("2" if code[-1] != "2" else "3")
    for wrong in (other, code[:-1], code + "2", "2222-2222-2222-2222", "-", "'; --"):
        heard = _check(platform_on_each, wrong)
        assert (heard.status, heard.problem) == (404, "not-found")
        assert heard.json["detail"] == "body.code"
    for malformed in ("", "2" * 65, "a\x00b"):
        assert _check(platform_on_each, malformed).problem == "invalid-request"


def test_a_code_can_be_checked_for_half_a_year_and_is_then_forgotten(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    before = _hashes(platform_on_each)
    code = ask(platform_on_each, token_of(platform_on_each), "social-insurance", "12").json["verification_code"]
    (kept,) = _hashes(platform_on_each) - before
    manual_clock.advance(CODE_LIFE.total_seconds() - 1)
    assert _check(platform_on_each, code).status == 200
    manual_clock.advance(1)
    assert _check(platform_on_each, code).problem == "not-found"
    ask(platform_on_each, token_of(platform_on_each), "social-insurance", "12")
    assert kept not in _hashes(platform_on_each)


def test_the_table_holds_nothing_that_could_be_printed_and_nobody(platform: Caller) -> None:
    code = ask(platform, token_of(platform), "real-estate", "city").json["verification_code"]
    with platform.app.state.platform.engine.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(select(tables.code))]
    assert rows
    assert not any(text in row for row in rows for text in (code, code.replace("-", ""), *SPECIMEN))


def test_who_is_not_found_gets_no_code(platform: Caller) -> None:
    before = _hashes(platform)
    assert ask(platform, token_of(platform, NOT_IN_FUND), "social-insurance", "12").problem == "person-not-found"
    assert _hashes(platform) == before
