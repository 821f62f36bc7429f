"""The vocabulary of devices: CEN XFS4IoT (CWA 17852), camelCase on the wire.

A sub-status that is ``None`` cannot be reported by the device; ``UNKNOWN`` means that it can, but not now.
"""

from enum import Enum

import msgspec


class DeviceClass(str, Enum):
    """The device classes of a terminal; the value names the folder under `devices`."""

    ID_CARD_READER = "id_card_reader"
    SMART_CARD = "smart_card"
    RECEIPT_PRINTER = "receipt_printer"
    SHEET_PRINTER = "sheet_printer"
    DOCUMENT_SCANNER = "document_scanner"
    DOCUMENT_CAMERA = "document_camera"
    FACE_CAMERA = "face_camera"
    CABINET = "cabinet"
    LOCKER = "locker"
    STAMP_UNIT = "stamp_unit"
    CARD_DISPENSER = "card_dispenser"
    UPS = "ups"
    AUDIO = "audio"
    BARCODE_READER = "barcode_reader"
    KEYPAD = "keypad"
    SIGNATURE_PAD = "signature_pad"
    FINGERPRINT_READER = "fingerprint_reader"
    PERMIT_REWRITER = "permit_rewriter"


class DeviceState(str, Enum):
    """XFS4IoT Common.Status `device`."""

    ONLINE = "online"
    OFFLINE = "offline"  # an operator took it out, not a pulled plug
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    STARTING = "starting"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"


class Media(str, Enum):
    """XFS4IoT CardReader/Printer `media`."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    JAMMED = "jammed"
    ENTERING = "entering"
    RETRACTED = "retracted"
    LATCHED = "latched"


class Paper(str, Enum):
    """XFS4IoT Printer `paper`."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


class Toner(str, Enum):
    """XFS4IoT Printer `toner`."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"


class Action(str, Enum):
    """XFS4IoT error event `action`: who can mend it."""

    RESET = "reset"  # software may do it
    CONFIGURATION = "configuration"
    CLEAR = "clear"  # hall staff: paper, a forgotten card
    MAINTENANCE = "maintenance"  # a technician
    SUSPEND = "suspend"  # recovers by itself
    SOFTWARE_ERROR = "softwareError"


class CompletionCode(str, Enum):
    """XFS4IoT completion codes."""

    SUCCESS = "success"
    COMMAND_ERROR_CODE = "commandErrorCode"
    CANCELED = "canceled"
    DEVICE_NOT_READY = "deviceNotReady"
    HARDWARE_ERROR = "hardwareError"
    INTERNAL_ERROR = "internalError"
    INVALID_COMMAND = "invalidCommand"
    INVALID_REQUEST_ID = "invalidRequestID"
    TIME_OUT = "timeOut"
    UNSUPPORTED_COMMAND = "unsupportedCommand"
    INVALID_DATA = "invalidData"
    USER_ERROR = "userError"
    UNSUPPORTED_DATA = "unsupportedData"
    FRAUD_ATTEMPT = "fraudAttempt"
    SEQUENCE_ERROR = "sequenceError"
    AUTHORISATION_REQUIRED = "authorisationRequired"


class Part(msgspec.Struct, frozen=True):
    """One named part of a device and XFS4IoT's word for it, e.g. ``doors.front`` ``open``, ``storage.unit1`` ``low``."""

    name: str
    word: str


class DeviceStatus(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """One device's status as last really exchanged with it; never a guess.

    Attributes:
        state: XFS4IoT `device`.
        media, paper, toner: sub-status, ``None`` where the device has no such part.
        action: who can mend the present trouble, ``None`` when there is none.
        reason: message key of a sentence for people, ``None`` when all is well.
        module_id: what the device says it is (no serial of a person), ``None`` when it has none.
        cover_open: the printer's cover.
        parts: of devices with doors, lamps, boxes and the like: every part that the device can report, by name.
    """

    state: DeviceState
    media: Media | None = None
    paper: Paper | None = None
    toner: Toner | None = None
    action: Action | None = None
    reason: str | None = None
    module_id: str | None = None
    cover_open: bool | None = None
    parts: tuple[Part, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether a command may be given now."""
        return self.state is DeviceState.ONLINE or self.state is DeviceState.DEVICE_BUSY


STARTING = DeviceStatus(DeviceState.STARTING)
NO_DEVICE = DeviceStatus(DeviceState.NO_DEVICE)
