"""Commands of the class `stamp_unit` (XFS4IoT Printer.ControlMedia, whose media controls know ``stamp``)."""

from enum import Enum

import msgspec


class MediaControl(str, Enum):
    """What is done with the sheet."""

    STAMP = "stamp"
    EJECT = "eject"
    RETRACT = "retract"


class Ink(str, Enum):
    """XFS4IoT Printer `ink`."""

    FULL = "full"
    LOW = "low"
    OUT = "out"
    UNKNOWN = "unknown"


class ControlMedia(msgspec.Struct, frozen=True, rename="camel"):
    """`controlMedia`: `stamp` is the seal's number, from 1."""

    media_control: MediaControl
    stamp: int = 1


CONTROL_MEDIA = "controlMedia"
