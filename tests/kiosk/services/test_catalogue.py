"""The catalogue: what is in it, and how every mistake in a file is told with its line and its remedy."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from kiosk.base.sentences.services import SENTENCES
from kiosk.services.catalogue import ITEMS_FOLDER, Catalogue, load_catalogue
from kiosk.services.codes import check_basic_code, check_business_item_code, check_item_code
from kiosk.services.complaints import ItemComplaints
from kiosk.services.item import THEMES, Assurance, ItemKind, OfflineClass
from kiosk.services.words import Words
from kiosk.session.state import Language

GOOD = (ITEMS_FOLDER / "provident-fund.yaml").read_text(encoding="utf-8")
SIMPLIFIED = Path(__file__).parents[2] / "house" / "simplified_characters.txt"
GUIDE = (ITEMS_FOLDER / "invoice.yaml").read_text(encoding="utf-8")


def complaints_about(folder: Path, text: str, name: str = "one.yaml") -> list[tuple[int, str]]:
    """Line and key of everything that is said about a file with this text."""
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ItemComplaints) as caught:
        load_catalogue(folder)
    for complaint in caught.value.complaints:
        assert complaint.file == name
        for sentence in SENTENCES[complaint.problem.key]:
            assert "{" not in sentence.format(**complaint.problem.placeholders)
    return [(complaint.line, complaint.problem.key) for complaint in caught.value.complaints]


def line_of(text: str, wanted: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if wanted in line)


def test_the_catalogue_holds_the_living_items_and_four_guides_in_their_order() -> None:
    catalogue = load_catalogue()
    assert [item.key for item in catalogue.items] == [
        "provident-fund", "consultation", "case-progress", "social-insurance", "medical-insurance", "real-estate", "public-credit",
        "credit-report", "sole-trader", "invoice-quota", "employment-registration", "invoice", "residence-record",
        "vehicle-violations", "marriage-record", "talent-subsidy", "hk-macao-endorsement", "employment-policy",
        "place-names",
    ]  # fmt: skip
    fund = catalogue.items[0]
    assert fund.assurance is Assurance.CARD_AND_FACTOR
    assert fund.offline_class is OfflineClass.NEVER
    assert (fund.stars, fund.trips) == (4, 0)
    assert [item.offline_class for item in catalogue.items[1:3]] == [OfflineClass.QUEUEABLE, OfflineClass.QUEUEABLE]
    guides = [item for item in catalogue.items if item.is_guide_only]
    assert [item.key for item in guides] == ["credit-report", "sole-trader", "invoice", "hk-macao-endorsement"]
    assert all(guide.offline_class is OfflineClass.LOCAL for guide in guides)


def test_an_item_is_found_by_its_key_and_by_each_of_its_codes() -> None:
    catalogue = load_catalogue()
    fund = catalogue.items[0]
    assert catalogue.by_code(fund.item_code) is fund
    assert catalogue.by_code("provident-fund") is None
    for name in (fund.key, fund.item_code, fund.business_item_code):
        assert catalogue.find(name) is fund
    assert catalogue.find("nothing") is None
    assert Catalogue().items == ()


def test_every_item_stands_behind_one_door_and_in_one_theme() -> None:
    catalogue = load_catalogue()
    assert sorted(item.key for kind in ItemKind for item in catalogue.by_kind(kind)) == sorted(
        item.key for item in catalogue.items
    )
    for item in catalogue.items:
        assert item in catalogue.by_theme(item.theme)
        assert f"services.theme.{item.theme}" in SENTENCES
    assert {f"services.theme.{theme}" for theme in THEMES} <= set(SENTENCES)


def test_all_codes_are_check_correct_and_none_is_there_twice() -> None:
    items = load_catalogue().items
    for item in items:
        assert check_basic_code(item.basic_code) is None
        assert check_item_code(item.item_code, item.basic_code) is None
        assert check_business_item_code(item.business_item_code, item.item_code) is None
    assert len({item.business_item_code for item in items}) == len(items)


def test_every_guide_has_all_its_parts_in_three_languages() -> None:
    for item in load_catalogue().items:
        for part in (item.legal_basis, item.conditions, item.procedure, item.bring, item.materials, item.faq,
                     item.elsewhere):  # fmt: skip
            assert part, item.key
        for words in (item.name, item.summary, item.body, *item.procedure, *item.bring):
            texts = [words.of(language) for language in Language]
            assert all(texts)
            assert re.search(r"[A-Za-z]", texts[2])
        assert re.fullmatch(r"[0-9-]{5,12}", item.supervision_phone)


def words_in(value: object) -> Iterator[Words]:
    """All texts of an item, however deep."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from words_in(one)
    elif is_dataclass(value):
        for entry in fields(value):
            yield from words_in(getattr(value, entry.name))


def test_each_text_of_an_item_is_written_in_its_own_language() -> None:
    simplified_only = frozenset("".join(SIMPLIFIED.read_text(encoding="utf-8").splitlines()[1:]))
    for item in load_catalogue().items:
        texts = list(words_in(item))
        assert len(texts) > 10
        for words in texts:
            assert not simplified_only & set(words.zh_HK), words.zh_HK
            assert re.search(r"[A-Za-z]", words.en), words.en
            for word in ("抱歉", "无效", "非法", "系统异常"):
                assert word not in words.zh_CN
        simplified = "".join(words.zh_CN for words in texts)
        assert simplified_only & set(simplified), item.key


def test_the_citizens_sentences_use_none_of_the_words_that_help_nobody() -> None:
    for texts in SENTENCES.values():
        assert all(texts)
        for word in ("抱歉", "无效", "非法", "系统异常", "sorry", "invalid"):
            assert not any(word in text.lower() for text in texts)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("order: 10", "order: ten", "services.not_a_number"),
        ("order: 10", 'order: "10"', "services.not_a_number"),
        ("order: 10", "order: 0x1F", "services.not_a_number"),
        ("order: 10", "order: -1", "services.number_range"),
        ("minutes: 3", "minutes: 0", "services.number_range"),
        ("stars: 4", "stars: 5", "services.number_range"),
        ("kind: query", "kind: look", "services.not_a_member"),
        ("theme: housing", "theme: houses", "services.not_a_member"),
        ("assurance: card_and_factor", "assurance: card", "services.steps_too_many"),
        ('basic_code: "322011001001"', "basic_code: 322011001001", "services.not_a_text"),
        ('basic_code: "322011001001"', 'basic_code: "32201100100"', "services.basic_code_shape"),
        ("12320600MB9990004A3322011001001\"", "12320600MB9990005A3322011001001\"", "services.uscc_check"),
        ("332201100100101", "332201100100201", "services.business_code_item"),
        ('updated_at: "2026-11-02"', 'updated_at: "2026-13-02"', "services.not_a_date"),
        ('updated_at: "2026-11-02"', "updated_at: 2026-11-02", "services.not_a_text"),
        ("documents: [sheet, slip]", "documents: sheet", "services.not_a_list"),
        ("documents: [sheet, slip]", "documents: [sheet, poster]", "services.not_a_member"),
        ("documents: [sheet, slip]", "documents: [sheet, sheet]", "services.twice"),
        ("documents: [sheet, slip]", "documents: []", "services.steps_documents"),
        ("step: notice,", "step: attract,", "services.not_a_member"),
        ("step: notice,", "stop: notice,", "services.unknown_entry"),
        ("step: consent,", "step: notice,", "services.steps_order"),
        ("offline: never}", "offline: sometimes}", "services.not_a_member"),
        ("required: true", "required: perhaps", "services.not_a_truth"),
        ("  zh_HK: 住房公積金查詢", "  zh_TW: 住房公積金查詢", "services.unknown_entry"),
        ("  zh_HK: 住房公積金查詢\n", "", "services.wanting"),
        ("promised_days: 0", "promised_days: 3", "services.promise_too_late"),
        ("minutes: 3", "minutes: 3\nminutes: 4", "services.twice"),
        ("minutes: 3", "minuten: 3", "services.unknown_entry"),
        ("minutes: 3\n", "", "services.wanting"),
        ('version: "2026.11"', 'version: ""', "services.not_a_text"),
        ('phone: "12329"', "phone: [12329]", "services.not_a_text"),
        ("mission: [V10]", "mission: [10]", "services.mission_shape"),
        ("mission: [V10]", "mission: [V10, [V11]]", "services.mission_shape"),
        ("mission: [V10]", "mission: V10", "services.not_a_list"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    told = complaints_about(tmp_path, GOOD.replace(old, new, 1))
    assert key in [found for _, found in told]
    line = next(line for line, found in told if found == key)
    changed = GOOD.replace(old, new, 1).splitlines()
    expected = GOOD[: GOOD.index(old)].count("\n") + 1
    if key not in ("services.wanting", "services.steps_order", "services.steps_too_many", "services.steps_documents"):
        assert expected <= line <= expected + 1
    assert 1 <= line <= len(changed)


def test_whole_parts_of_the_wrong_shape_are_told(tmp_path: Path) -> None:
    start, end = GOOD.index("name:\n"), GOOD.index("summary:\n")
    told = complaints_about(tmp_path, GOOD[:start] + "name: 住房公积金查询\n" + GOOD[end:])
    assert (line_of(GOOD, "name:"), "services.not_a_mapping") in told
    without_notice = re.sub(r"notice:\n(?:[ -].*\n)+", "", GOOD, count=1)
    assert "services.notice_wanting" in [key for _, key in complaints_about(tmp_path, without_notice)]
    without_place = re.sub(r"elsewhere:\n(?:[ -].*\n)+", "", GUIDE, count=1)
    assert "services.elsewhere_wanting" in [key for _, key in complaints_about(tmp_path, without_place)]
    assert complaints_about(tmp_path, "- a\n- b\n") == [(1, "services.not_a_mapping")]
    assert len(complaints_about(tmp_path, "order: 1\n")) > 15  # all at once, not one by one


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "services.empty_file"),
        ("a: [1, 2\nb: 3\n", "services.no_yaml"),
        ("a: 'b\n", "services.no_yaml"),
        ("a: \x07\n", "services.unreadable"),
    ],
)
def test_a_file_that_is_no_yaml_is_told(tmp_path: Path, text: str, key: str) -> None:
    assert [found for _, found in complaints_about(tmp_path, text)] == [key]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ItemComplaints) as caught:
        load_catalogue(tmp_path)
    assert caught.value.complaints[0].problem.key == "services.unreadable"


def test_a_paper_is_required_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(GOOD.replace("    required: true\n", ""), encoding="utf-8")
    (material,) = load_catalogue(tmp_path).items[0].materials
    assert (material.required, material.original, material.copies) == (True, True, 0)


def test_a_code_may_not_be_taken_twice_and_a_folder_may_not_be_empty(tmp_path: Path) -> None:
    with pytest.raises(ItemComplaints) as caught:
        load_catalogue(tmp_path)
    assert caught.value.complaints[0].problem.key == "services.no_items"
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(ItemComplaints) as caught:
        load_catalogue(tmp_path)
    (complaint,) = caught.value.complaints
    assert (complaint.file, complaint.problem.placeholders) == ("two.yaml", {"other": "one.yaml"})
