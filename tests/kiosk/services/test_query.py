"""What a department answers is shown only when it is what the item's file says and what was asked."""

import pytest

from kiosk.base.record import replace
from kiosk.central.department import DepartmentAnswer, Value
from kiosk.services.query import LONGEST_TEXT, MOST_ROWS, UNEXPECTED, FieldKind, Query, QueryField, check_answer
from kiosk.services.words import Words

NO_WORDS = Words("", "", "")
CODE = "12320600MB99900125332201200100101"[:31]
KINDS = {kind.value: kind for kind in FieldKind}
QUERY = Query(
    nobody=NO_WORDS,
    choices=(),
    headline=None,
    fields=tuple(QueryField(key, kind, NO_WORDS) for key, kind in KINDS.items()),
    rows_title=NO_WORDS,
    columns=(QueryField("month", FieldKind.MONTH, NO_WORDS), QueryField("amount", FieldKind.MONEY, NO_WORDS)),
    sheet=None,
)
VALUES: dict[str, Value] = {
    "text": "在缴", "name": "王小明", "id_number": "440308199901101512", "number": 36, "money": -1_205, "date": "2024-02-29",
    "month": "202612",
}  # fmt: skip
ROW: dict[str, Value] = {"month": "202611", "amount": 100}
GOOD = DepartmentAnswer(CODE, "12", "2026-11-22T09:00:00+08:00", VALUES, (ROW, ROW), "AB12-34CD-56EF")


def found(answer: DepartmentAnswer, query: Query = QUERY, item_code: str = CODE, choice: str = "12") -> bool:
    problem = check_answer(query, item_code, choice, answer)
    assert problem in (None, UNEXPECTED)
    return problem is not None


def test_an_answer_after_the_file_is_taken() -> None:
    assert not found(GOOD)
    assert not found(replace(GOOD, rows=(), verification_code=None))


@pytest.mark.parametrize("key", sorted(VALUES))
def test_what_a_department_does_not_hold_may_be_null_but_not_left_out(key: str) -> None:
    assert not found(replace(GOOD, values={**VALUES, key: None}))
    assert found(replace(GOOD, values={name: value for name, value in VALUES.items() if name != key}))


def test_an_answer_to_another_question_is_not_taken() -> None:
    assert found(GOOD, item_code=CODE[:-1] + "2")
    assert found(GOOD, choice="24")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", 5), ("text", "x" * (LONGEST_TEXT + 1)), ("text", "a\nb"), ("text", "a\x9bb"), ("name", 1), ("name", "\x00"),
        ("id_number", 11), ("number", "36"), ("number", True), ("number", 2**53), ("money", "12.05"), ("money", False),
        ("money", -(2**53)), ("date", "2026-02-29"), ("date", "20261122"), ("date", "22.11.2026"), ("date", 20261122),
        ("month", "202613"), ("month", "2026-1"), ("month", 202611), ("month", "20261"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_not_taken(key: str, value: Value) -> None:
    assert found(replace(GOOD, values={**VALUES, key: value}))


def test_a_field_that_the_file_does_not_name_is_not_taken() -> None:
    assert found(replace(GOOD, values={**VALUES, "spouse": "李小红"}))
    renamed = {("spouse" if key == "name" else key): value for key, value in VALUES.items()}
    assert found(replace(GOOD, values=renamed))


@pytest.mark.parametrize("row", [{}, {"month": "202611"}, {**ROW, "more": 1}, {"month": "202611", "amount": "1"}])
def test_a_row_of_another_shape_is_not_taken(row: dict[str, Value]) -> None:
    assert found(replace(GOOD, rows=(ROW, row)))


def test_rows_where_the_file_has_none_and_too_many_rows_are_not_taken() -> None:
    assert found(GOOD, replace(QUERY, columns=()))
    assert not found(replace(GOOD, rows=(ROW,) * MOST_ROWS))
    assert found(replace(GOOD, rows=(ROW,) * (MOST_ROWS + 1)))


@pytest.mark.parametrize("moment", ["", "now", "2026-11-22", "2026-11-22T09:00:00"])
def test_an_answer_must_say_of_when_it_is(moment: str) -> None:
    assert found(replace(GOOD, as_of=moment))


@pytest.mark.parametrize("code", ["", "A1", "-AB1234", "AB1234\n", "A" * 41, "ＡＢ１２３４"])
def test_a_verification_code_is_one_that_can_be_printed_and_typed(code: str) -> None:
    assert found(replace(GOOD, verification_code=code))


def test_a_field_is_found_by_its_key() -> None:
    assert QUERY.field("money") is QUERY.fields[4]
    assert QUERY.field("amount") is None
