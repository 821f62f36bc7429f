"""Amounts, days and months as people read them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents import formats


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (100_000, "1,000.00"),
        (-123_456, "-1,234.56"),
        (99_999_999_999, "999,999,999.99"),
    ],
)
def test_yuan_has_two_decimals_and_thousands(fen: int, text: str) -> None:
    assert formats.yuan(fen) == text


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_yuan_can_be_read_back(fen: int) -> None:
    assert int(formats.yuan(fen).replace(",", "").replace(".", "")) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1500, "壹拾伍元整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (0, "零元整"),
        (4, "肆分"),
        (50, "伍角"),
        (140950, "壹仟肆佰零玖元伍角"),
        (600714, "陆仟零柒元壹角肆分"),
        (10_700_053, "壹拾万零柒仟元伍角叁分"),
        (100_000_000_00, "壹亿元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (1_000_000_100_00, "壹拾亿零壹佰元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (1_000_100_000_000_00, "壹万零壹亿元整"),
        (-1500, "负壹拾伍元整"),
    ],
)
def test_amounts_in_words_follow_the_rules_of_the_central_bank(fen: int, words: str) -> None:
    assert formats.yuan_in_words(fen) == words


def test_an_amount_beyond_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        formats.yuan_in_words(10**18)


def test_days_are_zero_padded_and_absence_has_a_mark() -> None:
    assert formats.day(date(2026, 3, 5)) == "2026-03-05"
    assert formats.day("2026-03-05") == "2026-03-05"
    assert formats.day(datetime(2026, 3, 5, 1, 2, 3, tzinfo=timezone(timedelta(hours=8)))) == "2026-03-05"
    assert formats.day(None) == formats.day("") == "—"
    assert formats.span("2026-01-02", date(2026, 3, 5)) == "2026-01-02 至 2026-03-05"
    with pytest.raises(ValueError, match="isoformat"):
        formats.day("2026-3-5")


def test_moments_and_months() -> None:
    assert formats.moment(datetime(2026, 3, 5, 1, 2, 3, tzinfo=timezone(timedelta(hours=8)))) == "2026-03-05 01:02:03"
    assert formats.month("202603") == "202603"
    assert formats.month("") == formats.month(None) == "—"
    with pytest.raises(ValueError, match="YYYYMM"):
        formats.month("202613")
