"""The network cable between the terminal and the platform."""

from screens.panel.boards.board import Board, Group, Level, Row, Sign, Switch, pick

_NAME = "network_cable"
BOARD = Board(
    _NAME,
    Group.NETWORK,
    rows=(pick(_NAME, "cable", "condition", {"plugged": "plugged", "cut": "cut"}),),
    faults=(
        Row(
            "answers",
            (
                Switch(_NAME, "silent", mark=("condition", "silent")),
                Switch(_NAME, "slow", {"delay_s": 10}, ("condition", "slow"), "slow_10"),
                *(Switch(_NAME, name, mark=("condition", name)) for name in ("error500", "garbage", "half_body")),
            ),
        ),
    ),
    signs=(
        Sign("condition", "cut", Level.STOPPED, "unplugged"),
        *(
            Sign("condition", name, Level.LATER, name)
            for name in ("silent", "slow", "error500", "garbage", "half_body")
        ),
    ),
    counters=("counters/connections", "counters/chunks_out", "counters/chunks_back", "counters/spoiled"),
)
