"""The uninterruptible power supply (NUT) and the loudspeaker (ALSA)."""

from screens.panel.boards.board import ANYTHING, UNPLUGGED, Board, Group, Level, Row, Sign, Switch, pick

_UPS, _AUDIO = "ups", "audio"
UPS = Board(
    _UPS,
    Group.CABINET,
    rows=(
        pick(
            _UPS,
            "mains",
            "status",
            {
                "mains_returns": "OL CHRG",
                "mains_fails": "OB DISCHRG",
                "battery_low": "OB LB",
                "replace_battery": "OL RB",
            },
        ),
        Row(
            "charge",
            tuple(
                Switch(_UPS, "charge", {"percent": percent}, ("charge", percent), f"charge_{percent}")
                for percent in (100, 50, 15)
            ),
        ),
        pick(_UPS, "cable", "plugged", {"plug": True, "unplug": False}),
    ),
    faults=(pick(_UPS, "answers", "way", {"normal": "plugged", "silence": "silent", "cut": "cut"}),),
    signs=(
        *UNPLUGGED,
        Sign("way", "cut", Level.STOPPED, "way_cut"),
        Sign("way", "silent", Level.LATER, "silent"),
        Sign("status", "OB LB", Level.STOPPED, "battery_low"),
        Sign("status", "OB DISCHRG", Level.LATER, "on_battery"),
        Sign("status", "OL RB", Level.LATER, "replace_battery"),
    ),
    counters=("charge",),
)
AUDIO = Board(
    _AUDIO,
    Group.CABINET,
    rows=(pick(_AUDIO, "sound", "broken", {"mend": False, "break": True}),),
    signs=(
        Sign("broken", True, Level.STOPPED, "broken"),
        Sign("last_bytes", ANYTHING, Level.READY, "played"),
        Sign("last_bytes", 0, Level.QUIET, "not_played"),
    ),
    counters=("last_bytes",),
)
