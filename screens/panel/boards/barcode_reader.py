"""The barcode and QR reader (serial)."""

from screens.panel.boards.board import (
    ANYTHING,
    FAULTY,
    UNPLUGGED,
    Board,
    Choice,
    Group,
    Level,
    Row,
    Sign,
    Switch,
    lasting,
    pick,
)  # fmt: skip

_NAME = "barcode_reader"
BOARD = Board(
    _NAME,
    Group.INPUTS,
    choices=(Choice("codes", "codes", "show", "code", "shown"),),
    hands=(
        Row(
            "odd_codes",
            (
                Switch(_NAME, "not_text", mark=("shown", "not_text")),
                Switch(_NAME, "too_long", mark=("shown", "too_long")),
            ),
        ),
        Row("code", (Switch(_NAME, "take_away", wanted="shown"),)),
    ),
    rows=(pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),),
    faults=(
        lasting(_NAME, "silence", "repeat", "torn", title="answers"),
        Row("once", (Switch(_NAME, "garbage"),)),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        *FAULTY,
        Sign("shown", ANYTHING, Level.READY, "value"),
        Sign("lit", True, Level.READY, "lit"),
        Sign("lit", False, Level.QUIET, "dark"),
    ),
    counters=("counters/codes", "counters/light_on", "counters/light_off", "counters/hellos"),
)
