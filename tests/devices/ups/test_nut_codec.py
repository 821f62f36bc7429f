"""Lines of upsd as RFC 9271 writes them, and others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.status import Action, DeviceState
from devices.ups.nut_codec import (
    LONGEST_LINE,
    LineReader,
    Refusal,
    Variable,
    ask,
    parse_line,
    status_of,
    whole_number,
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('VAR hall ups.status "OB LB"', Variable("hall", "ups.status", "OB LB")),
        (r'VAR hall ups.model "a \"b\" \\"', Variable("hall", "ups.model", 'a "b" \\')),
        ("ERR DATA-STALE", Refusal("DATA-STALE")),
        ("ERR ACCESS-DENIED some more", Refusal("ACCESS-DENIED")),
        ("OK", None),
        ("", None),
        ('VAR hall ups.status "OB', None),
    ],
)
def test_a_line_is_what_the_standard_says(line: str, found: Variable | Refusal | None) -> None:
    assert parse_line(line) == found


def test_the_question_is_the_standards() -> None:
    assert ask("hall", "ups.status") == b"GET VAR hall ups.status\n"


def test_lines_come_whole_however_they_are_cut() -> None:
    reader = LineReader()
    assert reader.feed(b"ERR DA") == []
    assert reader.feed(b"TA-STALE\r\nOK\nrest") == ["ERR DATA-STALE", "OK"]
    reader.clear()
    assert reader.feed(b"\n") == [""]


def test_a_line_without_end_stays_bounded() -> None:
    reader = LineReader()
    for _ in range(50):
        assert reader.feed(b"x" * 1000) == []
    assert reader.feed(b"\n") == ["x" * LONGEST_LINE]


@pytest.mark.parametrize(
    ("text", "number"), [("87", 87), ("87.5", 87), ("101", None), ("-1", None), ("", None), ("x", None), ("0", 0)]
)
def test_a_number_is_whole_and_in_range(text: str, number: int | None) -> None:
    assert whole_number(text, 100) == number


@pytest.mark.parametrize(
    ("words", "state", "action", "reason", "on"),
    [
        ("OL", DeviceState.ONLINE, None, None, "engaged"),
        ("OL CHRG", DeviceState.ONLINE, None, None, "engaged"),
        ("OB DISCHRG", DeviceState.ONLINE, Action.SUSPEND, "ups.on_battery", "engaged powering"),
        ("OB LB", DeviceState.ONLINE, Action.SUSPEND, "ups.battery_low", "engaged low powering"),
        ("OL FSD", DeviceState.ONLINE, Action.SUSPEND, "ups.battery_low", "engaged low"),
        ("OL RB", DeviceState.ONLINE, Action.MAINTENANCE, "ups.failed", "engaged"),
        ("OL LB", DeviceState.ONLINE, Action.MAINTENANCE, "ups.failed", "engaged low"),
        ("OL BYPASS", DeviceState.ONLINE, Action.MAINTENANCE, "ups.failed", ""),
        ("OL OFF", DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "ups.failed", ""),
        ("", DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "ups.failed", "engaged"),
    ],
)
def test_the_words_mean_a_status(
    words: str, state: DeviceState, action: Action | None, reason: str | None, on: str
) -> None:
    status = status_of(words, was_powering=False, was_recovered=False)
    assert (status.state, status.action, status.reason) == (state, action, reason)
    assert " ".join(part.name for part in status.parts if part.word == "on") == on


@pytest.mark.parametrize(
    ("words", "was_powering", "was_recovered", "is_recovered"),
    [
        ("OL", True, False, True),
        ("OL CHRG", False, True, True),
        ("OL", False, True, False),
        ("OL CHRG", False, False, False),
        ("OB", True, True, False),
    ],
)
def test_recovered_lasts_while_the_battery_charges(
    words: str, was_powering: bool, was_recovered: bool, is_recovered: bool
) -> None:
    status = status_of(words, was_powering, was_recovered)
    assert [part.word for part in status.parts if part.name == "recovered"] == ["on" if is_recovered else "off"]


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_random_bytes_are_lines_or_nothing(pieces: list[bytes]) -> None:
    reader = LineReader()
    for piece in pieces:
        for line in reader.feed(piece):
            assert len(line) <= LONGEST_LINE
            found = parse_line(line)
            if isinstance(found, Variable):
                status_of(found.value, False, False)
