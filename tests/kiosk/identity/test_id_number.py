"""Identity numbers; all samples are published specimens or synthetic."""

from datetime import date

import pytest

from kiosk.base.errors import Problem
from kiosk.identity import IdNumber, IdNumberKind, Sex, check_character, parse_id_number


@pytest.mark.parametrize(
    ("number", "kind", "sex", "born_on"),
    [
        ("11010519491231002X", IdNumberKind.RESIDENT, Sex.FEMALE, date(1949, 12, 31)),
        ("440524188001010014", IdNumberKind.RESIDENT, Sex.MALE, date(1880, 1, 1)),
        ("440308199901101512", IdNumberKind.RESIDENT, Sex.MALE, date(1999, 1, 10)),
        ("810000199408230021", IdNumberKind.HK_MACAO_TAIWAN_PERMIT, Sex.FEMALE, date(1994, 8, 23)),
        ("830000199201300022", IdNumberKind.HK_MACAO_TAIWAN_PERMIT, Sex.FEMALE, date(1992, 1, 30)),
        ("810000199001010019", IdNumberKind.HK_MACAO_TAIWAN_PERMIT, Sex.MALE, date(1990, 1, 1)),
        ("820000199001010010", IdNumberKind.HK_MACAO_TAIWAN_PERMIT, Sex.MALE, date(1990, 1, 1)),
        ("830000199001010012", IdNumberKind.HK_MACAO_TAIWAN_PERMIT, Sex.MALE, date(1990, 1, 1)),
    ],
)
def test_a_right_number_tells_kind_sex_and_birth(number: str, kind: IdNumberKind, sex: Sex, born_on: date) -> None:
    parsed = parse_id_number(f" {number.lower()} ")
    assert parsed == IdNumber(kind, number, born_on, sex)
    assert number not in repr(parsed)


def test_the_foreigners_card_of_2017_has_no_check_and_tells_nothing() -> None:
    assert parse_id_number("ABC123456789012") == IdNumber(IdNumberKind.FOREIGNER_2017, "ABC123456789012", None, None)


def test_the_foreigners_card_of_2023_begins_with_nine() -> None:
    body = "91184019800101000"
    parsed = parse_id_number(body + check_character(body))
    assert isinstance(parsed, IdNumber)
    assert parsed.kind is IdNumberKind.FOREIGNER_2023


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("110105194912310021", "identity.number_check"),
        ("110105194913210020", "identity.number_birth"),
        ("11010519491231002", "identity.number_length"),
        ("", "identity.number_length"),
        ("11010519491231002A", "identity.number_characters"),
        ("1101051949123100２X", "identity.number_characters"),
        ("X10105194912310021", "identity.number_characters"),
    ],
)
def test_a_wrong_number_is_told_by_its_fault_and_never_repeated(number: str, key: str) -> None:
    problem = parse_id_number(number)
    assert isinstance(problem, Problem)
    assert problem.key == key
    assert not number or number not in str(problem)


def test_a_birth_in_the_future_is_refused_only_with_a_day() -> None:
    body = "11010520990101001"
    number = body + check_character(body)
    assert isinstance(parse_id_number(number), IdNumber)
    assert parse_id_number(number, date(2026, 1, 1)) == Problem("identity.number_birth")


def test_one_wrong_digit_or_two_neighbours_swapped_are_always_found() -> None:
    number = "11010519491231002X"
    for place in range(17):
        for digit in "0123456789":
            if digit != number[place]:
                assert isinstance(parse_id_number(number[:place] + digit + number[place + 1 :]), Problem)
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if swapped != number:
            assert isinstance(parse_id_number(swapped), Problem)


@pytest.mark.parametrize("body", ["", "1" * 16, "1" * 18, "1234567890123456X", "１" * 17])
def test_a_check_character_needs_17_digits(body: str) -> None:
    with pytest.raises(ValueError, match="17 digits"):
        check_character(body)
