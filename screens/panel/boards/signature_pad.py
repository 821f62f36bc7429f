"""The signature pad (serial)."""

from screens.panel.boards.board import FAULTY, UNPLUGGED, Board, Group, Level, Row, Sign, Switch, lasting, pick

_NAME = "signature_pad"
BOARD = Board(
    _NAME,
    Group.INPUTS,
    hands=(
        Row(
            "pen",
            (
                Switch(_NAME, "sign", {"strokes": 3, "points": 60}, words="sign_short"),
                Switch(_NAME, "sign", {"strokes": 8, "points": 120}, words="sign_long"),
                Switch(_NAME, "dot"),
                Switch(_NAME, "outside"),
            ),
        ),
        pick(_NAME, "pen_still", "pen_down", {"pen_up": False, "pen_down": True}),
    ),
    rows=(pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),),
    faults=(
        lasting(_NAME, "silence", "wrong_check", title="answers"),
        Row("once", (Switch(_NAME, "garbage"),)),
        Row("midway", (Switch(_NAME, "unplug_in_mid_stroke"),)),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        *FAULTY,
        Sign("pen_down", True, Level.READY, "pen_down"),
        Sign("streaming", True, Level.READY, "awaits_pen"),
        Sign("streaming", False, Level.QUIET, "resting"),
    ),
    counters=("counters/written", "counters/started", "counters/cleared", "counters/asked"),
)
