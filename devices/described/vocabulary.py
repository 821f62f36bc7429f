"""The closed vocabulary of description files: what commands and parts each device class has, in XFS4IoT's words.

XFS4IoT: Lights.SetLight and Auxiliaries for the cabinet, CardReader.Move and Storage for the card dispenser,
Printer.ControlMedia for the stamp unit. A locker has no class there; its doors use the cabinet doors' words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from devices.status import Action, CompletionCode, DeviceClass, DeviceState, Media, Paper, Toner

DOOR_WORDS = ("closed", "open", "locked", "bolted", "tampered", "unknown")
SWITCH_WORDS = ("on", "off", "unknown")
PRESENCE_WORDS = ("present", "notPresent", "unknown")
FLASH_RATES = ("off", "slow", "medium", "quick", "continuous")
COLOURS = ("red", "green", "yellow", "blue", "cyan", "magenta", "white")
LIGHTS = (
    "cardReader",
    "smartCard",
    "rewriter",
    "receiptPrinter",
    "documentPrinter",
    "scanner",
    "documentCamera",
    "camera",
    "barcodeReader",
    "pinPad",
    "signaturePad",
    "fingerprint",
    "cardDispenser",
    "locker",
    "stampUnit",
    "statusGood",
    "statusBad",
)
REPLENISHMENT = ("ok", "full", "high", "low", "empty", "unknown")


@dataclass(frozen=True)
class Argument:
    """One argument of a command: one of `words`, else a whole number of the range, else (`is_raw`) bytes."""

    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    is_raw: bool = False


@dataclass(frozen=True)
class PartWords:
    """What a part can be. `is_named`: there may be several, each ``part.name``. `rest`: a momentary part's word at rest."""

    words: tuple[str, ...]
    is_named: bool = False
    rest: str | None = None


@dataclass(frozen=True)
class ClassWords:
    """One device class: commands with their arguments, parts, the message key for a device that does not answer."""

    commands: Mapping[str, Mapping[str, Argument]]
    parts: Mapping[str, PartWords]
    gone: str
    general: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _words(*enum: type[Media] | type[Paper] | type[Toner]) -> tuple[str, ...]:
    return tuple(member.value for kind in enum for member in kind)


STATES = tuple(state.value for state in DeviceState if state not in (DeviceState.STARTING, DeviceState.NO_DEVICE))
ACTIONS = tuple(action.value for action in Action)
COMPLETIONS = tuple(
    code.value
    for code in CompletionCode
    if code
    in (
        CompletionCode.SUCCESS,
        CompletionCode.COMMAND_ERROR_CODE,
        CompletionCode.DEVICE_NOT_READY,
        CompletionCode.HARDWARE_ERROR,
        CompletionCode.INVALID_DATA,
        CompletionCode.UNSUPPORTED_COMMAND,
        CompletionCode.USER_ERROR,
        CompletionCode.SEQUENCE_ERROR,
    )
)

_MEDIA = {"media": _words(Media)}

CLASSES: Mapping[str, ClassWords] = MappingProxyType(
    {
        DeviceClass.CABINET.value: ClassWords(
            commands={
                "setLight": {
                    "light": Argument(LIGHTS),
                    "flashRate": Argument(FLASH_RATES),
                    "colour": Argument(COLOURS),
                },
                "setAuxiliaries": {"audibleAlarm": Argument(("on", "off"))},
            },
            parts={
                "doors": PartWords(DOOR_WORDS, is_named=True),
                "tamper": PartWords(SWITCH_WORDS),
                "proximity": PartWords(PRESENCE_WORDS),
                "callButton": PartWords(SWITCH_WORDS, rest="off"),
                "heat": PartWords(SWITCH_WORDS),
                "lights": PartWords((*FLASH_RATES, "unknown"), is_named=True),
            },
            gone="cabinet.gone",
        ),
        DeviceClass.LOCKER.value: ClassWords(
            commands={"openDoor": {"door": Argument(low=1, high=60)}},
            parts={
                "doors": PartWords(DOOR_WORDS, is_named=True),
                "cells": PartWords(PRESENCE_WORDS, is_named=True),
            },
            gone="locker.gone",
        ),
        DeviceClass.STAMP_UNIT.value: ClassWords(
            commands={
                "controlMedia": {
                    "mediaControl": Argument(("stamp", "eject", "retract")),
                    "stamp": Argument(low=1, high=16),
                }
            },
            parts={"ink": PartWords(("full", "low", "out", "unknown"))},
            gone="stamp_unit.gone",
            general=_MEDIA,
        ),
        DeviceClass.CARD_DISPENSER.value: ClassWords(
            commands={
                "move": {
                    "from": Argument(("unit1", "unit2", "unit3", "unit4", "transport", "exit")),
                    "to": Argument(("exit", "transport", "retain")),
                },
                "printRaw": {"data": Argument(is_raw=True)},
            },
            parts={"storage": PartWords(REPLENISHMENT, is_named=True)},
            gone="card_dispenser.gone",
            general=_MEDIA,
        ),
    }
)
"""By device class. `general`: statuses of `DeviceStatus` itself beyond device, action and reason."""
