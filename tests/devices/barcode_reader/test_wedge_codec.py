"""Keys to codes, and a person's keys to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.barcode_reader.wedge_codec import ENTER, Keyboard, WedgeDamage, WedgeReader


def type_in(reader: WedgeReader, text: str, every_s: float = 0.005, at: float = 1.0) -> list[str | WedgeDamage]:
    found = [reader.press(character, at + place * every_s) for place, character in enumerate(text)]
    return [one for one in found if one is not None]


def test_quick_keys_with_enter_are_a_code() -> None:
    reader = WedgeReader()
    assert type_in(reader, "SZ2026-17\nABCD\n") == ["SZ2026-17", "ABCD"]


@pytest.mark.parametrize("every_s", [0.031, 0.06, 0.2, 3.0])
def test_a_person_s_keys_are_none(every_s: float) -> None:
    assert type_in(WedgeReader(), "SZ2026-17\n", every_s) == []


def test_a_code_after_a_person_s_keys_is_whole() -> None:
    reader = WedgeReader()
    assert type_in(reader, "abc", 0.2) == []
    assert type_in(reader, "SZ2026-17\n", at=9.0) == ["SZ2026-17"]


def test_short_rows_are_passed_over() -> None:
    assert type_in(WedgeReader(shortest=4), "abc\n\n") == []


def test_a_prefix_is_asked_for_and_taken_off() -> None:
    assert type_in(WedgeReader(prefix="~~"), "~~ABCD\nABCDEF\n~~A\n") == ["ABCD", WedgeDamage.NO_PREFIX]


def test_too_long_and_unknown_keys_are_told() -> None:
    reader = WedgeReader(longest=6)
    assert type_in(reader, "1234567890\n") == [WedgeDamage.TOO_LONG]
    assert type_in(reader, "12345\n") == ["12345"]
    keys: list[str | None] = ["1", "2", "", None, None, "3", "4", ENTER]
    assert [one for key in keys if (one := reader.press(key, 1.0)) is not None] == [WedgeDamage.NOT_TEXT]


def test_a_us_keyboard_s_characters() -> None:
    keyboard = Keyboard()
    assert [keyboard.press(code) for code in (30, 2, 57, 12, 39, 79, 53)] == ["a", "1", " ", "-", ";", "1", "/"]
    assert keyboard.press(42) == ""
    assert keyboard.press(54) == ""
    assert [keyboard.press(code) for code in (30, 2, 12, 43)] == ["A", "!", "_", "|"]
    keyboard.release(42)
    assert keyboard.press(30) == "A"
    keyboard.release(54)
    keyboard.release(30)
    assert keyboard.press(30) == "a"
    assert [keyboard.press(code) for code in (28, 96, 29, 58, 240)] == [ENTER, ENTER, "", "", None]
    keyboard.press(42)
    keyboard.clear()
    assert keyboard.press(44) == "z"


def test_every_printable_character_of_ascii_can_be_typed() -> None:
    keyboard = Keyboard()
    keys = [code for code in range(2, 120) if code not in (42, 54)]
    plain = {keyboard.press(code) for code in keys} - {None}
    keyboard.press(42)
    shifted = {keyboard.press(code) for code in keys} - {None}
    assert {chr(code) for code in range(32, 127)} <= plain | shifted


@given(st.lists(st.tuples(st.one_of(st.none(), st.text(max_size=1)), st.floats(0, 0.1)), max_size=200))
def test_no_keys_make_it_raise_or_hold_more_than_a_code(keys: list[tuple[str | None, float]]) -> None:
    reader = WedgeReader(longest=20)
    at = 0.0
    for key, after in keys:
        at += after
        found = reader.press(key, at)
        if isinstance(found, str):
            assert 4 <= len(found) <= 20
