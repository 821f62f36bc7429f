"""What pages say, piece by piece."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.page_words import PageWords, pages_say

WORDS = PageWords("头", ("甲", "乙", "丙"), "列", ("一", "一", "二"), "尾")
BREAKS = [1, 1, 2, 2, 2, 3]


def test_each_page_has_its_head_its_number_its_pieces_and_its_foot() -> None:
    assert WORDS.pages(BREAKS) == ["头第1页共3页甲乙尾", "头第2页共3页丙列一一尾", "头第3页共3页列二尾"]
    assert PageWords("头", (), "", (), "尾").pages([]) == ["头第1页共1页尾"]


@given(st.lists(st.integers(min_value=0, max_value=2), min_size=6, max_size=6))
def test_pages_that_break_anywhere_between_pieces_say_the_words(steps: list[int]) -> None:
    breaks = [1 + sum(steps[1 : place + 1]) for place in range(6)]
    pages = WORDS.pages(breaks)
    has_empty = len(set(breaks)) != max(breaks)
    assert pages_say(WORDS, pages)
    assert len(pages) == max(breaks)
    assert has_empty == any(page.removeprefix(f"头第{n}页共{len(pages)}页") == "尾" for n, page in enumerate(pages, 1))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pages: pages[:-1],
        lambda pages: [*pages, pages[-1]],
        lambda pages: [pages[1], pages[0], pages[2]],
        lambda pages: [pages[0].replace("甲", ""), *pages[1:]],
        lambda pages: [pages[0].replace("甲", "甲甲"), *pages[1:]],
        lambda pages: [pages[0].replace("甲乙", "乙甲"), *pages[1:]],
        lambda pages: [pages[0], pages[1].replace("一一", "一"), pages[2]],
        lambda pages: [pages[0], pages[1].replace("列", ""), pages[2]],
        lambda pages: [pages[0], pages[1].replace("一一", "一一列"), pages[2]],
        lambda pages: [pages[0].replace("乙", "乙列"), *pages[1:]],
        lambda pages: [*pages[:2], pages[2].replace("二", "")],
        lambda pages: [*pages[:2], pages[2].replace("尾", "")],
        lambda pages: [*pages[:2], "头尾"],
        lambda pages: [*pages[:2], "第3页共3页列二尾"],
        lambda pages: [],
        lambda pages: ["", "", ""],
    ],
)
def test_anything_else_is_not_what_was_meant(spoil: Callable[[list[str]], list[str]]) -> None:
    assert not pages_say(WORDS, spoil(WORDS.pages(BREAKS)))


def test_a_piece_that_begins_with_a_mark_does_not_melt_into_the_one_before() -> None:
    words = PageWords("头", ("か", "\u3099"), "", (), "尾")
    assert words.pages([1, 1]) == ["头第1页共1页か\u3099尾"]
    assert pages_say(words, words.pages([1, 1]))


def test_no_words_are_shown_in_a_repr() -> None:
    assert repr(WORDS) == "PageWords(columns='列')"
