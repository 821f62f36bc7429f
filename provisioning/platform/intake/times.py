"""Milliseconds of the tables as moments of the wire."""

from datetime import datetime

from kiosk.base.clock import HALL_TIME


def moment_of(milliseconds: int) -> datetime:
    """Aware, in the halls' time."""
    return datetime.fromtimestamp(milliseconds / 1000, HALL_TIME)


def iso_of(milliseconds: int) -> str:
    """ISO 8601 with offset, seconds."""
    return moment_of(milliseconds).isoformat(timespec="seconds")
