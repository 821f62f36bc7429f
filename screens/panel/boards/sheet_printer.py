"""The sheet and licence printer (IPP): A4 in one tray, A3 and numbered paper in the other."""

from screens.panel.boards.board import UNPLUGGED, Board, Group, Level, Row, Sign, Switch, pick

_NAME = "sheet_printer"
_TRAYS = ("tray-1", "tray-2")


def _paper(tray: str) -> Row:
    states = (("refill", "full"), ("paper_low", "low"), ("paper_out", "out"))
    return Row(tray, tuple(Switch(_NAME, action, {"tray": tray}, (f"trays/{tray}", word)) for action, word in states))


BOARD = Board(
    _NAME,
    Group.PRINTERS,
    rows=(
        *map(_paper, _TRAYS),
        Row("serials", (Switch(_NAME, "load_serials", {"first": 1001, "sheets": 50}, words="serials_50"),)),
        pick(_NAME, "jam", "jam", {"clear_jam": False, "jam": True}),
        pick(_NAME, "cover", "cover", {"close_cover": "closed", "open_cover": "open"}),
        pick(_NAME, "toner", "toner", {"toner_full": "full", "toner_low": "low", "toner_out": "out"}),
        pick(_NAME, "cable", "cable", {"plug": "in", "unplug": "out"}),
    ),
    faults=(
        Row("speed", (Switch(_NAME, "normal"), Switch(_NAME, "slow", mark=("page_s", 2.0)))),
        Row(
            "midway",
            (
                Switch(_NAME, "paper_out_after", {"pages": 1}, words="out_in_1_page"),
                Switch(_NAME, "jam_after", {"pages": 1}, words="jam_in_1_page"),
                Switch(_NAME, "lose_page"),
            ),
        ),
    ),
    signs=(
        *UNPLUGGED,
        Sign("cover", "open", Level.STOPPED, "cover_open"),
        Sign("jam", True, Level.STOPPED, "jam"),
        Sign("toner", "out", Level.STOPPED, "toner_out"),
        Sign("trays/*", "out", Level.STOPPED, "paper_out"),
        Sign("paper", "out", Level.STOPPED, "paper_out"),
        Sign("trays/*", "low", Level.LATER, "paper_low"),
        Sign("paper", "low", Level.LATER, "paper_low"),
        Sign("toner", "low", Level.LATER, "toner_low"),
    ),
    counters=("sheets", "pages", "waiting", "cut_short"),
)
