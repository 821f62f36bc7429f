"""Records: equal by fields, changed by `replace`, and silent about what is hidden."""

import weakref
from dataclasses import dataclass

import pytest

from kiosk.base.record import Hidden, Record, replace


class Page(Record, frozen=True):
    serial: int
    text: Hidden[str] = ""


class WrittenPage(Page, frozen=True):
    line: Hidden[str | None] = None
    is_done: bool = False


@dataclass(frozen=True)
class Plain:
    number: int


def test_what_is_hidden_stands_in_no_repr_of_the_record_or_of_one_that_holds_it() -> None:
    page = WrittenPage(3, "电话", "内容", is_done=True)
    assert repr(page) == "WrittenPage(serial=3, is_done=True)"
    assert "电话" not in repr((page, {"page": page}))


def test_a_record_is_changed_into_another_and_stays_as_it_was() -> None:
    page = WrittenPage(3, "电话")
    assert replace(page, serial=4) == WrittenPage(4, "电话")
    assert page == WrittenPage(3, "电话")
    assert replace(Plain(1), number=2) == Plain(2)


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError):
        replace(Page(1), words="")
    with pytest.raises(TypeError):
        replace(Plain(1), words="")
    with pytest.raises(AttributeError):
        setattr(Page(1), "serial", 2)  # noqa: B010  # the type checker knows it, too


def test_records_of_two_kinds_are_never_equal_and_one_can_be_watched_until_it_is_gone() -> None:
    page = Page(1)
    assert page != WrittenPage(1)
    held = weakref.ref(page)
    del page
    assert held() is None
