"""The terminal's own number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents import format_terminal_number, parse_terminal_number


def test_a_number_can_be_read_back() -> None:
    text = format_terminal_number("gz-0012", 91_234_567, 128)
    assert text.startswith("T-GZ-0012-")
    assert "-000128-" in text
    number = parse_terminal_number(f" {text.lower()} ")
    assert number is not None
    assert (number.terminal_id, number.epoch, number.counter) == ("GZ-0012", 91_234_567, 128)
    assert number.text == text


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=0, max_value=10**8),
    st.integers(min_value=0, max_value=40),
    st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_one_wrong_character_is_always_found(epoch: int, counter: int, place: int, character: str) -> None:
    text = format_terminal_number("GZ0012", epoch, counter)
    place %= len(text)
    changed = text[:place] + character + text[place + 1 :]
    if text[place] in ("-", character):
        return
    assert parse_terminal_number(changed) is None


@pytest.mark.parametrize("text", ["", "T-GZ0012", "GZ0012-1-000001-A", "T-GZ0012-1-001-A", "T--1-000001-A"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert parse_terminal_number(text) is None


@pytest.mark.parametrize(("terminal_id", "epoch"), [("", 1), ("演示", 1), ("A--B", 1), ("A" * 33, 1), ("A", -1)])
def test_what_cannot_be_printed_is_refused(terminal_id: str, epoch: int) -> None:
    with pytest.raises(ValueError, match=r"terminal id|below zero"):
        format_terminal_number(terminal_id, epoch, 1)
