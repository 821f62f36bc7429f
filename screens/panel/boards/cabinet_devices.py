"""The cabinet's I/O board, the locker, the stamp unit and the card dispenser: their rows come from their descriptions."""

from screens.panel.boards.board import ANYTHING, FAULTY, UNPLUGGED, Board, Group, Level, Sign

_FROZEN = Sign("stuck", ANYTHING, Level.LATER, "stuck")
_COUNTERS = ("counters/requests", "counters/replies", "counters/acted", "counters/damaged_bytes")
CABINET = Board(
    "cabinet",
    Group.CABINET,
    signs=(
        *UNPLUGGED,
        Sign("now/tamper", "on", Level.STOPPED, "tampered"),
        Sign("now/heat", "on", Level.STOPPED, "hot"),
        Sign("now/device", "hardwareError", Level.STOPPED, "broken"),
        *FAULTY,
        _FROZEN,
        Sign("now/doors.*", "open", Level.LATER, "doors_open"),
        Sign("now/callButton", "on", Level.LATER, "called"),
        Sign("now/device", "deviceBusy", Level.LATER, "busy"),
        Sign("now/proximity", "present", Level.READY, "someone"),
    ),
    counters=(*_COUNTERS[:2], "counters/setLight", "counters/setAuxiliaries"),
)
LOCKER = Board(
    "locker",
    Group.CABINET,
    signs=(*UNPLUGGED, *FAULTY, _FROZEN, Sign("now/doors.*", "open", Level.LATER, "doors_open")),
    counters=(*_COUNTERS[:2], "counters/openDoor"),
)
STAMP_UNIT = Board(
    "stamp_unit",
    Group.PRINTERS,
    signs=(
        *UNPLUGGED,
        Sign("now/media", "jammed", Level.STOPPED, "jam"),
        Sign("now/ink", "out", Level.STOPPED, "ink_out"),
        Sign("now/device", "hardwareError", Level.STOPPED, "broken"),
        *FAULTY,
        _FROZEN,
        Sign("now/ink", "low", Level.LATER, "ink_low"),
        Sign("now/device", "deviceBusy", Level.LATER, "busy"),
        Sign("now/media", "present", Level.READY, "paper_in"),
    ),
    counters=(*_COUNTERS[:2], "counters/controlMedia"),
)
CARD_DISPENSER = Board(
    "card_dispenser",
    Group.PRINTERS,
    signs=(
        *UNPLUGGED,
        Sign("now/media", "jammed", Level.STOPPED, "jam"),
        Sign("now/storage.unit1", "empty", Level.STOPPED, "no_cards"),
        Sign("now/storage.retain", "full", Level.STOPPED, "retain_full"),
        *FAULTY,
        _FROZEN,
        Sign("now/storage.unit1", "low", Level.LATER, "cards_low"),
        Sign("now/media", "present", Level.LATER, "card_waits"),
    ),
    counters=(*_COUNTERS[:2], "counters/move", "counters/printRaw"),
)
