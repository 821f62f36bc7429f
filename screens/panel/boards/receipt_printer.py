"""The receipt printer (ESC/POS)."""

from screens.panel.boards.board import UNPLUGGED, Board, Group, Level, Row, Sign, Switch, pick

_NAME = "receipt_printer"
BOARD = Board(
    _NAME,
    Group.PRINTERS,
    rows=(
        pick(_NAME, "paper", "paper", {"refill": "full", "paper_low": "low", "paper_out": "out"}),
        pick(_NAME, "cover", "cover", {"close_cover": "closed", "open_cover": "open"}),
        pick(_NAME, "cutter", "cutter", {"clear_jam": "ok", "cutter_jam": "jammed"}),
        pick(_NAME, "cable", "cable", {"plug": "in", "unplug": "out"}),
    ),
    faults=(
        pick(_NAME, "answers", "voice", {"normal": "normal", "silence": "silent", "garbage": "garbage"}),
        Row(
            "dialect",
            tuple(
                Switch(_NAME, "dialect", {"name": name}, ("dialect", name), f"dialect_{name}")
                for name in ("escpos", "full6", "asb4")
            ),
        ),
        Row("speed", (Switch(_NAME, "slow", mark=("mm_per_s", 20.0)),)),
        Row(
            "midway",
            (
                Switch(_NAME, "paper_out_after", {"lines": 12}, words="out_in_12_lines"),
                Switch(_NAME, "unplug_after", {"bytes": 1500}),
                Switch(_NAME, "power_cut"),
            ),
        ),
    ),
    signs=(
        *UNPLUGGED,
        Sign("cover", "open", Level.STOPPED, "cover_open"),
        Sign("cutter", "jammed", Level.STOPPED, "cutter_jammed"),
        Sign("paper", "out", Level.STOPPED, "paper_out"),
        Sign("voice", "silent", Level.LATER, "silent"),
        Sign("voice", "garbage", Level.LATER, "garbage"),
        Sign("paper", "low", Level.LATER, "paper_low"),
    ),
    counters=("receipts", "cuts", "blank_cuts", "lines", "bytes"),
)
