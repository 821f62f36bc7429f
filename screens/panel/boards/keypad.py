"""The metal keypad (serial)."""

from screens.panel.boards.board import FAULTY, UNPLUGGED, Board, Choice, Group, Level, Row, Sign, Switch, lasting, pick

_NAME = "keypad"
BOARD = Board(
    _NAME,
    Group.INPUTS,
    choices=(Choice("keys", "keys", "press", "key", "", columns=4),),
    hands=(
        Row(
            "typing",
            tuple(
                Switch(_NAME, "type", {"digits": digits}, words=f"digits.{digits}") for digits in ("123456", "888888")
            ),
        ),
        Row(
            "holding",
            (
                Switch(_NAME, "release", mark=("held", None)),
                Switch(_NAME, "hold", {"key": "five"}, ("held", "five"), "hold"),
            ),
        ),
    ),
    rows=(pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),),
    faults=(
        lasting(_NAME, "silence", title="answers"),
        Row("once", (Switch(_NAME, "garbage"),)),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        *FAULTY,
        Sign("held", "five", Level.LATER, "held"),
        Sign("lit", True, Level.READY, "lit_keys"),
        Sign("lit", False, Level.QUIET, "dark"),
    ),
    counters=("counters/pressed", "counters/beeps", "counters/begin", "counters/hellos"),
)
