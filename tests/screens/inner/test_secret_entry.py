"""The digits of a second factor live no longer than they must."""

import pytest

from kiosk.central.contract import FactorMethod
from screens.view_models.secret_entry import SecretEntry


def typed(method: FactorMethod, digits: str) -> SecretEntry:
    entry = SecretEntry()
    entry.begin(method)
    for digit in digits:
        entry.add(digit)
    return entry


def test_a_code_has_six_digits_and_no_more() -> None:
    entry = typed(FactorMethod.ONE_TIME_CODE, "1234567")
    assert entry.count == 6
    assert entry.take() == "123456"


def test_a_password_may_be_longer() -> None:
    assert typed(FactorMethod.PASSWORD, "12345678").take() == "12345678"


@pytest.mark.parametrize("method", list(FactorMethod))
def test_too_few_digits_are_neither_handed_out_nor_lost(method: FactorMethod) -> None:
    entry = typed(method, "12345")
    assert not entry.is_enough
    assert entry.take() == ""
    assert entry.count == 5


def test_what_was_handed_out_is_gone() -> None:
    entry = typed(FactorMethod.PASSWORD, "123456")
    entry.take()
    assert entry.count == 0
    assert entry.take() == ""


@pytest.mark.parametrize("thing", ["", "12", "a", "٣", "①", "-"])
def test_only_single_ascii_digits_are_taken(thing: str) -> None:
    entry = typed(FactorMethod.PASSWORD, "")
    assert entry.add(thing) is False
    assert entry.count == 0


def test_delete_takes_the_last_digit_and_an_empty_field_stays_empty() -> None:
    entry = typed(FactorMethod.ONE_TIME_CODE, "12")
    entry.delete()
    entry.delete()
    entry.delete()
    assert entry.count == 0


def test_another_method_begins_empty() -> None:
    entry = typed(FactorMethod.PASSWORD, "123456")
    entry.begin(FactorMethod.ONE_TIME_CODE)
    assert entry.count == 0


def test_its_repr_tells_only_how_many() -> None:
    assert "123456" not in repr(typed(FactorMethod.PASSWORD, "123456"))
