"""The travel-permit rewriter: a card in its slot or inside, and faults that are armed for one of its steps."""

from screens.panel.boards.board import (
    ANYTHING,
    FAULTY,
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

_NAME = "permit_rewriter"
_STEPS = ("erase", "chipWrite", "print", "verify", "eject")
_PARTS = ("eraser", "printer", "chip", "camera")


def _at_steps(fault: str, suffix: str = "") -> Row:
    """A fault that waits for a step."""
    switches = (
        Switch(_NAME, fault, {"step": step}, ("faults", f"{fault}:{step}{suffix}"), f"step.{step}") for step in _STEPS
    )
    return Row(fault, tuple(switches))


BOARD = Board(
    _NAME,
    Group.READERS,
    choices=(Choice("insert", "cards", "insert", "card", ""), Choice("inside", "cards", "inside", "card", "")),
    hands=(
        Row("card", (Switch(_NAME, "take"), Switch(_NAME, "remove", wanted="card"), Switch(_NAME, "clear_jam"))),
        Row("bin", (Switch(_NAME, "empty_bin", mark=("bin", 0)), Switch(_NAME, "fill_bin", mark=("bin", 3)))),
    ),
    rows=(
        pick(_NAME, "power", "powered", {"power_on": True, "power_off": False}),
        pick(_NAME, "cable", "plugged", {"plug": True, "unplug": False}),
    ),
    faults=(
        _at_steps("power_cut", ":middle"),
        *(_at_steps(fault) for fault in ("jam", "lie_ok", "lie_error", "mute")),
        Row(
            "break_part",
            tuple(Switch(_NAME, "break_part", {"part": part}, ("trouble", part), f"part.{part}") for part in _PARTS),
        ),
        Row("chip", (Switch(_NAME, "silent_chip"),)),
        lasting(_NAME, "silence", "garbage", "slow", "damage", "lose_answer", title="answers"),
        Row("end", (Switch(_NAME, "normal"),)),
    ),
    signs=(
        Sign("plugged", False, Level.STOPPED, "unplugged"),
        Sign("powered", False, Level.STOPPED, "off"),
        Sign("media", "jammed", Level.STOPPED, "jam"),
        *(Sign("trouble", part, Level.STOPPED, f"{part}_broken") for part in _PARTS),
        Sign("trouble", "bin_full", Level.STOPPED, "bin_full"),
        *FAULTY,
        Sign("working", ANYTHING, Level.READY, "working"),
        Sign("trouble", "bin_high", Level.LATER, "bin_high"),
        Sign("media", "entering", Level.READY, "at_slot"),
        Sign("media", "latched", Level.READY, "inside"),
        Sign("media", "notPresent", Level.QUIET, "no_card"),
    ),
    counters=(
        "counters/requests",
        "counters/erase",
        "counters/chipWrite",
        "counters/print",
        "counters/eject",
        "bin",
        "starts",
    ),
)
