"""The plain queries that are files alone: each is short, complete, and asks for nothing personal without card and factor."""

import re
import statistics
from pathlib import Path

import pytest
import yaml

from kiosk.central.contract import FactorMethod
from kiosk.central.department import DepartmentAnswer, Value
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from kiosk.services.flow import make_flow
from kiosk.services.item import Assurance, Item, OfflineClass
from kiosk.services.query import FieldKind, Query, check_answer
from kiosk.session.state import Document, Place

PLAIN = [item for item in load_catalogue().items if item.query is not None]
EXAMPLES: dict[FieldKind, Value] = {
    FieldKind.TEXT: "在册",
    FieldKind.NAME: "张三丰",
    FieldKind.ID_NUMBER: "11010519491231002X",
    FieldKind.NUMBER: 12,
    FieldKind.MONEY: 120_05,
    FieldKind.DATE: "2026-11-22",
    FieldKind.MONTH: "202611",
}


def query_of(item: Item) -> Query:
    assert item.query is not None
    return item.query


def answer_of(item: Item) -> DepartmentAnswer:
    query = query_of(item)
    return DepartmentAnswer(
        item_code=item.item_code,
        choice="",
        as_of="2026-11-22T09:00:00+08:00",
        values={field.key: EXAMPLES[field.kind] for field in query.fields},
        rows=({column.key: EXAMPLES[column.kind] for column in query.columns},),
    )


def test_the_median_file_is_at_most_120_lines_long() -> None:
    lengths = [len((ITEMS_FOLDER / f"{item.key}.yaml").read_text(encoding="utf-8").splitlines()) for item in PLAIN]
    assert len(lengths) == 10
    assert statistics.median(lengths) <= 120


@pytest.mark.parametrize("path", sorted(ITEMS_FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_file_says_the_same_to_a_publisher_s_slower_reader(path: Path) -> None:
    """libyaml takes a question mark before a brace, the reader in Python does not."""
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text) == yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_each_shows_its_answer_only_after_card_consent_and_factor_and_only_from_the_platform(item: Item) -> None:
    assert item.assurance is Assurance.CARD_AND_FACTOR
    assert make_flow(item).factor_methods == (FactorMethod.PASSWORD, FactorMethod.ONE_TIME_CODE)
    places = [step.place for step in item.steps]
    before = places[: places.index(Place.ANSWER)]
    assert before == [Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.QUERY]
    assert {step.place for step in item.steps if step.offline is OfflineClass.NEVER} >= {Place.FACTOR, Place.QUERY}
    assert item.offline_class is OfflineClass.NEVER


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_each_says_whose_record_it_is_by_a_name_and_a_number_that_the_screen_masks(item: Item) -> None:
    kinds = [field.kind for field in query_of(item).fields]
    assert FieldKind.NAME in kinds
    assert FieldKind.ID_NUMBER in kinds


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_each_answer_of_its_fields_is_taken_and_any_other_is_not(item: Item) -> None:
    query, answer = query_of(item), answer_of(item)
    assert check_answer(query, item.item_code, "", answer) is None
    for field in query.fields:
        values = {key: value for key, value in answer.values.items() if key != field.key}
        poorer = DepartmentAnswer(item.item_code, "", answer.as_of, values, answer.rows)
        assert check_answer(query, item.item_code, "", poorer) is not None


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_each_names_a_law_with_its_article(item: Item) -> None:
    assert item.legal_basis
    for words in item.legal_basis:
        assert re.match(r"《.+》(（.+）)?第[一二三四五六七八九十百千零]+条：", words.zh_CN)
        assert re.search(r"article \d+", words.en)


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_each_prints_a_sheet_and_a_slip(item: Item) -> None:
    assert item.documents == (Document.SHEET, Document.SLIP)
    sheet = query_of(item).sheet
    assert sheet is not None
    assert sheet.title
    assert sheet.is_certificate == ("验证码" in item.notice[4].zh_CN)
