"""Commands of the class `audio` (XFS4IoT Auxiliaries.SetAuxiliaries `audio`, whose signals these are)."""

from enum import Enum

import msgspec


class Signal(str, Enum):
    """XFS4IoT audio `signal`."""

    KEYPRESS = "keypress"
    EXCLAMATION = "exclamation"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


class PlaySignal(msgspec.Struct, frozen=True):
    """`playSignal`: one short signal."""

    signal: Signal


class PlaySound(msgspec.Struct, frozen=True):
    """`playSound`: a WAV file of the configured folder, by its name without ``.wav``."""

    sound: str


PLAY_SIGNAL = "playSignal"
PLAY_SOUND = "playSound"
