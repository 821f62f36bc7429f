"""The entry `query:` of an item's file: what it says becomes a `Query`, and each mistake is told with its line and its remedy."""

from pathlib import Path

import pytest

from kiosk.base.sentences.services import SENTENCES
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from kiosk.services.complaints import ItemComplaints
from kiosk.services.item import Item
from kiosk.services.item_file import read_item
from kiosk.services.query import Choice, FieldKind, QueryField, Sheet
from kiosk.services.words import Words

GOOD = (ITEMS_FOLDER / "social-insurance.yaml").read_text(encoding="utf-8")
FIELD = "    - {key: card_number, kind: id_number,"
COLUMN = "      - {key: insurance, kind: text,"
SECOND_COLUMN = "      - {key: start_month, kind: month,"
HEADLINE = "  headline: pension_months\n"
FIRST_CHOICE = '    - {value: "12",'
CHOICE = '    - {value: "24",'
SHEET = "  sheet: {title: 社会保险参保证明,"
START, AFTER = GOOD.index("query:\n"), GOOD.index("factor_methods:")
ANSWER = "  - {step: answer, offline: local}\n"
MANY = "".join(f'    - {{value: "{number}", label: {{zh_CN: 月, zh_HK: 月, en: M}}}}\n' for number in range(40, 44))


def of(folder: Path, text: str) -> Item:
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    return load_catalogue(folder).items[0]


def told(folder: Path, text: str) -> list[tuple[int, str]]:
    """Line and key of everything that is said about a file with this text."""
    with pytest.raises(ItemComplaints) as caught:
        of(folder, text)
    for complaint in caught.value.complaints:
        for sentence in SENTENCES[complaint.problem.key]:
            assert "{" not in sentence.format(**complaint.problem.placeholders)
    return [(complaint.line, complaint.problem.key) for complaint in caught.value.complaints]


def line_of(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


def without(start: str, end: str) -> str:
    """The good file without the part from `start` to before `end`."""
    return GOOD[: GOOD.index(start)] + GOOD[GOOD.index(end, GOOD.index(start) + 1) :]


def test_a_query_is_what_its_file_says(tmp_path: Path) -> None:
    query = of(tmp_path, GOOD).query
    assert query is not None
    assert query.nobody.zh_CN.startswith("社保中心没有查到")
    assert query.choices[0] == Choice("12", Words("近12个月", "近12個月", "Last 12 months"))
    assert query.headline == "pension_months"
    assert query.fields[0] == QueryField("name", FieldKind.NAME, Words("姓名", "姓名", "Name"))
    assert query.rows_title == Words("缴费记录", "繳費記錄", "Payments")
    assert [column.key for column in query.columns[:3]] == ["insurance", "start_month", "end_month"]
    assert query.sheet == Sheet("社会保险参保证明", "接收单位可凭验证码在出具单位网站核验。", is_certificate=True)


def test_choices_headline_rows_and_sheet_may_be_left_out(tmp_path: Path) -> None:
    text = without("  choices:\n", "  fields:\n").replace("documents: [sheet, slip]", "documents: [slip]")
    query = of(tmp_path, text[: text.index("  rows:\n")] + text[text.index("factor_methods:") :]).query
    assert query is not None
    assert (query.choices, query.headline, query.rows_title, query.columns, query.sheet) == ((), None, None, (), None)


def test_a_sheet_is_no_certificate_unless_the_file_says_so(tmp_path: Path) -> None:
    query = of(tmp_path, GOOD.replace(", is_certificate: true}", "}")).query
    assert query is not None
    assert query.sheet is not None
    assert not query.sheet.is_certificate


def test_a_column_may_have_the_key_of_a_field(tmp_path: Path) -> None:
    query = of(tmp_path, GOOD.replace(COLUMN, COLUMN.replace("insurance", "name"))).query
    assert query is not None
    assert query.columns[0].key == query.fields[0].key


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (FIELD, FIELD.replace("kind: id_number", "kind: number_of_card"), "services.not_a_member"),
        (FIELD, FIELD.replace("card_number", "name"), "services.twice"),
        (FIELD, FIELD.replace("card_number", "Card"), "services.query_key"),
        (FIELD, FIELD.replace("card_number", "卡号"), "services.query_key"),
        (FIELD, FIELD.replace("card_number", '"2nd"'), "services.query_key"),
        (FIELD, FIELD.replace("key: card_number,", ""), "services.wanting"),
        (FIELD, FIELD.replace("key:", "name:"), "services.unknown_entry"),
        (FIELD, FIELD.replace("kind: id_number,", ""), "services.wanting"),
        (COLUMN, COLUMN.replace("kind: text", "kind: words"), "services.not_a_member"),
        (SECOND_COLUMN, SECOND_COLUMN.replace("start_month", "insurance"), "services.twice"),
        (COLUMN, COLUMN.replace("insurance", "in-surance"), "services.query_key"),
        (HEADLINE, "  headline: pension\n", "services.not_a_member"),
        (HEADLINE, "  headline: base\n", "services.not_a_member"),
        (HEADLINE, "  headline: [name]\n", "services.not_a_text"),
        (CHOICE, CHOICE.replace("24", "12"), "services.twice"),
        (CHOICE, CHOICE.replace("24", "两年"), "services.query_choice"),
        (CHOICE, CHOICE.replace('"24"', "24"), "services.not_a_text"),
        (FIRST_CHOICE, MANY + FIRST_CHOICE, "services.query_choices"),
        (SHEET, SHEET.replace("title", "titel"), "services.unknown_entry"),
        (SHEET, SHEET.replace("{title", "{is_certificate: perhaps, title"), "services.not_a_truth"),
        ("  nobody:", "  nowhere:", "services.unknown_entry"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert GOOD.count(old) == 1
    assert (line_of(GOOD, old), key) in told(tmp_path, GOOD.replace(old, new))


def test_a_part_of_the_wrong_shape_is_told(tmp_path: Path) -> None:
    line = line_of(GOOD, "query:\n")
    assert (line, "services.not_a_mapping") in told(tmp_path, GOOD[:START] + "query: all of it\n" + GOOD[AFTER:])
    sheet = GOOD.index(SHEET)
    text = GOOD[:sheet] + "  sheet: 参保证明\n" + GOOD[AFTER:]
    assert (line_of(text, "  sheet: 参"), "services.not_a_mapping") in told(tmp_path, text)
    text = without("  rows:\n", "  sheet:").replace("  sheet:", "  rows: all\n  sheet:")
    assert (line_of(text, "  rows: all"), "services.not_a_mapping") in told(tmp_path, text)


def test_a_query_without_fields_and_rows_without_columns_are_told(tmp_path: Path) -> None:
    text = without("  headline:", "  rows:\n")
    assert (line_of(text, "  nobody:"), "services.query_no_fields") in told(tmp_path, text)
    text = without("    columns:\n", "  sheet:")
    assert (line_of(text, "    title:"), "services.query_no_columns") in told(tmp_path, text)
    text = without("      - {key: insurance", "  sheet:").replace("    columns:\n", "    columns: []\n")
    assert (line_of(text, "    columns:"), "services.query_no_columns") in told(tmp_path, text)


def test_paper_and_its_description_belong_together(tmp_path: Path) -> None:
    text = GOOD.replace("documents: [sheet, slip]", "documents: [slip]")
    assert told(tmp_path, text) == [(line_of(GOOD, SHEET), "services.query_sheet")]
    text = without("  sheet:", "factor_methods:")
    assert told(tmp_path, text) == [(line_of(GOOD, "  nobody:"), "services.query_sheet")]
    assert of(tmp_path, text.replace("documents: [sheet, slip]", "documents: [slip]")).query is not None


@pytest.mark.parametrize("place", ["result", "rate"])
def test_a_query_without_the_step_answer_is_told(tmp_path: Path, place: str) -> None:
    text = GOOD.replace("step: answer,", "step: result,") if place == "result" else GOOD.replace(ANSWER, "")
    assert (line_of(text, "  nobody:"), "services.query_answer") in told(tmp_path, text)


def test_the_step_answer_without_a_query_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD[:START] + GOOD[AFTER:]) == [(line_of(GOOD, "order:"), "services.query_answer")]


def test_a_query_step_that_shows_nothing_is_told(tmp_path: Path) -> None:
    text = GOOD[:START] + GOOD[AFTER:].replace("documents: [sheet, slip]\n", "")
    text = text.replace(ANSWER, "").replace("  - {step: print, offline: local}\n", "")
    assert told(tmp_path, text) == [(line_of(text, "  - {step: notice"), "services.steps_one_answer")]


@pytest.mark.parametrize(
    "junk", [None, "  - {}\n", "    rows: [[], {}]\n", "      - 5\n", "  fields: {key: name}\n", "  &a [*a]\n"]
)
def test_whatever_line_is_lost_or_broken_it_is_told_or_still_whole(tmp_path: Path, junk: str | None) -> None:
    """Never an exception of another kind, and never a query that could not be shown."""
    lines = GOOD.splitlines(keepends=True)
    first, last = line_of(GOOD, "query:\n") - 1, line_of(GOOD, "factor_methods:") - 1
    told_of = 0
    for number in range(first, last):
        broken = [*lines[:number], *([] if junk is None else [junk]), *lines[number + 1 :]]
        path = tmp_path / "one.yaml"
        path.write_text("".join(broken), encoding="utf-8")
        item, complaints = read_item(path)
        told_of += bool(complaints)
        assert all(1 <= complaint.line <= len(broken) + 1 for complaint in complaints)
        if item is None:
            assert complaints
            continue
        query = item.query
        assert query is not None
        assert query.fields
        assert query.rows_title is None or query.columns
        assert query.headline is None or query.field(query.headline) is not None
    assert told_of >= 4
