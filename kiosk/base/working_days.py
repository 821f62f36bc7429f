"""Working days of mainland China's offices, and how late something is by them: the supervision clock (yellow 1 day, red 2).

Days off and adjusted working days are data (``calendars/china.yaml``), with the State Council's notice as their source. In a year that
has no entry yet, Saturday and Sunday are off and nothing else: then something is called late too early, never too late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from pathlib import Path

import yaml

from kiosk.base.clock import HALL_TIME

YELLOW_DAYS = 1.0
RED_DAYS = 2.0
_FILE = Path(__file__).with_name("calendars") / "china.yaml"
_SATURDAY = 5
_LONGEST = timedelta(days=400)


class Light(str, Enum):
    """What the supervision clock shows."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Calendar:
    """Exceptions from the week.

    Attributes:
        days_off: on which offices are closed although the week would have them open.
        working_days: on which they are open although it is a weekend.
        years: that have an entry.
    """

    days_off: frozenset[date]
    working_days: frozenset[date]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open."""
        if day in self.working_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off


@cache
def china() -> Calendar:
    """The calendar that comes with the program."""
    return read_calendar(_FILE)


def read_calendar(path: Path) -> Calendar:
    """Reads such a file.

    Raises:
        OSError, ValueError: it cannot be read, or is none.
    """
    try:
        years = yaml.safe_load(path.read_text(encoding="utf-8"))
        off = {day for entry in years.values() for one in entry["days_off"] for day in _days(one)}
        working = {_day(day) for entry in years.values() for day in entry["working_days"]}
        return Calendar(frozenset(off), frozenset(working), frozenset(int(year) for year in years))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        raise ValueError(f"{path.name} is no calendar") from None


def working_days_late(since: datetime, now: datetime, calendar: Calendar) -> float:
    """How many working days have passed: 24 hours of working days are one, the hours of other days are none.

    From Friday 15:00 to Monday 15:00 it is 1.0, from Saturday noon to Tuesday 00:00 as well. Pure; 0.0 when `now` is not after `since`.
    More than 400 days count as 400.
    """
    start, end = since.astimezone(HALL_TIME), now.astimezone(HALL_TIME)
    start = max(start, end - _LONGEST)
    passed = timedelta()
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), datetime.min.time(), HALL_TIME)
        until = min(midnight, end)
        if calendar.is_working_day(start.date()):
            passed += until - start
        start = until
    return passed / timedelta(days=1)


def light_of(days_late: float) -> Light:
    """Yellow from 1 working day on, red from 2."""
    if days_late >= RED_DAYS:
        return Light.RED
    return Light.YELLOW if days_late >= YELLOW_DAYS else Light.GREEN


def _days(entry: Mapping[str, object]) -> list[date]:
    first, last = _day(entry["first"]), _day(entry["last"])
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError
    return value
