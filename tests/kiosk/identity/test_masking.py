"""One mask for each kind of personal word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.identity import mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张小三", "张*三"),
        ("张三", "张*"),
        ("张", "*"),
        ("", ""),
        ("欧阳小三", "欧**三"),
        ("𠮷田三", "𠮷*三"),
        ("古丽·阿依", "古***依"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110105********002X"),
        ("ABC123456789012", "ABC123*****9012"),
        ("C12345678", "*******78"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_id_numbers(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("13800001234", "138****1234"), ("12345678", "******78"), ("1234", "****")]
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@given(st.text(alphabet="甲乙丙丁戊0123456789", max_size=40))
def test_a_mask_keeps_the_length_and_hides_something_of_everything(text: str) -> None:
    for mask in (mask_name, mask_id_number, mask_phone):
        masked = mask(text)
        assert len(masked) == len(text)
        assert not text or "*" in masked
