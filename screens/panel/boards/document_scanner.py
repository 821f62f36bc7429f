"""The high-speed document scanner (eSCL)."""

from screens.panel.boards.board import UNPLUGGED, Board, Group, Level, Row, Sign, Switch, pick

_NAME = "document_scanner"
BOARD = Board(
    _NAME,
    Group.PICTURES,
    hands=(
        Row(
            "sheets",
            (
                *(
                    Switch(_NAME, "load", {"sheets": sheets}, ("sheets", sheets), f"load_{sheets}")
                    for sheets in (1, 10, 40)
                ),
                Switch(_NAME, "load", {"sheets": 3, "blank": [2]}, words="load_blank"),
                Switch(_NAME, "empty", mark=("sheets", 0)),
            ),
        ),
    ),
    rows=(
        Row(
            "hatch",
            (Switch(_NAME, "close_hatch"), Switch(_NAME, "open_hatch", mark=("adf", "ScannerAdfHatchOpen"))),
        ),
        Row(
            "jam",
            (
                Switch(_NAME, "clear_jam"),
                Switch(_NAME, "take_out"),
            ),
        ),
        pick(_NAME, "lamp", "lamp", {"mend_lamp": "ok", "stop_lamp": "broken"}),
        pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),
    ),
    faults=(
        Row(
            "midway",
            (
                Switch(_NAME, "jam_after", {"pages": 2}, words="jam_after_2"),
                Switch(_NAME, "double_feed_after", {"pages": 2}, words="double_feed_after_2"),
                Switch(_NAME, "cut_after", {"pages": 2}, words="cut_after_2"),
            ),
        ),
        pick(_NAME, "answers", "silent", {"answering": False, "silent": True}),
        pick(_NAME, "busy", "busy", {"idle": False, "busy": True}),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        *UNPLUGGED,
        Sign("adf", "ScannerAdfJam", Level.STOPPED, "jam"),
        Sign("adf", "ScannerAdfMultipickDetected", Level.STOPPED, "double_feed"),
        Sign("adf", "ScannerAdfHatchOpen", Level.STOPPED, "hatch_open"),
        Sign("lamp", "broken", Level.STOPPED, "lamp_broken"),
        Sign("silent", True, Level.LATER, "silent"),
        Sign("busy", True, Level.LATER, "busy"),
        Sign("sheets", 0, Level.QUIET, "no_sheets"),
        Sign("adf", "ScannerAdfLoaded", Level.READY, "loaded"),
    ),
    counters=("sheets", "pages", "jobs"),
)
