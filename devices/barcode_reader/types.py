"""Commands and results of the class `barcode_reader` (XFS4IoT BarcodeReader terms)."""

from enum import Enum

import msgspec


class Symbology(str, Enum):
    """XFS4IoT BarcodeReader `symbologies`, those that a scanner tells by its AIM identifier."""

    CODE_39 = "code39"
    CODE_93 = "code93"
    CODE_128 = "code128"
    CODABAR = "codabar"
    EAN = "ean13"  # the identifier does not part EAN-13 from UPC
    ITF = "itf"
    PDF_417 = "pdf417"
    QR_CODE = "qrCode"
    DATA_MATRIX = "dataMatrix"
    AZTEC = "aztec"
    HAN_XIN = "hanXin"  # GB/T 21049 汉信码; no word of XFS4IoT's
    UNKNOWN = "symbologyUnknown"


class Scanner(str, Enum):
    """XFS4IoT BarcodeReader status `scanner`: its light."""

    ON = "on"
    OFF = "off"
    INOPERATIVE = "inoperative"
    UNKNOWN = "unknown"


class ReadBarcode(msgspec.Struct, frozen=True):
    """`read`: wait for one code. `symbologies`: only these; empty takes all. Others are told as `invalidData`."""

    symbologies: tuple[Symbology, ...] = ()


class BarcodeRead(msgspec.Struct, frozen=True):
    """Success of `read`. The text may be personal (a photo receipt, a health code): never logged."""

    symbology: Symbology
    text: str

    def __repr__(self) -> str:
        return f"BarcodeRead({self.symbology.value!r}, ...)"


READ = "read"
RESET = "reset"  # forget what was scanned last
EVENT_INVALID_DATA = "invalidData"  # a code was refused, the read goes on. payload: msgpack of the message key
PART_SCANNER = "scanner"
