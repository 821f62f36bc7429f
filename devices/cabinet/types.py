"""Commands of the class `cabinet` (XFS4IoT Lights.SetLight, Auxiliaries.SetAuxiliaries) and the words of its parts."""

from enum import Enum

import msgspec


class Door(str, Enum):
    """XFS4IoT doors."""

    CLOSED = "closed"
    OPEN = "open"
    LOCKED = "locked"
    BOLTED = "bolted"
    TAMPERED = "tampered"
    UNKNOWN = "unknown"


class Switch(str, Enum):
    """A sensor that is on or off: tamper, heat, call button."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Presence(str, Enum):
    """Whether somebody stands before the terminal."""

    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    UNKNOWN = "unknown"


class Light(str, Enum):
    """Guidance lamps by the device at which they shine."""

    CARD_READER = "cardReader"
    SMART_CARD = "smartCard"
    REWRITER = "rewriter"
    RECEIPT_PRINTER = "receiptPrinter"
    DOCUMENT_PRINTER = "documentPrinter"
    SCANNER = "scanner"
    DOCUMENT_CAMERA = "documentCamera"
    CAMERA = "camera"
    BARCODE_READER = "barcodeReader"
    PIN_PAD = "pinPad"
    SIGNATURE_PAD = "signaturePad"
    FINGERPRINT = "fingerprint"
    CARD_DISPENSER = "cardDispenser"
    LOCKER = "locker"
    STAMP_UNIT = "stampUnit"
    STATUS_GOOD = "statusGood"
    STATUS_BAD = "statusBad"


class FlashRate(str, Enum):
    """XFS4IoT `flashRate`; a lamp must never flash three times a second or more, which the board has to keep."""

    OFF = "off"
    SLOW = "slow"
    MEDIUM = "medium"
    QUICK = "quick"
    CONTINUOUS = "continuous"


class Colour(str, Enum):
    """XFS4IoT light `color`."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    CYAN = "cyan"
    MAGENTA = "magenta"
    WHITE = "white"


class SetLight(msgspec.Struct, frozen=True, rename="camel"):
    """`setLight`: one lamp."""

    light: Light
    flash_rate: FlashRate
    colour: Colour


class SetAuxiliaries(msgspec.Struct, frozen=True, rename="camel"):
    """`setAuxiliaries`: the buzzer."""

    audible_alarm: Switch


SET_LIGHT = "setLight"
SET_AUXILIARIES = "setAuxiliaries"
