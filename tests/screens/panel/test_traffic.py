"""What goes over a wire, as the panel shows it."""

import os
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from screens.panel.traffic import KEPT, Frame, TrafficModel, frames_of
from screens.panel.words import Words
from tests.screens.panel.desk import Desk

FIND_CARD = bytes.fromhex("AAAAAA96690003200122")


def ask(desk: Desk) -> None:
    """A driver asks the reader for a card; ends when it has answered."""
    line = os.open(str(desk.state("id_card_reader")["port"]), os.O_RDWR | os.O_NOCTTY)
    try:
        os.write(line, FIND_CARD)
        os.read(line, 64)
    finally:
        os.close(line)


def rows(model: TrafficModel) -> list[dict[str, Any]]:
    """By name of role."""
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    return [
        {name: model.data(model.index(row, 0), role) for name, role in roles.items()}
        for row in range(model.rowCount(QModelIndex()))
    ]


def frame(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "n": number, "at_ms": 1_763_769_600_042, "direction": "toDevice", "size": 3, "hex": "aa 55 03", "hidden": 0,
        "decoded": "hello", **changes,
    }  # fmt: skip


def test_both_directions_of_a_real_wire_are_listed_newest_last(desk: Desk) -> None:
    desk.choose("id_card_reader")
    assert desk.text("traffic.note") == "线上还没有动静。终端一问它，这里就会显示。"
    ask(desk)
    desk.until(lambda: len(rows(desk.model.traffic)) == 2)
    asked, answered = rows(desk.model.traffic)
    assert (asked["isToDevice"], answered["isToDevice"]) == (True, False)
    assert asked["hex"].startswith("AA AA AA 96 69")
    assert asked["decoded"] != ""
    assert answered["decoded"] != ""
    ask(desk)
    desk.until(lambda: len(rows(desk.model.traffic)) == 4)
    view = desk.item("traffic.frames")
    desk.until(lambda: view.property("atYEnd"))


def test_the_list_is_held_still_and_goes_on_without_a_loss(desk: Desk) -> None:
    desk.choose("id_card_reader")
    ask(desk)
    desk.until(lambda: len(rows(desk.model.traffic)) == 2)
    desk.click("traffic.pause")
    desk.until(lambda: desk.text("traffic.pause") == "继续")
    ask(desk)
    desk.looks(3)
    assert len(rows(desk.model.traffic)) == 2
    desk.click("traffic.pause")
    desk.until(lambda: len(rows(desk.model.traffic)) == 4)


def test_what_is_listed_is_copied(desk: Desk) -> None:
    desk.choose("id_card_reader")
    ask(desk)
    desk.until(lambda: len(rows(desk.model.traffic)) == 2)
    desk.click("traffic.copy")
    copied = QGuiApplication.clipboard().text().split("\n")
    QGuiApplication.clipboard().clear()
    assert [line.split("\t")[1] for line in copied] == [">", "<"]


def test_another_device_has_another_wire(desk: Desk) -> None:
    desk.choose("id_card_reader")
    ask(desk)
    desk.until(lambda: len(rows(desk.model.traffic)) == 2)
    desk.choose("locker")
    assert rows(desk.model.traffic) == []
    desk.choose("id_card_reader")
    desk.until(lambda: len(rows(desk.model.traffic)) == 2)  # from the beginning again


def test_frames_that_are_not_understood_are_left_out() -> None:
    told = [frame(1), 7, {}, frame(2, at_ms="soon"), {**frame(3), "decoded": "", "direction": "fromDevice"}, None]
    assert [(one.number, one.is_to_device) for one in frames_of(told)] == [(1, True), (3, False)]
    assert frames_of(None) == frames_of({"n": 1}) == ()


def test_the_list_is_bounded_and_the_oldest_go(gui: QGuiApplication) -> None:
    model = TrafficModel(Words("en"))
    model.take(frames_of([frame(number, decoded=str(number)) for number in range(1, KEPT + 51)]))
    assert [rows(model)[0]["decoded"], rows(model)[-1]["decoded"], len(rows(model))] == ["51", str(KEPT + 50), KEPT]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"size": 900, "hidden": 880}, "900 B, 880 hidden"),
        ({"size": 200, "hex": " ".join(["00"] * 200)}, "200 B"),
    ],
)
def test_a_frame_that_is_not_shown_whole_tells_its_size(
    gui: QGuiApplication, changes: dict[str, Any], words: str
) -> None:
    model = TrafficModel(Words("en"))
    model.take(frames_of([frame(1, **changes)]))
    (row,) = rows(model)
    assert row["size"] == words
    assert len(row["hex"].split()) <= 64


def test_a_place_outside_the_list_has_no_data(gui: QGuiApplication) -> None:
    model = TrafficModel(Words("en"))
    assert model.data(QModelIndex(), Qt.ItemDataRole.UserRole) is None
    model.take((Frame(1, 0, True, "", 0, 0, ""),))
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole) is None
    assert model.rowCount(model.index(0, 0)) == 0
