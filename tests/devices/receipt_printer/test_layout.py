"""Columns, wrapping and amounts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.receipt_printer.layout import COLUMNS, Row, clean, columns_of, padded, rows_of, width, wrap
from devices.receipt_printer.types import Align, Line, Style


def test_an_amount_ends_at_the_last_column_whatever_stands_before_it() -> None:
    for text in ("账户余额（元）", "Balance", "余额 A·B", ""):
        (row,) = rows_of(Line(text, right="128,456.07"))
        line = padded(row)
        assert width(line) == COLUMNS
        assert line.endswith("128,456.07")


def test_an_amount_that_does_not_fit_beside_the_text_gets_its_own_row() -> None:
    rows = rows_of(Line("甲" * 22, right="1,234.00"))
    assert [row.text for row in rows] == ["甲" * 22, ""]
    assert rows[1].right == "1,234.00"


def test_a_long_right_text_wraps_and_keeps_to_the_right() -> None:
    rows = rows_of(Line("地址", right="某某省某某市某某区某某街道某某路一百二十三号某某大厦二十楼"))
    assert all(width(padded(row)) <= COLUMNS for row in rows)
    assert all(width(padded(row)) == COLUMNS for row in rows if row.right)
    only = rows_of(Line("", right="某" * 30))
    assert "".join(row.right for row in only) == "某" * 30


def test_a_title_has_half_the_columns_and_stands_in_the_middle() -> None:
    (row,) = rows_of(Line("公积金", Style.TITLE, Align.CENTRE))
    assert columns_of(Style.TITLE) == 24
    assert row == Row("公积金", Style.TITLE, 9)
    assert padded(row) == " " * 9 + "公积金"


def test_words_and_numbers_stay_whole_and_punctuation_never_begins_a_row() -> None:
    assert wrap("甲" * 23 + "，乙", COLUMNS) == ["甲" * 23 + "，", "乙"]
    assert wrap("甲" * 24 + "，乙", COLUMNS) == ["甲" * 23, "甲，乙"]
    assert wrap("甲" * 23 + "（乙）", COLUMNS) == ["甲" * 23, "（乙）"]
    assert wrap("金额" * 11 + " 1,234,567.89", COLUMNS) == ["金额" * 11, "1,234,567.89"]
    assert wrap("slip " * 8, 20) == ["slip slip slip slip", "slip slip slip slip"]


def test_a_word_longer_than_a_row_is_cut_because_nothing_else_is_left() -> None:
    assert wrap("x" * 60, COLUMNS) == ["x" * 48, "x" * 12]


def test_rules_spaces_and_codes_are_one_row_each() -> None:
    assert rows_of(Line("ignored", Style.RULE)) == [Row("", Style.RULE)]
    assert rows_of(Line("", Style.SPACE)) == [Row("", Style.SPACE)]
    assert rows_of(Line("https://a", Style.QR)) == [Row("https://a", Style.QR)]


def test_nothing_that_a_printer_takes_for_a_command_survives() -> None:
    assert clean("张\x1b@\x1dV\x00三\r\n\u200b\u2028李") == "张 @ V 三    李"


def test_a_row_never_shows_its_text() -> None:
    assert "张三" not in repr(Row("张三", Style.BODY, right="张三"))


@given(st.text(alphabet=st.sampled_from("甲乙，。（）AB1.5 ·é—–"), max_size=200), st.integers(2, 48))
def test_no_row_is_too_wide_and_no_character_is_lost(text: str, columns: int) -> None:
    rows = wrap(text, columns)
    assert rows
    assert all(width(row) <= columns for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=30), st.sampled_from([Style.BODY, Style.TITLE]), st.sampled_from(Align))
def test_any_line_makes_rows_that_fit_the_paper(text: str, right: str, style: Style, align: Align) -> None:
    for row in rows_of(Line(text, style, align, right)):
        assert width(padded(row)) <= columns_of(style)
        assert row.right == "" or width(padded(row)) == columns_of(style)
