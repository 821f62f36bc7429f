"""Boards and emulators belong together: every button of every board is pressed on the real emulator."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.emulators.control import Emulator
from kiosk.base.sentences import known_sentences
from screens.panel.boards import BOARDS, Board, Level, Switch, board_of, counted, in_order, layout_of, place_of, summary
from screens.panel.boards.board import keys_of
from tests.screens.panel.hall import factories, services

DEVICES = [  # in one order for all workers
    *sorted(factories(Path("unused"))),
    pytest.param("ups", marks=pytest.mark.xdist_group("upsd")),
]


SERVICE = {"start_service", "stop_service"}
"""Of the card slot, which is the emulated smart card with a real pcscd beside it."""


@contextlib.contextmanager
def started(make: Callable[[], Emulator]) -> Iterator[Emulator]:
    """As a lab does it."""
    found = make()
    prepare = getattr(found, "prepare", None)
    try:
        if prepare is not None:
            prepare()
        found.start()
        yield found
    finally:
        found.stop()


@pytest.fixture(params=DEVICES)
def emulator(request: pytest.FixtureRequest, short_tmp: Path) -> Iterator[Emulator]:
    """One after the other, started."""
    with started({**factories(short_tmp), **services(short_tmp)}[request.param]) as found:
        yield found


def curated(board: Board) -> list[Switch]:
    """Its switches as they stand in the table."""
    return [one for row in (*board.hands, *board.rows, *board.faults) for one in row.switches]


def test_every_curated_switch_is_an_action_of_its_emulator(emulator: Emulator) -> None:
    actions = emulator.state()["actions"]
    assert isinstance(actions, list)
    strangers = {one.action for one in curated(board_of(emulator.name))}.difference(actions)
    assert strangers == (SERVICE if emulator.name == "smart_card" else set())
    assert [one.action for one in board_of(emulator.name).choices if one.action not in actions] == []


def test_every_button_does_what_it_says_on_the_real_emulator(emulator: Emulator) -> None:
    sections = layout_of(board_of(emulator.name), emulator.state()).sections
    assert len(sections) > 0

    def press(switch: Switch) -> None:
        if switch.action == "insert":
            emulator.do("remove", {})  # a second card is refused, and rightly so
        emulator.do(switch.action, dict(switch.arguments))

    for section in sections:
        for row in section.rows:
            for switch in row.switches:
                press(switch)
                assert switch.mark is None or switch.is_marked(emulator.state()), switch.id
                if switch.undo is not None:
                    press(switch.undo)
                    assert not switch.is_marked(emulator.state()), switch.id
                if section.title == "faults" and row.title == "stuck":
                    emulator.do("normal", {})
            press(row.switches[0])  # by convention the one that makes all well; in a choice, any


@pytest.mark.xdist_group("pcscd")
def test_the_card_slot_s_service_is_stopped_and_started(short_tmp: Path) -> None:
    with started(services(short_tmp)["card_slot"]) as slot:
        board = board_of(slot.name)
        switches = layout_of(board, slot.state()).switches
        for action, words in (("stop_service", "no_service"), ("start_service", "no_card")):
            switch = switches[f"smart_card.{action}"]
            slot.do(switch.action, dict(switch.arguments))
            assert switch.is_marked(slot.state())
            assert summary(board, slot.state())[1][0][-1] == f"panel.sign.{words}"


def test_every_word_of_a_board_is_in_the_catalogue(emulator: Emulator) -> None:
    board = board_of(emulator.name)
    layout = layout_of(board, emulator.state())
    known = known_sentences()
    assert f"panel.device.{emulator.name}" in known
    for section in layout.sections:
        assert f"panel.section.{section.title}" in known
        for row in section.rows:
            assert any(f"panel.row.{name}" in known for name in keys_of(row.title, emulator.name)), row.title
    # a locker's doors bear their numbers
    wordless = [
        one.id
        for one in layout.switches.values()
        if not known.keys() & set(one.keys) and not one.words.startswith("name.")
    ]
    assert wordless == []
    for sign in board.signs:
        assert {f"panel.sign.{board.emulator}.{sign.words}", f"panel.sign.{sign.words}"} & known.keys(), sign.words
    for keys, name, number in counted(board, emulator.state()):
        assert known.keys() & set(keys), name
        assert number.isdecimal()


def test_nothing_curated_is_left_over_for_the_other_actions(emulator: Emulator) -> None:
    sections = layout_of(board_of(emulator.name), emulator.state()).sections
    assert "others" not in [section.title for section in sections], sections[-1]


def test_a_device_without_a_curated_board_is_usable_by_what_it_lists(short_tmp: Path) -> None:
    state = factories(short_tmp)["receipt_printer"]().state()
    layout = layout_of(board_of("some_new_device"), state)
    offered = {switch.action for switch in layout.switches.values()}
    assert isinstance(state["actions"], list)
    assert offered == set(state["actions"]) - {"save", "forget"}
    assert all(switch.emulator == "some_new_device" for switch in layout.switches.values())


def test_strangers_stand_last_and_known_devices_in_the_order_of_the_hall() -> None:
    groups = in_order(["zebra", "network_cable", "sheet_printer", "id_card_reader", "receipt_printer"])
    assert [(group.value, names) for group, names in groups] == [
        ("readers", ("id_card_reader",)),
        ("printers", ("receipt_printer", "sheet_printer")),
        ("network", ("network_cable",)),
        ("others", ("zebra",)),
    ]


@pytest.mark.parametrize(
    ("change", "level", "words"),
    [
        ({}, Level.READY, "ready"),
        ({"paper": "low"}, Level.LATER, "paper_low"),
        ({"voice": "silent"}, Level.LATER, "silent"),
        ({"paper": "out"}, Level.STOPPED, "paper_out"),
        ({"paper": "out", "cable": "out"}, Level.STOPPED, "unplugged"),
    ],
)
def test_what_stops_a_printer_is_said_before_what_does_not(change: dict[str, str], level: Level, words: str) -> None:
    state = {"cable": "in", "cover": "closed", "cutter": "ok", "paper": "full", "voice": "normal", **change}
    told, (keys, _) = summary(BOARDS["receipt_printer"], state)
    assert (told, keys[-1]) == (level, f"panel.sign.{words}")


def test_open_doors_are_counted() -> None:
    state = {"now": {"doors.1": "open", "doors.2": "closed", "doors.12": "open"}}
    level, (keys, placeholders) = summary(BOARDS["locker"], state)
    assert (level, keys[-1], placeholders["count"]) == (Level.LATER, "panel.sign.doors_open", "2")


def test_a_state_that_is_not_as_expected_breaks_nothing() -> None:
    for board in (*BOARDS.values(), board_of("stranger")):
        for state in ({}, {"now": 7, "counters": [], "actions": "x", "cards": 3}, {"settable": {"a": 1}, "events": 2}):
            summary(board, state)
            list(counted(board, state))
            layout_of(board, state)


def test_the_place_is_a_path_a_port_or_both() -> None:
    assert place_of({"port": "/dev/pts/3"}) == "/dev/pts/3"
    assert place_of({"port": 8123}) == "127.0.0.1:8123"
    assert place_of({"port": "/dev/pts/3", "tcp_port": 9}) == "/dev/pts/3  127.0.0.1:9"
    assert place_of({}) == ""
