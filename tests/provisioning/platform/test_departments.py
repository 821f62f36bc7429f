"""The departments over SQLite and PostgreSQL alike: factors, tries, tokens, statements, ratings."""

from sqlalchemy import func, select

from kiosk.base.clock import ManualClock
from provisioning.platform import tables
from provisioning.platform.identity import CONFIRMED_S
from tests.provisioning.platform.asgi import Caller, Heard
from tests.provisioning.platform.running import NO_PASSWORD, NO_PHONE, NOT_IN_FUND, PASSWORD, RETIRED, SPECIMEN

Person = tuple[str, str]


def _verify(caller: Caller, person: Person, secret: str, method: str = "servicePassword", visit: str = "v-1") -> Heard:
    body = {"visit_id": visit, "method": method, "id_number": person[0], "name": person[1], "secret": secret}
    return caller.post("/v1/identity/verifications", body)


def _token(caller: Caller, person: Person = SPECIMEN, visit: str = "v-1") -> str:
    heard = _verify(caller, person, PASSWORD, visit=visit)
    assert heard.status == 200
    return str(heard.json["token"])


def _statement(caller: Caller, token: str | None, period: str = "all", visit: str = "v-1") -> Heard:
    return caller.post("/v1/provident-fund/statements", {"visit_id": visit, "period": period}, token)


def _send_code(caller: Caller, person: Person, visit: str = "v-1") -> Heard:
    body = {"visit_id": visit, "id_number": person[0], "name": person[1]}
    return caller.post("/v1/identity/codes", body)


def _newest_code(caller: Caller) -> str:
    return str(caller.get("/demo/codes").json["codes"][-1]["code"])


def test_a_confirmed_citizen_sees_thirty_years(platform_on_each: Caller) -> None:
    statement = _statement(platform_on_each, _token(platform_on_each)).json
    assert len(statement["entries"]) == 360
    dates = [entry["date"] for entry in statement["entries"]]
    assert dates == sorted(dates, reverse=True)
    assert statement["account"]["name"] == SPECIMEN[1]
    assert len(statement["account"]) == 14
    assert all(len(entry) == 9 for entry in statement["entries"])


def test_every_balance_follows_from_the_entry_before(platform_on_each: Caller) -> None:
    for person in (SPECIMEN, RETIRED, NO_PHONE):
        statement = _statement(platform_on_each, _token(platform_on_each, person)).json
        balance = paid_in = withdrawn = 0
        for entry in reversed(statement["entries"]):
            balance += entry["amount_fen"] + entry["interest_fen"]
            assert entry["balance_fen"] == balance
            paid_in += max(entry["amount_fen"], 0)
            withdrawn -= min(entry["amount_fen"], 0)
        account = statement["account"]
        totals = (account["balance_fen"], account["total_paid_in_fen"], account["total_withdrawn_fen"])
        assert totals == (balance, paid_in, withdrawn)
        assert balance > 0


def test_periods_hold_their_months_and_nothing_else(platform_on_each: Caller) -> None:
    token = _token(platform_on_each)
    half, year = (_statement(platform_on_each, token, period).json for period in ("halfYear", "year"))
    assert (half["date_from"], half["date_to"]) == ("2026-05-21", "2026-11-21")
    assert (year["date_from"], year["date_to"]) == ("2025-11-21", "2026-11-21")
    assert [entry["month"] for entry in half["entries"]] == ["202610", "202609", "202608", "202607", "", "202606"]
    assert len(year["entries"]) == 12
    assert year["entries"][: len(half["entries"])] == half["entries"]


def test_who_is_not_in_the_fund_is_not_found_there(platform_on_each: Caller) -> None:
    heard = _statement(platform_on_each, _token(platform_on_each, NOT_IN_FUND))
    assert (heard.status, heard.problem) == (404, "person-not-found")


def test_a_code_serves_once_in_its_own_visit_and_for_five_minutes(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    caller = platform_on_each
    sent = _send_code(caller, RETIRED)
    assert sent.json == {"phone_masked": "128****0002", "expires_in_s": 300}
    code = _newest_code(caller)
    assert _verify(caller, RETIRED, code, "oneTimeCode", visit="v-2").problem == "code-expired"
    assert _verify(caller, RETIRED, code, "oneTimeCode").status == 200
    assert _verify(caller, RETIRED, code, "oneTimeCode").problem == "code-expired"
    manual_clock.advance(60)
    _send_code(caller, RETIRED)
    manual_clock.advance(301)
    assert _verify(caller, RETIRED, _newest_code(caller), "oneTimeCode").problem == "code-expired"


def test_a_newer_code_replaces_the_older(platform_on_each: Caller, manual_clock: ManualClock) -> None:
    _send_code(platform_on_each, RETIRED)
    older = _newest_code(platform_on_each)
    manual_clock.advance(60)
    _send_code(platform_on_each, RETIRED)
    newer = _newest_code(platform_on_each)
    if older != newer:  # once in a million both are the same
        assert _verify(platform_on_each, RETIRED, older, "oneTimeCode").problem == "factor-refused"
    assert _verify(platform_on_each, RETIRED, newer, "oneTimeCode").status == 200


def test_codes_are_not_sent_too_often(platform: Caller, manual_clock: ManualClock) -> None:
    assert _send_code(platform, RETIRED).status == 200
    manual_clock.advance(20)
    too_soon = _send_code(platform, RETIRED)
    assert (too_soon.status, too_soon.problem, too_soon.json["retry_after_s"]) == (429, "too-many-requests", 40)
    for _ in range(4):
        manual_clock.advance(60)
        assert _send_code(platform, RETIRED).status == 200
    manual_clock.advance(60)
    assert _send_code(platform, RETIRED).problem == "too-many-requests"
    manual_clock.advance(900)
    assert _send_code(platform, RETIRED).status == 200


def test_three_wrong_tries_block_everywhere_for_fifteen_minutes(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    caller = platform_on_each
    heard = [_verify(caller, SPECIMEN, "000000") for _ in range(3)]
    assert [(one.status, one.problem, one.json.get("tries_left")) for one in heard] == [
        (403, "factor-refused", 2),
        (403, "factor-refused", 1),
        (429, "factor-blocked", None),
    ]
    elsewhere = Caller(caller.app, "T-8")
    assert _verify(elsewhere, SPECIMEN, PASSWORD).problem == "factor-blocked"
    assert _send_code(elsewhere, SPECIMEN).problem == "factor-blocked"
    assert _verify(elsewhere, RETIRED, PASSWORD).status == 200
    manual_clock.advance(899)
    assert _verify(caller, SPECIMEN, PASSWORD).json["retry_after_s"] == 1
    manual_clock.advance(1)
    assert _verify(caller, SPECIMEN, PASSWORD).status == 200


def test_password_and_code_share_the_tries(platform: Caller) -> None:
    _send_code(platform, SPECIMEN)
    wrong = "000000" if _newest_code(platform) != "000000" else "000001"
    assert _verify(platform, SPECIMEN, wrong, "oneTimeCode").json["tries_left"] == 2
    assert _verify(platform, SPECIMEN, "000000").json["tries_left"] == 1
    assert _verify(platform, SPECIMEN, wrong, "oneTimeCode").problem == "factor-blocked"
    # the block also ends the code
    assert platform.app.state.platform.identity is not None
    assert _verify(platform, SPECIMEN, _newest_code(platform), "oneTimeCode").problem == "factor-blocked"


def test_a_missing_factor_is_no_wrong_try(platform: Caller) -> None:
    for _ in range(4):
        assert _verify(platform, NO_PASSWORD, "x").problem == "no-service-password"
        assert _send_code(platform, NO_PHONE).problem == "no-registered-phone"
        assert _verify(platform, SPECIMEN, "123456", "oneTimeCode").problem == "code-expired"
    assert _verify(platform, SPECIMEN, PASSWORD).status == 200


def test_who_is_unknown_and_whose_name_differs_get_the_same_answer(platform: Caller) -> None:
    unknown = _verify(platform, ("820000199001010010", "无此人"), PASSWORD)
    differs = _verify(platform, (SPECIMEN[0], "另有其人"), PASSWORD)
    assert unknown.problem == "person-not-found"
    assert (unknown.status, unknown.body) == (differs.status, differs.body)


def test_a_token_opens_only_its_visit_at_its_terminal_for_ten_minutes(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    caller = platform_on_each
    token = _token(caller)
    manual_clock.advance(599)
    assert _statement(caller, token).status == 200
    manual_clock.advance(1)
    late = _statement(caller, token)
    assert (late.status, late.problem, late.headers["www-authenticate"]) == (401, "token-expired", "Bearer")
    for stranger, visit in ((Caller(caller.app, "T-8"), "v-1"), (caller, "v-2")):
        token = _token(caller)
        assert _statement(stranger, token, visit=visit).problem == "token-expired"
        # shown in the wrong place, it is ended
        assert _statement(caller, token).problem == "token-expired"
    assert _statement(caller, None).problem == "token-expired"
    assert _statement(caller, "x" * 64).problem == "token-expired"


def test_one_rating_per_visit_and_item(platform_on_each: Caller) -> None:
    body = {"visit_id": "v-1", "item_code": "1132050001414925263320105028002", "grade": 5}
    first = platform_on_each.post("/v1/ratings", body, _token(platform_on_each))
    again = platform_on_each.post("/v1/ratings", body | {"grade": 1})
    other = platform_on_each.post("/v1/ratings", body | {"visit_id": "v-2"})
    assert first.status == again.status == other.status == 200
    assert first.json == again.json != other.json


def test_a_closed_department_is_unavailable_and_the_others_go_on(platform: Caller) -> None:
    token = _token(platform)
    assert platform.get("/demo/departments/provident-fund", "is_open=false", "PUT").json == {"status": "closed"}
    heard = _statement(platform, token)
    assert (heard.status, heard.problem, heard.headers["retry-after"]) == (503, "unavailable", "300")
    assert _verify(platform, RETIRED, PASSWORD).status == 200
    platform.get("/demo/departments/provident-fund", "is_open=true", "PUT")
    assert _statement(platform, token).status == 200


def test_who_was_where_is_forgotten_when_nothing_can_still_be_under_way(
    platform_on_each: Caller, manual_clock: ManualClock
) -> None:
    def kept() -> list[int]:
        with platform_on_each.app.state.platform.engine.connect() as connection:
            return [
                int(connection.scalar(select(func.count()).select_from(table).where(table.c.visit_id.like("forget-%"))))
                for table in (tables.confirmed_visit, tables.visit_token, tables.one_time_code)
            ]

    _token(platform_on_each, visit="forget-1")
    assert _send_code(platform_on_each, RETIRED, visit="forget-1").status == 200
    assert kept() == [1, 1, 1]
    manual_clock.advance(CONFIRMED_S - 3600)
    _token(platform_on_each, visit="forget-2")
    assert kept() == [2, 1, 0]
    manual_clock.advance(3600)
    _token(platform_on_each, visit="forget-3")
    assert kept() == [2, 1, 0]


def test_a_wrong_try_of_yesterday_counts_no_more(platform_on_each: Caller, manual_clock: ManualClock) -> None:
    for _ in range(2):
        assert _verify(platform_on_each, SPECIMEN, "000000").problem == "factor-refused"
    manual_clock.advance(86_400)
    assert _verify(platform_on_each, SPECIMEN, "000000").json["tries_left"] == 2
