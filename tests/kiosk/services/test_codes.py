"""Codes of items and bodies, against published samples."""

import pytest

from kiosk.services.codes import (
    check_basic_code,
    check_business_item_code,
    check_item_code,
    check_uscc,
    uscc_check_character,
)

ITEM = "1132050001414925263320105028002"
BASIC = "320105028002"


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "113205000141492526", "92320600MA0000007L", "91320600MA0000015J"]
)
def test_published_credit_codes_are_right(code: str) -> None:
    assert check_uscc(code) is None
    assert uscc_check_character(code[:17]) == code[17]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("91350100M000100Y44", "services.uscc_check"),
        ("91350100I000100Y43", "services.uscc_shape"),
        ("91350100M000100Y4", "services.uscc_shape"),
        ("91350100M000100Y４3", "services.uscc_shape"),
    ],
)
def test_a_wrong_credit_code_is_told(code: str, key: str) -> None:
    problem = check_uscc(code)
    assert problem is not None
    assert problem.key == key


def test_the_check_character_is_asked_of_17_characters_only() -> None:
    with pytest.raises(ValueError, match="17"):
        uscc_check_character("123")
    with pytest.raises(ValueError, match="17"):
        uscc_check_character("O" * 17)


def test_the_published_item_code_is_right() -> None:
    assert check_basic_code(BASIC) is None
    assert check_item_code(ITEM, BASIC) is None
    assert check_business_item_code(ITEM + "01", ITEM) is None


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (check_basic_code("3201050280020"), "services.basic_code_shape"),
        (check_basic_code("32010502800Ⅹ"), "services.basic_code_shape"),
        (check_basic_code("329905028002"), "services.basic_code_kind"),
        (check_item_code(ITEM[:30], BASIC), "services.item_code_shape"),
        (check_item_code("2" + ITEM[1:], BASIC), "services.uscc_check"),
        (check_item_code(ITEM[:18] + "7" + BASIC, BASIC), "services.item_code_level"),
        (check_item_code(ITEM, "320105028003"), "services.item_code_basic"),
        (check_business_item_code(ITEM + "1", ITEM), "services.business_code_shape"),
        (check_business_item_code("2" + ITEM[1:] + "01", ITEM), "services.business_code_item"),
        (check_business_item_code(ITEM + "0A", ITEM), "services.business_code_order"),
    ],
)
def test_each_part_of_a_code_has_its_complaint(problem: object, key: str) -> None:
    assert getattr(problem, "key", None) == key
