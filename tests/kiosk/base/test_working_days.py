"""The supervision clock counts working days as the State Council's calendar has them."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.base.clock import HALL_TIME
from kiosk.base.working_days import Light, china, light_of, read_calendar, working_days_late


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HALL_TIME)


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        ("2026-11-17T15:00", "2026-11-18T15:00", 1.0),  # Tuesday to Wednesday
        ("2026-11-20T15:00", "2026-11-23T15:00", 1.0),  # Friday to Monday
        ("2026-11-21T12:00", "2026-11-24T00:00", 1.0),  # Saturday to Tuesday
        ("2026-11-21T12:00", "2026-11-22T23:59", 0.0),  # within a weekend
        ("2026-02-13T12:00", "2026-02-24T12:00", 2.0),  # over the Spring Festival, with the Saturday before it
        ("2026-02-15T00:00", "2026-02-24T00:00", 0.0),  # the whole of it
        ("2026-02-14T00:00", "2026-02-15T00:00", 1.0),  # a Saturday on which offices work
        ("2026-09-30T09:00", "2026-10-08T09:00", 1.0),  # the first week of October
        ("2026-10-09T09:00", "2026-10-12T09:00", 2.0),  # with its Saturday
        ("2026-01-01T00:00", "2026-01-05T00:00", 1.0),  # the Sunday after New Year
        ("2027-05-03T00:00", "2027-05-04T00:00", 1.0),  # a year without an entry: weekends only
        ("2026-11-18T15:00", "2026-11-17T15:00", 0.0),  # a clock that went back
    ],
)
def test_hours_of_working_days_count(since: str, now: str, days: float) -> None:
    assert working_days_late(at(since), at(now), china()) == pytest.approx(days)


def test_it_turns_yellow_after_one_working_day_and_red_after_two() -> None:
    lights = [light_of(days) for days in (0.0, 0.99, 1.0, 1.99, 2.0, 400.0)]
    assert lights == [Light.GREEN, Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED, Light.RED]


def test_the_notice_of_2026_is_whole() -> None:
    calendar = china()
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert 2026 in calendar.years
    # the notice's own sums: 3 + 9 + 3 + 5 + 3 + 3 + 7 days off, 6 weekend days worked
    assert len(calendar.days_off) == 33
    assert len(calendar.working_days) == 6
    assert all(day.weekday() >= 5 for day in calendar.working_days)
    assert (
        sum(map(calendar.is_working_day, days)) == 261 - 19 + 6
    )  # weekdays, those among the days off, weekends worked


@given(st.integers(0, 365 * 24), st.integers(0, 40 * 24), st.integers(0, 40 * 24))
def test_two_spans_in_a_row_are_as_long_as_their_sum(start: int, first: int, second: int) -> None:
    begin = at("2026-01-01T00:17") + timedelta(hours=start)
    middle, end = begin + timedelta(hours=first), begin + timedelta(hours=first + second)
    whole = working_days_late(begin, end, china())
    parts = working_days_late(begin, middle, china()) + working_days_late(middle, end, china())
    assert whole == pytest.approx(parts)
    assert 0 <= whole <= (first + second) / 24 + 1e-9


@pytest.mark.parametrize("text", ["[]", "2026: {}", "2026: {days_off: [x], working_days: []}", "a: b: c", "2026: 5"])
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="no calendar"):
        read_calendar(path)
