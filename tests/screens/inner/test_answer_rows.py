"""How an answer is written and cut by the item's own definition."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.base.record import replace
from kiosk.services.query import FieldKind
from kiosk.session.state import Language
from screens.view_models import answer_rows, leaves
from screens.view_models.answer import heading_of, subject_of
from screens.view_models.leaves import FieldRoom
from tests.screens.answers import INSURANCE, MARRIAGE, PERSON_NUMBER, PROPERTY, insurance, marriage, property_of

ZH, EN = Language.ZH_CN, Language.EN


def columns(width_em: float, language: Language = ZH) -> tuple[leaves.Column, ...]:
    return answer_rows.columns_that_fit(INSURANCE, answer_rows.widths(INSURANCE, insurance()), language, width_em)


def test_only_names_and_numbers_of_people_are_masked_until_shown() -> None:
    masked = {one.name: one.text for one in answer_rows.fields(INSURANCE.fields, insurance().values, ZH, shown=False)}
    clear = {one.name: one.text for one in answer_rows.fields(INSURANCE.fields, insurance().values, ZH, shown=True)}
    assert (masked["name"], masked["number"]) == ("王*二", "110105********002X")
    assert (clear["name"], clear["number"]) == ("王小二", PERSON_NUMBER)
    assert {name for name in masked if masked[name] != clear[name]} == {"name", "number"}


def test_fields_have_the_files_order_and_the_words_of_the_language() -> None:
    fields = answer_rows.fields(MARRIAGE.fields, marriage().values, EN, shown=False)
    assert [one.name for one in fields] == ["name", "number", "state", "day", "office", "paper"]
    assert fields[3].title == "Registered on"


def test_what_is_not_held_is_the_empty_mark_even_where_a_name_would_be_masked() -> None:
    assert answer_rows.shown_text(FieldKind.NAME, None, shown=False) == "—"
    assert answer_rows.shown_text(FieldKind.ID_NUMBER, "", shown=False) == "—"


def test_nothing_of_a_field_shows_in_its_repr() -> None:
    assert "002X" not in repr(answer_rows.fields(INSURANCE.fields, insurance().values, ZH, shown=True))


def test_names_in_rows_are_masked_too_and_nothing_of_an_empty_answer_is() -> None:
    row = property_of(2).rows[1]
    assert answer_rows.cells(PROPERTY, row, shown=False)["owner"] == "王*二"
    assert answer_rows.cells(PROPERTY, row, shown=True)["owner"] == "王小二"
    nameless = replace(property_of(1), values={"name": None, "number": None, "count": 1})
    assert answer_rows.has_personal(PROPERTY, nameless)
    assert not answer_rows.has_personal(PROPERTY, replace(nameless, rows=()))
    assert answer_rows.personal_line(PROPERTY, nameless, shown=False) == ""


def test_under_the_headline_stand_three_short_facts_and_never_the_headline_again() -> None:
    assert (
        answer_rows.brief_line(INSURANCE, insurance(), ZH)
        == "累计缴费月数 1,234 · 缴至 202610 · 首次参保日期 1996-08-01"
    )
    without = replace(insurance(), values={**insurance().values, "months": None})
    assert answer_rows.brief_line(INSURANCE, without, ZH) == "缴至 202610 · 首次参保日期 1996-08-01"


def test_the_first_columns_stay_on_the_narrowest_table_and_all_stand_on_a_wide_one() -> None:
    assert [one.name for one in columns(1)] == ["month", "kind"]
    assert [one.name for one in columns(200)] == [one.key for one in INSURANCE.columns]


@given(st.floats(min_value=0, max_value=100))
def test_what_is_shown_are_always_the_first_columns_and_their_shares_fill_the_table(width_em: float) -> None:
    found = columns(width_em)
    assert [one.name for one in found] == [one.key for one in INSURANCE.columns][: len(found)]
    assert abs(sum(one.share for one in found) - 1) < 1e-9
    more = len(found) < len(INSURANCE.columns)
    assert len(found) == 2 or len(columns(width_em + 12)) >= len(found) + more


def test_a_column_is_as_wide_as_its_longest_cell_and_long_words_take_two_lines() -> None:
    widths = answer_rows.widths(INSURANCE, insurance())
    assert widths["kind"] == 6
    assert widths["employer"] == 19 / 2 + 1
    assert answer_rows.widths(INSURANCE, insurance(0))["employer"] == 0


def test_money_and_numbers_stand_flush_right_and_only_words_are_broken() -> None:
    kinds = {one.name: (one.is_number, one.is_firm, one.is_one_line) for one in columns(200)}
    assert kinds["base"] == (True, True, True)
    assert kinds["month"] == (False, False, True)
    assert kinds["employer"] == (False, False, False)


ROOM = FieldRoom(across=1, down=4, title_em=6, value_em=10, pitch_em=1.78)


def test_a_long_value_takes_more_of_a_page_and_a_short_one_may_be_larger() -> None:
    assert ROOM.weight("姓名", "王*二") == 1
    assert ROOM.weight("姓名", "一" * 11) == (2 * 1.448 + 0.3) / 1.78
    assert ROOM.weight("一" * 7, "") == ROOM.weight("", "一" * 11)
    assert ROOM.is_short("一" * 8)
    assert not ROOM.is_short("一" * 9)


@given(
    st.lists(st.floats(min_value=1, max_value=9), max_size=40),
    st.integers(min_value=1, max_value=2),
    st.integers(min_value=1, max_value=12),
)
def test_no_page_of_fields_holds_more_than_there_is_room_for(weights: list[float], across: int, down: int) -> None:
    starts = FieldRoom(across, down, 6, 10, 1.78).cut(weights)
    assert starts[0] == 0
    assert list(starts) == sorted(set(starts))
    for first, last in zip(starts, (*starts[1:], len(weights)), strict=True):
        rows = [max(weights[index : index + across]) for index in range(first, last, across)]
        assert len(rows) <= 1 or sum(rows) <= down
        assert first % across == 0


def test_a_name_that_says_query_becomes_what_is_asked_for() -> None:
    assert subject_of("住房公积金查询", ZH) == "住房公积金"
    assert subject_of("不動產登記資料查詢", Language.ZH_HK) == "不動產登記資料"
    assert subject_of("Marriage registration query", EN) == "marriage registration"
    assert subject_of("ETC toll query", EN) == "ETC toll"
    assert subject_of("社保查询和参保证明", ZH) == ""
    assert subject_of("查询", ZH) == ""


def test_the_first_sentence_is_the_heading_and_what_follows_is_kept() -> None:
    assert heading_of("没有查到。请到参保地查询。") == ("没有查到", "请到参保地查询。")
    assert heading_of("Nothing was found. Ask there.") == ("Nothing was found", "Ask there.")
    assert heading_of("没有查到您的记录。") == ("没有查到您的记录", "")
    assert heading_of("没有查到您的记录") == ("没有查到您的记录", "")
