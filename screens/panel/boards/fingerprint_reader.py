"""The fingerprint module (EF01, serial)."""

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

_NAME = "fingerprint_reader"
_FINGER = "right_index"
BOARD = Board(
    _NAME,
    Group.INPUTS,
    choices=(Choice("fingers", "fingers", "lay", "finger", "finger"),),
    hands=(
        Row(
            "quality",
            tuple(
                Switch(_NAME, "lay", {"finger": _FINGER, "quality": quality}, ("quality", quality), f"press.{quality}")
                for quality in ("good", "wet", "partial", "moving")
            ),
        ),
        Row("finger", (Switch(_NAME, "lift", wanted="finger"),)),
    ),
    rows=(pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),),
    faults=(
        lasting(_NAME, "silence", "wrong_check", "miss", title="answers"),
        lasting(_NAME, "wrong_password", "no_match", "torn_upload", title="module"),
        Row("once", (Switch(_NAME, "garbage"),)),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        *FAULTY,
        Sign("finger", None, Level.QUIET, "no_finger"),
        Sign("finger", ANYTHING, Level.READY, "value"),
    ),
    counters=("counters/instructions", "counters/looks", "counters/uploads", "counters/downloads"),
)
