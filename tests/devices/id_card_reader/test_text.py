"""The four layouts of the chip's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.emulators.cards import CARDS, resident_text
from devices.id_card_reader.nations import NATIONS
from devices.id_card_reader.text import parse_text
from devices.id_card_reader.types import CardText, Layout
from kiosk.base.errors import Problem


def parsed(card: str) -> CardText:
    text = parse_text(CARDS[card].text)
    assert isinstance(text, CardText), text
    return text


def spoilt(offset: int, replacement: bytes) -> bytes:
    block = bytearray(CARDS["resident"].text)
    block[offset : offset + len(replacement)] = replacement
    return bytes(block)


def test_a_resident_card_has_its_nine_fields() -> None:
    text = parsed("resident")
    assert text.layout is Layout.RESIDENT
    assert (text.name, text.sex, text.nation, text.birth) == ("李思远", "1", "01", "19990110")
    assert (text.id_number, text.valid_from, text.valid_to) == ("440308199901101512", "20200101", "20400101")
    assert (text.address, text.issuer) == ("演示省样本市示例路 1 号", "样本市公安局")
    assert (text.english_name, text.travel_permit_number, text.issue_count, text.nationality) == ("", "", "", "")


def test_a_card_without_end_keeps_its_word() -> None:
    assert parsed("long_term").valid_to == "长期"


def test_a_name_with_a_dot_is_kept_whole() -> None:
    assert parsed("minority").name == "阿依古丽·样本江"


def test_a_name_with_an_inner_space_is_kept_whole() -> None:
    text = parse_text(resident_text("演 示 甲", "440308199901101512"))
    assert isinstance(text, CardText)
    assert text.name == "演 示 甲"


def test_a_character_beyond_the_basic_plane_is_one_character() -> None:
    name = parsed("rare_character").name
    assert name == "𠮷思远"
    assert len(name) == 3


@pytest.mark.parametrize(
    ("card", "number", "travel_permit"),
    [("hk_permit", "810000199408230021", "H00000000"), ("tw_permit", "830000199201300022", "00000000")],
)
def test_a_permit_has_a_travel_permit_and_no_nation(card: str, number: str, travel_permit: str) -> None:
    text = parsed(card)
    assert text.layout is Layout.PERMIT
    assert (text.id_number, text.travel_permit_number, text.issue_count) == (number, travel_permit, "01")
    assert text.nation == ""


def test_a_foreigners_card_of_2017_has_both_names() -> None:
    text = parsed("foreigner_2017")
    assert text.layout is Layout.FOREIGNER_2017
    assert (text.name, text.english_name) == ("样本一", "SPECIMEN, DEMO ONE")
    assert (text.id_number, text.nationality, text.birth) == ("XXA000000000000", "XXA", "19900101")


def test_a_foreigners_card_of_2023_joins_its_long_name() -> None:
    text = parsed("foreigner_2023")
    assert text.layout is Layout.FOREIGNER_2023
    assert text.english_name == "SPECIMEN, DEMO TWO WITH A NAME LONGER THAN 35"
    assert (text.id_number, text.nationality, text.valid_to) == ("900000199001010009", "XXA", "20340101")


@pytest.mark.parametrize(
    ("block", "key"),
    [
        (b"", "card.read_failed"),
        (bytes(255), "card.read_failed"),
        (spoilt(248, "Q".encode("utf-16-le")), "card.unknown_type"),
        (spoilt(248, b"\x00\xd8"), "card.unknown_type"),
        (spoilt(0, b"\x00\xd8\x20\x00"), "card.read_failed"),
        (spoilt(122, "?".encode("utf-16-le")), "card.read_failed"),
        (spoilt(0, " ".encode("utf-16-le") * 15), "card.read_failed"),
    ],
)
def test_a_text_that_cannot_be_one_is_a_problem_with_a_sentence(block: bytes, key: str) -> None:
    assert parse_text(block) == Problem(key)


@given(st.binary(min_size=256, max_size=256), st.sampled_from([" ", "J", "I", "Y", None]))
def test_any_256_bytes_are_a_text_or_a_problem(block: bytes, flag: str | None) -> None:
    if flag is not None:
        block = block[:248] + flag.encode("utf-16-le") + block[250:]
    assert isinstance(parse_text(block), CardText | Problem)


def test_a_text_shows_nothing_personal_in_its_repr() -> None:
    assert repr(parsed("resident")) == "CardText(layout='resident', ...)"


def test_every_specimen_of_the_emulator_can_be_parsed() -> None:
    for name in CARDS:
        parsed(name)


def test_the_nations_are_those_of_the_standard() -> None:
    assert len(NATIONS) == 58
    assert (NATIONS["01"], NATIONS["05"], NATIONS["46"], NATIONS["56"]) == ("汉", "维吾尔", "德昂", "基诺")
    assert (NATIONS["97"], NATIONS["98"]) == ("其他", "外国血统中国籍人士")
    assert len(set(NATIONS.values())) == len(NATIONS)
