"""The contactless and contact smart-card reader: the cards that a virtual slot of pcscd plays."""

from screens.panel.boards.board import ANYTHING, Board, Choice, Group, Level, Row, Sign, Switch, pick

_NAME = "smart_card"
BOARD = Board(
    _NAME,
    Group.READERS,
    choices=(Choice("cards", "cards"),),
    hands=(Row("card", (Switch(_NAME, "pull", wanted="card"), Switch(_NAME, "pull_in_mid_read"))),),
    rows=(
        Row(
            "pin",
            (
                Switch(_NAME, "new_pin_tries", mark=("pin_tries", 3)),
                Switch(_NAME, "block_pin", mark=("pin_tries", 0)),
            ),
        ),
    ),
    faults=(
        pick(_NAME, "service", "service", {"start_service": "on", "stop_service": "off"}),
        Row("answers", (Switch(_NAME, "mute", mark=("mute", True)), Switch(_NAME, "slow", mark=("slow_ms", 200)))),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        Sign("service", "off", Level.STOPPED, "no_service"),
        Sign("mute", True, Level.LATER, "silent"),
        Sign("slow_ms", ANYTHING, Level.LATER, "slow"),
        Sign("card", None, Level.QUIET, "no_card"),
        Sign("card", ANYTHING, Level.READY, "value"),
    ),
    counters=("commands", "powered_on", "pin_tries"),
)
