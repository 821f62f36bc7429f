"""The small parts: normal text, sets as numbers, readings of a query."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache.reference import bitmaps
from offline_cache.reference.publishing.sounds import Sounds, folding
from offline_cache.reference.query import Element, Reading, elements_at, pattern_of
from offline_cache.reference.ranking import Order, buckets
from offline_cache.reference.terms import terms_of_text
from offline_cache.reference.units import normalise, search_text, units_of


@given(st.sets(st.integers(0, 200_000), max_size=300), st.booleans())
def test_a_set_comes_back_from_the_disk(numbers: set[int], is_dense: bool) -> None:
    whole = numbers | set(range(1000, 9000)) if is_dense else numbers
    bitmap = bitmaps.of(whole)
    assert list(bitmaps.entries(bitmap)) == sorted(whole)
    assert bitmaps.decode(bitmaps.encode(bitmap)) == bitmap
    assert bitmaps.encode_entries(array("I", sorted(whole))) == bitmaps.encode(bitmap)


@pytest.mark.parametrize("blob", [b"", b"x", b"aabc", b"z", b"zrubbish", b"z\x78\x9c\xff"])
def test_what_is_no_set_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="set"):
        bitmaps.decode(blob)


@given(st.text(max_size=100))
def test_normal_text_is_normal_already(text: str) -> None:
    once = normalise(text)
    assert all(one.isalnum() for one in once)
    assert normalise(text, limit=5) == normalise(text, limit=5)[:5]


def test_full_width_traditional_and_punctuation_are_made_even() -> None:
    assert normalise("（住房）公積金：ＥＴＣ　65歲！", folding()) == "住房公积金etc65岁"
    assert normalise("公" * 1000, limit=64) == "公" * 64


def test_search_text_and_units_are_two_ways_of_the_same() -> None:
    text = search_text([("公积金", ["gong", "ji", "jin"]), ("e1〇", ["e", "1", ""])])
    assert text == "~gong公~ji积~jin金|~e~1~〇"
    assert units_of(text.split("|")[0]) == [("公", "gong"), ("积", "ji"), ("金", "jin")]
    assert units_of(text.split("|")[1]) == [("e", "e"), ("1", "1"), ("〇", "〇")]


def test_a_name_and_its_synonym_are_apart() -> None:
    found = terms_of_text("~she社~bao保|~yi医~bao保")
    assert {"h社保", "h医保", "^h社保", "^h医保", "=社保", "d y b", "s she bao", "^m y bao"} <= found
    assert "h保医" not in found
    assert "^u保" not in found


def test_sounds_follow_the_phrase() -> None:
    sounds = Sounds(folding())
    assert sounds.search_text(["银行行政许可", "重庆"]) == "~yin银~hang行~xing行~zheng政~xu许~ke可|~chong重~qing庆"
    assert sounds.search_text(["（社）保"]) == "~she社~bao保"
    assert sounds.search_text(["公积金", "公積金"]) == "~gong公~ji积~jin金"


KNOWN = frozenset({"xi", "an", "xian", "zhong", "gong"})
BEGINNINGS = frozenset(word[:end] for word in KNOWN for end in range(1, len(word) + 1))


def test_all_readings_of_letters_are_kept() -> None:
    found = elements_at("xian", 0, KNOWN, BEGINNINGS)
    assert found == [
        (Element(Reading.INITIAL, "x"), 1),
        (Element(Reading.SYLLABLE, "xi"), 2),
        (Element(Reading.BEGINNING, "xian"), 4),
    ]
    assert (Element(Reading.INITIAL, "z"), 2) in elements_at("zhg", 0, KNOWN, BEGINNINGS)
    assert elements_at("公x", 0, KNOWN, BEGINNINGS) == [(Element(Reading.CHARACTER, "公"), 1)]


@pytest.mark.parametrize(
    ("query", "text", "is_there", "is_start"),
    [
        ("gjj", "~zhu住~gong公~ji积~jin金", True, False),
        ("gong", "~gong公~ji积", True, True),
        ("ongji", "~gong公~ji积", False, False),
        ("gongji", "~gong公~ji积", True, True),
        ("积jin", "~gong公~ji积~jin金", True, False),
        ("gong积", "~gong公~ji积", True, True),
        ("公金", "~gong公~ji积~jin金", False, False),
        ("金社", "~jin金|~she社", False, False),
        ("社", "~jin金|~she社", True, True),
        ("6岁", "~6~5~sui岁", False, False),
        ("65s", "~6~5~sui岁", True, True),
    ],
)
def test_the_pattern_sees_units_side_by_side(query: str, text: str, is_there: bool, is_start: bool) -> None:
    pattern = pattern_of(query)
    assert (pattern.search(text) is not None) is is_there
    assert any(match["start"] is not None for match in pattern.finditer(text)) is is_start


def test_ranks_part_what_was_found_and_lose_nothing() -> None:
    own, city = bitmaps.of([1, 2, 3, 4]), bitmaps.of([5, 6])
    order = Order((own, city), (bitmaps.of([2, 6, 9]),), (bitmaps.of([7, 9]),))
    anywhere = bitmaps.of(range(1, 11))
    ranked = [
        (list(bitmaps.entries(one.entries)), one.must_start)
        for one in buckets(bitmaps.of([4]), bitmaps.of([1, 2, 4, 8]), anywhere, order)
    ]
    assert ranked[:3] == [([4], False), ([2], True), ([1], True)]
    assert {entry for entries, _ in ranked for entry in entries} == set(range(1, 11))
    assert ranked[3:] == [
        ([2], False),
        ([6], False),
        ([1, 3], False),
        ([5], False),
        ([8], True),
        ([9], False),
        ([7], False),
        ([8, 10], False),
    ]
    assert list(buckets(0, 0, 0, order)) == []
