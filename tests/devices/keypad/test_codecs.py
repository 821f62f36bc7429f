"""Bytes to keys, keys to an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.keypad.entry_codec import Entry, Told, is_possible
from devices.keypad.key_codec import KeyReader
from devices.keypad.types import DataEntered, DataEntry, EndedBy, Key, KeyPressed

KEYS = {0x31: Key.ONE, 0x32: Key.TWO, 0x0D: Key.ENTER}


def test_each_press_is_one_key_however_often_its_byte_comes() -> None:
    reader = KeyReader(KEYS, repeat_s=0.06)
    assert reader.feed(b"1", 1.0) == [Key.ONE]
    assert reader.feed(b"11", 1.02) == []
    assert reader.feed(b"1", 1.07) == []
    assert reader.feed(b"1", 1.14) == [Key.ONE]
    assert reader.feed(b"2\xff1\r", 1.15) == [Key.TWO, Key.ONE, Key.ENTER]
    assert reader.unknown == 1


def test_a_key_that_stays_down_is_stuck_until_it_is_released() -> None:
    reader = KeyReader(KEYS, repeat_s=0.06, stuck_s=1.0)
    assert not reader.is_stuck(0.0)
    for step in range(60):
        reader.feed(b"1", 1.0 + step * 0.02)
    assert reader.is_stuck(2.2)
    assert not reader.is_stuck(2.8)
    reader.clear()
    assert not reader.is_stuck(2.2)
    assert reader.feed(b"1", 2.21) == [Key.ONE]
    assert not reader.is_stuck(2.22)


def type_in(entry: Entry, keys: str) -> list[Told]:
    names = {"e": Key.ENTER, "c": Key.CANCEL, "x": Key.CLEAR, "b": Key.BACKSPACE, "?": Key.HELP}
    names |= {".": Key.DEC_POINT, "d": Key.DOUBLE_ZERO} | {key.text: key for key in list(Key)[:10]}
    return [entry.press(names[key]) for key in keys]


@pytest.mark.parametrize(
    ("wish", "keys", "text", "ended_by"),
    [
        (DataEntry(), "12e", "12", EndedBy.ENTER),
        (DataEntry(), "12x3b45e", "45", EndedBy.ENTER),
        (DataEntry(), "bb1e2", "1", EndedBy.ENTER),
        (DataEntry(max_length=3), "12345e", "123", EndedBy.ENTER),
        (DataEntry(max_length=3), "12d?e", "12", EndedBy.ENTER),
        (DataEntry(max_length=4, auto_end=True), "12d", "1200", EndedBy.AUTO),
        (DataEntry(), "123c4", "", EndedBy.CANCEL),
        (DataEntry(min_length=4), "123e4e", "1234", EndedBy.ENTER),
        (DataEntry(has_point=True), "1.5.e", "1.5", EndedBy.ENTER),
        (DataEntry(), "1.5e", "15", EndedBy.ENTER),
        (DataEntry(), "12", "12", None),
    ],
)
def test_entries(wish: DataEntry, keys: str, text: str, ended_by: EndedBy | None) -> None:
    entry = Entry(wish)
    type_in(entry, keys)
    assert entry.text() == text
    assert entry.ended_by is ended_by


def test_what_is_told_of_each_key() -> None:
    told = type_in(Entry(DataEntry(min_length=2, max_length=2)), "1e23.e4")
    key, short, nothing = Told.KEY, Told.TOO_SHORT, Told.NOTHING
    assert told == [key, short, key, nothing, nothing, key, nothing]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (DataEntry(), True),
        (DataEntry(min_length=0, max_length=0), False),
        (DataEntry(min_length=-1), False),
        (DataEntry(min_length=7, max_length=6), False),
        (DataEntry(max_length=65), False),
        (DataEntry(idle_s=-1), False),
    ],
)
def test_impossible_entries_are_known(wish: DataEntry, expected: bool) -> None:
    assert is_possible(wish) is expected


def test_nothing_typed_is_in_a_text_of_ours() -> None:
    assert "1234" not in repr(DataEntered("1234", EndedBy.ENTER))
    assert "seven" not in repr(KeyPressed(1, Key.SEVEN))


@given(st.lists(st.sampled_from(Key)), st.integers(0, 6), st.integers(1, 8), st.booleans(), st.booleans())
def test_no_keys_make_an_entry_longer_than_it_may_be(
    keys: list[Key], low: int, high: int, auto_end: bool, has_point: bool
) -> None:
    entry = Entry(DataEntry(low, high, auto_end, has_point=has_point))
    for key in keys:
        entry.press(key)
    assert entry.length <= high
    if entry.ended_by is EndedBy.ENTER:
        assert entry.length >= low
    entry.erase()
    assert entry.text() == ""


@given(st.lists(st.tuples(st.binary(max_size=8), st.floats(0, 1))))
def test_no_bytes_make_the_reader_raise(pieces: list[tuple[bytes, float]]) -> None:
    reader = KeyReader(KEYS)
    at = 0.0
    for data, after in pieces:
        at += after
        assert len(reader.feed(data, at)) + reader.unknown >= 0
        reader.is_stuck(at)
