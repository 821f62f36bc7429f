"""What the panel offers: each emulator's switches, in groups, and what its state means in words. No Qt, no socket.

Names of actions and states are the emulators' own. Words are message keys of `kiosk.base.sentences`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath

from screens.panel.lab_line import State

READER, RECEIPTS, SHEETS, CABLE = "id_card_reader", "receipt_printer", "sheet_printer", "network_cable"
CARD = "card:"
"""Begins the id of a card's switch, which is made from the reader's state."""


class Level(str, Enum):
    """How a state is coloured."""

    READY = "ready"
    QUIET = "quiet"
    LATER = "later"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Switch:
    """One button.

    Attributes:
        id: unique; its words are ``panel.switch.<id>``, ids with the same words name them in `words`.
        mark: (key, value) of the state that says that this is how things are now; a list in the state is searched.
    """

    id: str
    emulator: str
    action: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    mark: tuple[str, object] | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """The message key of its words."""
        return f"panel.switch.{self.words or self.id}"

    def is_marked(self, state: State) -> bool:
        """Whether the state is the one that this switch makes."""
        if self.mark is None:
            return False
        key, value = self.mark
        found = state.get(key)
        return value in found if isinstance(found, list) else found == value


@dataclass(frozen=True)
class Board:
    """One emulator: groups of switches that exclude each other, and a fold of faults."""

    emulator: str
    groups: tuple[tuple[Switch, ...], ...]
    faults: tuple[tuple[Switch, ...], ...] = ()


def _paper(emulator: str, prefix: str) -> tuple[Switch, ...]:
    return (
        Switch(f"{prefix}.refill", emulator, "refill", mark=("paper", "full"), words="refill"),
        Switch(f"{prefix}.paper_low", emulator, "paper_low", mark=("paper", "low"), words="paper_low"),
        Switch(f"{prefix}.paper_out", emulator, "paper_out", mark=("paper", "out"), words="paper_out"),
    )


def _cover(emulator: str, prefix: str) -> tuple[Switch, ...]:
    return (
        Switch(f"{prefix}.close_cover", emulator, "close_cover", mark=("cover", "closed"), words="close_cover"),
        Switch(f"{prefix}.open_cover", emulator, "open_cover", mark=("cover", "open"), words="open_cover"),
    )


def _plug(emulator: str, prefix: str) -> tuple[Switch, ...]:
    return (
        Switch(f"{prefix}.plug", emulator, "plug", mark=("cable", "in"), words="plug"),
        Switch(f"{prefix}.unplug", emulator, "unplug", mark=("cable", "out"), words="unplug"),
    )


def _fault(action: str) -> Switch:
    return Switch(f"reader.{action}", READER, action, mark=("faults", action))


BOARDS: tuple[Board, ...] = (
    Board(
        READER,
        ((Switch("reader.pull", READER, "pull"),),),
        (
            (Switch("reader.pull_in_mid_read", READER, "pull_in_mid_read"),),
            tuple(
                _fault(action)
                for action in (
                    "silence", "noise", "dribble", "long_reply", "wrong_checksum", "other_module", "self_test_failed",
                )
            ),
            (
                Switch("reader.reconnect", READER, "reconnect", mark=("plugged", True), words="plug"),
                Switch("reader.cut", READER, "cut", mark=("plugged", False), words="unplug"),
            ),
            (Switch("reader.normal", READER, "normal", words="normal"),),
        ),
    ),
    Board(
        RECEIPTS,
        (
            _paper(RECEIPTS, "receipts"),
            _cover(RECEIPTS, "receipts"),
            (
                Switch("receipts.clear_jam", RECEIPTS, "clear_jam", mark=("cutter", "ok")),
                Switch("receipts.cutter_jam", RECEIPTS, "cutter_jam", mark=("cutter", "jammed")),
            ),
            _plug(RECEIPTS, "receipts"),
        ),
        (
            (Switch("receipts.paper_out_after", RECEIPTS, "paper_out_after", {"lines": 12}),),
            (Switch("receipts.unplug_after", RECEIPTS, "unplug_after", {"bytes": 1500}),),
            (Switch("receipts.power_cut", RECEIPTS, "power_cut"),),
            (
                Switch("receipts.normal", RECEIPTS, "normal", mark=("voice", "normal"), words="normal"),
                Switch("receipts.silence", RECEIPTS, "silence", mark=("voice", "silent"), words="reader.silence"),
                Switch("receipts.garbage", RECEIPTS, "garbage", mark=("voice", "garbage"), words="cable.garbage"),
            ),
            (Switch("receipts.slow", RECEIPTS, "slow", words="slow"),),
        ),
    ),
    Board(
        SHEETS,
        (
            _paper(SHEETS, "sheets"),
            (
                Switch("sheets.clear_jam", SHEETS, "clear_jam", mark=("jam", False)),
                Switch("sheets.jam", SHEETS, "jam", mark=("jam", True)),
            ),
            _cover(SHEETS, "sheets"),
            (
                Switch("sheets.toner_full", SHEETS, "toner_full", mark=("toner", "full")),
                Switch("sheets.toner_low", SHEETS, "toner_low", mark=("toner", "low")),
            ),
            _plug(SHEETS, "sheets"),
        ),
        (
            (Switch("sheets.paper_out_after", SHEETS, "paper_out_after", {"pages": 1}),),
            (
                Switch("sheets.normal", SHEETS, "normal", words="normal"),
                Switch("sheets.slow", SHEETS, "slow", words="slow"),
            ),
        ),
    ),
    Board(
        CABLE,
        (
            tuple(
                Switch(f"cable.{action}", CABLE, action, arguments, ("condition", action))
                for action, arguments in (
                    ("plugged", {}), ("cut", {}), ("silent", {}), ("slow", {"delay_s": 10}),
                    ("error500", {}), ("garbage", {}), ("half_body", {}),
                )
            ),
        ),
    ),
)  # fmt: skip

SWITCHES: dict[str, Switch] = {
    switch.id: switch
    for board in BOARDS
    for groups in (board.groups, board.faults)
    for group in groups
    for switch in group
}


def switch_of(switch_id: str) -> Switch | None:
    """The switch of an id, those of cards included; None for an unknown one."""
    if switch_id.startswith(CARD):
        card = switch_id.removeprefix(CARD)
        return Switch(switch_id, READER, "lay", {"card": card}, ("card", card), "lay")
    return SWITCHES.get(switch_id)


def cards_of(state: State) -> dict[str, str]:
    """Name of each card of the set to its label."""
    cards = state.get("cards")
    return {str(name): str(label) for name, label in cards.items()} if isinstance(cards, dict) else {}


Words = tuple[str, dict[str, str]]
"""A message key and its placeholders."""


def summary(emulator: str, state: State) -> tuple[Level, Words]:
    """What matters most of a state."""
    if emulator == READER:
        return _reader_summary(state)
    if emulator == CABLE:
        condition = str(state.get("condition"))
        level = Level.READY if condition == "plugged" else Level.STOPPED if condition == "cut" else Level.LATER
        return level, (f"panel.switch.cable.{condition}", {})
    worst = (
        ("cable", "out", "unplug"), ("cover", "open", "open_cover"), ("cutter", "jammed", "receipts.cutter_jam"),
        ("jam", True, "sheets.jam"), ("paper", "out", "paper_out"),
    )  # fmt: skip
    for key, value, words in worst:
        if state.get(key) == value:
            return Level.STOPPED, (f"panel.switch.{words}", {})
    if state.get("voice") not in (None, "normal"):
        return Level.LATER, ("panel.state.faults", {"count": "1"})
    for key, words in (("paper", "paper_low"), ("toner", "sheets.toner_low")):
        if state.get(key) == "low":
            return Level.LATER, (f"panel.switch.{words}", {})
    return Level.READY, ("panel.state.ready", {})


def _reader_summary(state: State) -> tuple[Level, Words]:
    if state.get("plugged") is False:
        return Level.STOPPED, ("panel.switch.unplug", {})
    faults = state.get("faults")
    if isinstance(faults, list) and faults:
        return Level.LATER, ("panel.state.faults", {"count": str(len(faults))})
    card = state.get("card")
    if card is None:
        return Level.QUIET, ("panel.state.no_card", {})
    return Level.READY, ("panel.state.card", {"card": cards_of(state).get(str(card), str(card))})


def detail(emulator: str, state: State) -> Words:
    """What has happened so far."""
    counters = state.get("counters")
    counted: Mapping[str, object] = counters if isinstance(counters, dict) else state

    def count(name: str) -> str:
        return str(counted.get(name, 0))

    match emulator:
        case "id_card_reader":
            return "panel.detail.reader", {"reads": count("reads"), "requests": count("requests")}
        case "receipt_printer":
            return "panel.detail.receipts", {"receipts": count("receipts"), "cuts": count("cuts")}
        case "sheet_printer":
            last = state.get("last_sheet")
            if last is None:
                return "panel.detail.no_sheet", {}
            name = PurePath(str(last)).name
            return "panel.detail.sheets", {"sheets": count("sheets"), "pages": count("pages"), "name": name}
        case _:
            return "panel.detail.cable", {"connections": count("connections"), "spoiled": count("spoiled")}
