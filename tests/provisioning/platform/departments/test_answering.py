"""What the departments answer, over SQLite and PostgreSQL alike: as the items' files say, of one person, as far as was chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.base.clock import ManualClock
from kiosk.central.department import DepartmentAnswer
from kiosk.services.query import FieldKind, check_answer
from provisioning.platform.departments.answering import months_before
from provisioning.platform.departments.data_files import FOLDER
from tests.provisioning.platform.asgi import Caller, Heard
from tests.provisioning.platform.departments.asking import PERSONS, ask, choices_of, queried, token_of
from tests.provisioning.platform.running import NO_PHONE, NOT_IN_FUND, RETIRED, SPECIMEN


def _documents() -> dict[str, Any]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.yaml")}


def _answer(heard: Heard) -> DepartmentAnswer:
    assert heard.status == 200
    assert heard.headers["content-type"] == "application/json"
    return msgspec.json.decode(heard.body, type=DepartmentAnswer)


def test_there_is_a_department_for_every_item_that_asks_one_and_for_no_other() -> None:
    documents = _documents()
    assert {item.key: item.item_code for item, _ in queried()} == {
        key: document["item_code"] for key, document in documents.items()
    }
    for item, query in queried():
        document = documents[item.key]
        assert tuple(document.get("choices") or {"": {}}) == choices_of(query), item.key
        assert bool(document.get("gives_code")) == bool(query.sheet and query.sheet.is_certificate), item.key


def test_every_answer_has_exactly_the_fields_and_columns_of_its_items_file(platform_on_each: Caller) -> None:
    tokens = {person: token_of(platform_on_each, person) for person in PERSONS}
    sizes: dict[str, list[int | None]] = {}
    for item, query in queried():
        for choice in choices_of(query):
            for person in PERSONS:
                heard = ask(platform_on_each, tokens[person], item.key, choice)
                if heard.status == 404:
                    assert heard.problem == "person-not-found"
                    sizes.setdefault(item.key, []).append(None)
                    continue
                answer = _answer(heard)
                assert check_answer(query, item.item_code, choice, answer) is None, (item.key, choice)
                assert [*answer.values] == [field.key for field in query.fields]
                sizes.setdefault(item.key, []).append(len(answer.rows))
    # to try it on: somebody unknown to every department, somebody with rows, and pages and pages of them
    assert all(None in counts and any(counts) for counts in sizes.values())
    assert max(count or 0 for counts in sizes.values() for count in counts) >= 60
    assert any(0 in counts for counts in sizes.values())


def test_who_is_asked_about_is_who_is_answered(platform_on_each: Caller) -> None:
    token = token_of(platform_on_each, RETIRED)
    heard = [ask(platform_on_each, token, item.key, choices_of(query)[0]) for item, query in queried()]
    for answer in (_answer(one) for one in heard if one.status == 200):
        assert answer.values["id_number"] == RETIRED[0]
        assert answer.values["name"] == RETIRED[1]


def _texts(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return set().union(*(_texts(one) for key, one in value.items() if not key.startswith("_")))
    if isinstance(value, list):
        return set().union(*(_texts(one) for one in value))
    return {value} if isinstance(value, str) else set()


def _marks() -> dict[str, set[str]]:
    """By person, the texts that no other person's records hold; what begins with _ is never answered."""
    texts: dict[str, set[str]] = {number: {number, name} for number, name in PERSONS}
    for document in _documents().values():
        for number, record in document["people"].items():
            texts[number] |= _texts(record)
    return {
        number: own - set().union(*(texts[other] for other in texts if other != number))
        for number, own in texts.items()
    }


def test_two_persons_are_never_mixed(platform: Caller) -> None:
    marks = _marks()
    assert all(len(marks[number]) > 10 for number, _ in PERSONS[:4])
    visits = {person: f"visit-{index}" for index, person in enumerate(PERSONS)}
    tokens = {person: token_of(platform, person, visits[person]) for person in PERSONS}
    questions = [(item.key, choice) for item, query in queried() for choice in choices_of(query)]
    seen = set()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.sampled_from(PERSONS), st.sampled_from(questions)), min_size=2, max_size=6))
    def check(asked: list[tuple[tuple[str, str], tuple[str, str]]]) -> None:
        for person, (key, choice) in asked:
            heard = ask(platform, tokens[person], key, choice, visits[person])
            answered = _texts(heard.json)
            mixed = [number for number, own in marks.items() if number != person[0] and own & answered]
            assert not mixed, (key, choice)
            if marks[person[0]] & answered:
                seen.add(person)

    check()
    # the marks do show where they belong, except of him whom no department knows
    assert seen == set(PERSONS) - {NOT_IN_FUND}


def test_a_choice_of_months_leaves_exactly_those_months(platform_on_each: Caller) -> None:
    token = token_of(platform_on_each)
    months = {
        choice: [str(row["month"]) for row in _answer(ask(platform_on_each, token, "medical-insurance", choice)).rows]
        for choice in ("12", "24", "36")
    }
    assert [len(found) for found in months.values()] == [24, 48, 72]
    assert sorted(set(months["12"])) == [f"2025{month}" for month in (11, 12)] + [f"2026{m:02d}" for m in range(1, 11)]
    assert (min(months["24"]), min(months["36"])) == ("202411", "202311")
    for found in months.values():
        assert found == sorted(found, reverse=True)


def test_the_months_count_back_from_the_platforms_own_clock(platform: Caller, manual_clock: ManualClock) -> None:
    manual_clock.advance(9 * 86_400)  # 30 November: the same months, a day of November is within
    assert len(_answer(ask(platform, token_of(platform), "medical-insurance", "12")).rows) == 24
    manual_clock.advance(86_400)  # 1 December: November of last year is over a year ago
    answer = _answer(ask(platform, token_of(platform), "medical-insurance", "12"))
    assert min(str(row["month"]) for row in answer.rows) == "202512"
    assert answer.as_of.startswith("2026-12-01T")


def test_months_before_a_day_that_the_month_lacks() -> None:
    assert months_before(date(2028, 2, 29), 12) == "2027-02-28"
    assert months_before(date(2026, 3, 31), 1) == "2026-02-28"
    assert months_before(date(2026, 1, 15), 1) == "2025-12-15"


def test_rows_are_newest_first_where_they_have_a_day(platform: Caller) -> None:
    dated_by = {key: document.get("dated_by") for key, document in _documents().items()}
    token = token_of(platform)
    checked = 0
    for item, query in queried():
        kinds = {column.key: column.kind for column in query.columns}
        column = dated_by[item.key]
        if kinds.get(column) not in (FieldKind.DATE, FieldKind.MONTH):
            continue
        days = [str(row[column]) for row in _answer(ask(platform, token, item.key, choices_of(query)[-1])).rows]
        assert days == sorted(days, reverse=True)
        checked += len(days) > 1
    assert checked >= 6


def test_payments_on_one_base_are_told_as_a_span_within_what_was_chosen(platform_on_each: Caller) -> None:
    token = token_of(platform_on_each)
    for choice, first in (("12", "202511"), ("24", "202411"), ("36", "202311")):
        answer = _answer(ask(platform_on_each, token, "social-insurance", choice))
        pension = [row for row in answer.rows if row["insurance"] == "企业职工基本养老保险"]
        assert (pension[0]["end_month"], pension[-1]["start_month"]) == ("202610", first)
        assert sum(int(row["months"] or 0) for row in pension) == int(choice)
        assert answer.values["pension_months"] == 71
    with_a_gap = _answer(ask(platform_on_each, token_of(platform_on_each, NO_PHONE), "social-insurance", "36"))
    spans = [
        (row["start_month"], row["end_month"]) for row in with_a_gap.rows if row["insurance"] == "职工基本医疗保险"
    ]
    assert spans == [("202610", "202610"), ("202510", "202609"), ("202409", "202508")]


def test_totals_are_those_of_the_rows(platform: Caller) -> None:
    token = token_of(platform)
    report = _answer(ask(platform, token, "public-credit", "loan"))
    categories = [row["category"] for row in report.rows]
    assert report.values["promises"] == categories.count("信用承诺") == 60
    assert report.values["penalties"] == categories.count("行政处罚") == 1
    assert report.values["purpose"] == "贷款"
    quota = _answer(ask(platform, token, "invoice-quota"))
    used = sum(int(row["amount"] or 0) for row in quota.rows)
    assert (quota.values["used"], quota.values["left"]) == (used, 75_000_000 - used)
    # whatever is shown of them, what is open is open
    counts = {
        _answer(ask(platform, token, "vehicle-violations", choice)).values["open_count"] for choice in ("open", "all")
    }
    assert counts == {3}


def test_a_choice_of_rows_leaves_those_and_the_sentence_says_whether_there_are_any(platform: Caller) -> None:
    token, other = token_of(platform), token_of(platform, RETIRED, "v-2")
    assert len(_answer(ask(platform, token, "real-estate", "city")).rows) == 3
    assert len(_answer(ask(platform, token, "real-estate", "urban")).rows) == 2
    city, urban = (_answer(ask(platform, other, "real-estate", choice, "v-2")) for choice in ("city", "urban"))
    assert (city.values["count"], urban.values["count"]) == (1, 0)
    assert str(city.values["statement"]).startswith("在查询范围内查到")
    assert str(urban.values["statement"]).startswith("在查询范围内没有")
    assert not any(column.startswith("_") for row in city.rows for column in row)


def test_the_same_files_make_the_same_answers(platform_on_each: Caller, platform: Caller) -> None:
    for key, choice in (("medical-insurance", "36"), ("employment-registration", ""), ("vehicle-violations", "all")):
        both = [
            _answer(ask(caller, token_of(caller, SPECIMEN, "v-9"), key, choice, "v-9"))
            for caller in (platform_on_each, platform)
        ]
        assert both[0].values == both[1].values
        assert both[0].rows == both[1].rows


def test_a_household_record_says_what_the_id_number_says(platform: Caller) -> None:
    for visit, person in enumerate((SPECIMEN, RETIRED)):
        answer = _answer(ask(platform, token_of(platform, person, f"v-{visit}"), "residence-record", "", f"v-{visit}"))
        number = person[0]
        # GB 11643: the birth date, and an odd order number for men
        assert answer.values["birth_date"] == f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        assert answer.values["sex"] == ("男" if int(number[16]) % 2 else "女")
