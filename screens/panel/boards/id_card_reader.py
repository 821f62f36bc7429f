"""The ID-card reader (SAM-V)."""

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

_NAME = "id_card_reader"
BOARD = Board(
    _NAME,
    Group.READERS,
    choices=(Choice("cards", "cards"),),
    hands=(Row("card", (Switch(_NAME, "pull", wanted="card"), Switch(_NAME, "pull_in_mid_read"))),),
    rows=(pick(_NAME, "cable", "plugged", {"reconnect": True, "cut": False}),),
    faults=(
        lasting(_NAME, "silence", "noise", "dribble", "long_reply", title="answers"),
        lasting(_NAME, "wrong_checksum", "miss", title="once"),
        lasting(_NAME, "self_test_failed", "sam_unauthorised", "other_module", title="module"),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        *FAULTY,
        Sign("card", None, Level.QUIET, "no_card"),
        Sign("card", ANYTHING, Level.READY, "value"),
    ),
    counters=("counters/reads", "counters/found", "counters/requests", "counters/bytes"),
)
