"""What a citizen has written, as a view-model holds it."""

import pytest

from screens.view_models.text_draft import TextDraft


def test_a_draft_says_its_length_and_never_its_text() -> None:
    draft = TextDraft(10, "社保卡")
    assert repr(draft) == "TextDraft(3 of 10 characters)"


def test_only_another_text_is_a_change() -> None:
    draft = TextDraft(10)
    assert draft.take("好")
    assert not draft.take("好")
    assert draft.text == "好"


def test_control_characters_and_lone_surrogates_stay_out_and_lines_stay() -> None:
    draft = TextDraft(20)
    draft.take("a\x00b\x1b\r\nc\ud842")
    assert draft.text == "ab\nc"


def test_the_limit_counts_characters_not_their_halves() -> None:
    draft = TextDraft(3)
    draft.take("\U00020bb7" * 5)
    assert draft.text == "\U00020bb7" * 3


def test_the_result_is_tidy() -> None:
    draft = TextDraft(100)
    draft.take("  \n一行  \n\n\n\n二行 e\u0301\n \n")
    assert draft.result == "一行\n\n二行 \u00e9"
    assert not draft.is_empty


def test_white_space_alone_is_nothing() -> None:
    draft = TextDraft(100, " \n ")
    assert draft.is_empty
    assert draft.result == ""


def test_a_forgotten_draft_is_empty() -> None:
    draft = TextDraft(5, "abc")
    draft.forget()
    assert draft.text == ""


def test_a_limit_is_positive() -> None:
    with pytest.raises(ValueError, match="room"):
        TextDraft(0)
