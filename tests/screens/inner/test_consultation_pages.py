"""What a touch does on the pages of what may wait: the text is kept, the number is typed, the answer is read."""

from collections.abc import Callable

import pytest

from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.record import replace
from kiosk.session.events import (
    ChangeEntry,
    ChooseCategory,
    Continue,
    DropPicture,
    EnterNumber,
    EnterText,
    GoBack,
    Print,
    TakePicture,
)
from kiosk.session.submission import Category, Entry
from screens.view_models.review import PIECE, pieces
from tests.screens.conftest import Stage
from tests.screens.layout_check import is_text, visible_items
from tests.screens.samples import TEXT, samples

Open = Callable[..., Stage]


def opened(stage: Open, name: str) -> Stage:
    return stage(samples()[name])


def test_a_category_is_chosen_by_one_touch(stage: Open) -> None:
    one = opened(stage, "write-category")
    one.touch("category_suggestion")
    assert one.terminal.posted_of(ChooseCategory) == [ChooseCategory(7, Category.SUGGESTION)]


def test_what_stands_in_the_field_goes_on_with_the_act_and_is_kept_by_back(stage: Open) -> None:
    one = opened(stage, "write-text")
    one.touch("act")
    assert one.terminal.posted_of(EnterText) == [EnterText(7, TEXT, is_done=True)]
    one.touch("back")
    assert one.terminal.posted_of(EnterText)[1] == EnterText(7, TEXT, is_done=False)
    assert one.terminal.posted_of(GoBack) == [GoBack(7)]
    assert TEXT not in repr(one.terminal.posted)


def test_an_empty_field_has_no_way_on(stage: Open) -> None:
    session = samples()["write-text"]
    draft = session.visit.draft
    assert draft is not None
    one = stage(replace(session, visit=replace(session.visit, draft=replace(draft, text=" "))))
    assert not one.target("act").isEnabled()


@pytest.mark.parametrize(
    ("name", "target", "event"),
    [
        ("attach", "act", TakePicture(7)),
        ("attach", "second", Continue(7)),
        ("attach-show", "act", Continue(7)),
        ("attach-show", "second", TakePicture(7)),
        ("attach-show", "drop", DropPicture(7)),
        ("review", "change_category", ChangeEntry(7, Entry.CATEGORY)),
        ("review", "change_text", ChangeEntry(7, Entry.TEXT)),
        ("review", "change_attachment", ChangeEntry(7, Entry.ATTACHMENT)),
        ("review", "act", Continue(7)),
        ("submit-failed", "act", Continue(7)),
        ("submit-done", "second", Continue(7)),
        ("submit-done", "act", Print(7, ("id-1",))),
        ("factor-without", "act", Continue(7)),
        ("factor-optional", "second", Continue(7)),
        ("progress-failed", "act", Continue(7)),
        ("progress-answer", "act", Continue(7)),
    ],
)
def test_each_touch_is_its_intent(stage: Open, name: str, target: str, event: object) -> None:
    one = opened(stage, name)
    one.touch(target)
    assert one.terminal.posted_of(type(event)) == [event]


def test_without_a_printer_the_number_is_noted_and_the_way_leads_on(stage: Open) -> None:
    session = samples()["submit-done"]
    devices = {**session.availability.devices, DeviceClass.RECEIPT_PRINTER: DeviceStatus(DeviceState.NO_DEVICE)}
    one = stage(replace(session, availability=replace(session.availability, devices=devices)))
    one.touch("act")
    assert one.terminal.posted_of(Print) == []
    assert one.terminal.posted_of(Continue) == [Continue(7)]


def test_a_number_is_typed_key_by_key(stage: Open) -> None:
    one = opened(stage, "number")
    one.touch("key_clear")
    for key in "T-A1":
        one.touch(f"key_{key}")
    one.touch("key_delete")
    assert not one.target("act").isEnabled()
    for key in "2-7-000042-V":
        one.touch(f"key_{key}")
    one.touch("act")
    assert one.terminal.posted_of(EnterNumber) == [EnterNumber(7, "T-A2-7-000042-V")]


@pytest.mark.parametrize("text", [TEXT, TEXT * 8, "一" * 500, "a line\n\nanother", "", "word " * 100])
def test_a_text_is_cut_into_pieces_that_hold_all_of_it(text: str) -> None:
    found = pieces(text)
    assert all(0 < len(piece) <= PIECE for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize("landscape", [False, True])
def test_the_barcode_reader_is_offered_where_there_is_one_and_says_what_it_does(stage: Open, landscape: bool) -> None:
    def hint(name: str) -> str:
        one = stage(samples()[name], landscape=landscape)
        shown = [item for item in visible_items(one.shown) if item.objectName() == "scan_hint"]
        return str(shown[0].property("text")) if shown else ""

    assert hint("number") == ""
    assert "扫码窗口" in hint("number-scan")
    assert "核对" in hint("number-checking")
    damaged = stage(samples()["number-damaged"], landscape=landscape)
    texts = [str(item.property("text")) for item in visible_items(damaged.shown) if is_text(item)]
    assert any("抹平再扫" in text for text in texts)


def test_after_a_restart_the_card_call_says_what_is_safe_and_only_then(stage: Open) -> None:
    one = opened(stage, "card-call-kept")
    assert "没有丢" in one.text("kept")
    ordinary = samples()["card-call"]
    other = stage(replace(ordinary, visit=replace(ordinary.visit, kept=True)))
    assert not [item for item in visible_items(other.shown) if item.objectName() == "kept"]
