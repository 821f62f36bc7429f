"""Widths of columns, and where a long run may end a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.column_widths import column_widths, fragments, width_of

_TEXTS = st.text(st.sampled_from("张三，。AWil0189 -\u0301\u1161𠮷"), max_size=60)


def test_a_figure_is_narrower_than_an_ideograph() -> None:
    assert width_of("") == 0
    assert width_of("张三") == 2
    assert width_of("00") == pytest.approx(1.11)
    assert width_of(" ~") == pytest.approx(0.779)


def test_a_number_stays_on_one_line_while_texts_give_way() -> None:
    number, long = "-90,071,992,547,409.91", "长" * 100
    widths = column_widths(("金额", "说明", "备注"), (True, False, False), ((number, long, long),), 30.0)
    assert widths[0] >= width_of(number)
    assert widths[1] == widths[2]
    assert sum(widths) == pytest.approx(30.0)


def test_what_has_room_stands_on_one_line() -> None:
    widths = column_widths(("一", "二二"), (False, True), (("短", "1.00"), ("也短", "22.00")), 60.0)
    assert widths[0] >= 2
    assert widths[1] >= width_of("22.00")


@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(st.lists(_TEXTS, min_size=n, max_size=n), st.lists(st.tuples(*[_TEXTS] * n), max_size=4))
    ),
    st.integers(0, 511),
)
def test_the_widths_fill_the_table_whatever_stands_in_it(
    table: tuple[list[str], list[tuple[str, ...]]], numbers: int
) -> None:
    columns, rows = table
    is_number = [bool(numbers >> place & 1) for place in range(len(columns))]
    widths = column_widths(columns, is_number, rows, 70.0)
    assert sum(widths) == pytest.approx(70.0)
    assert min(widths) > 0


def test_a_text_that_fits_or_breaks_by_itself_stays_in_one_piece() -> None:
    for text in ("", "短", "W" * 5, "长" * 40, "word " * 30):
        assert fragments(text, 6.0) == text


@pytest.mark.parametrize("text", ["A" * 50, "，" * 50, "长" * 20 + "。" * 20 + "b" * 20, "é" * 30])
def test_a_run_without_breaks_comes_in_pieces_no_wider_than_the_column(text: str) -> None:
    pieces = fragments(text, 6.0)
    assert isinstance(pieces, tuple)
    assert "".join(pieces) == text
    for piece in pieces:
        assert width_of(piece.lstrip("长")) <= 6.0


def test_a_piece_never_begins_with_a_mark() -> None:
    assert fragments("e\u0301" * 6, 3.0) == ("e\u0301e\u0301", "e\u0301e\u0301", "e\u0301e\u0301")
    assert "".join(fragments("\u0301" * 40, 3.0)) == "\u0301" * 40


@given(_TEXTS, st.floats(0.2, 20))
def test_no_character_is_lost_between_the_pieces(text: str, width: float) -> None:
    assert "".join(fragments(text, width)) == text
