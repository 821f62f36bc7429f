"""Commands of the class `card_dispenser` (XFS4IoT CardReader.Move, Storage, Printer.PrintRaw)."""

from enum import Enum

import msgspec


class Place(str, Enum):
    """Where a card comes from or goes to (XFS4IoT: a storage unit, ``transport``, ``exit``)."""

    UNIT1 = "unit1"
    UNIT2 = "unit2"
    UNIT3 = "unit3"
    UNIT4 = "unit4"
    TRANSPORT = "transport"
    EXIT = "exit"
    RETAIN = "retain"


class Replenishment(str, Enum):
    """XFS4IoT Storage `replenishmentStatus`."""

    OK = "ok"
    FULL = "full"
    HIGH = "high"
    LOW = "low"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class Move(msgspec.Struct, frozen=True, rename={"source": "from"}):
    """`move`: one card."""

    source: Place
    to: Place


class PrintRaw(msgspec.Struct, frozen=True):
    """`printRaw`: the card's picture in the printer's own language. Personal: never logged."""

    data: bytes

    def __repr__(self) -> str:
        return f"PrintRaw({len(self.data)} bytes)"


MOVE = "move"
PRINT_RAW = "printRaw"
