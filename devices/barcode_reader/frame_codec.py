"""What a serial barcode scanner sends, as pure bytes.

Source: the scanners' usual factory settings, known from practice: the code's bytes, then CR, LF or both, sometimes between STX
and ETX, sometimes after the symbology identifier ``]`` letter modifier of ISO/IEC 15424. There is no checksum on the line:
what is no text, too long or torn is refused.
"""

from enum import Enum

from devices.barcode_reader.types import BarcodeRead, Symbology

LONGEST = 7089
"""Digits of the largest QR code (ISO/IEC 18004, version 40-L)."""

_STX, _ETX = 0x02, 0x03
_KEPT_CONTROLS = frozenset("\t\n\r\x04\x1c\x1d\x1e")
"""Besides line ends the separators of GS1 and ISO/IEC 15434."""
_SYMBOLOGIES = {
    "A": Symbology.CODE_39,
    "C": Symbology.CODE_128,
    "E": Symbology.EAN,
    "F": Symbology.CODABAR,
    "G": Symbology.CODE_93,
    "I": Symbology.ITF,
    "L": Symbology.PDF_417,
    "Q": Symbology.QR_CODE,
    "d": Symbology.DATA_MATRIX,
    "h": Symbology.HAN_XIN,
    "z": Symbology.AZTEC,
}


class Ending(str, Enum):
    """What ends a code; `EITHER` cuts at each CR or LF, so that a code with line ends of its own needs another one."""

    CR = "cr"
    LF = "lf"
    CRLF = "crlf"
    EITHER = "either"


class Damage(Enum):
    """Why there is no code."""

    TOO_LONG = "tooLong"
    NOT_TEXT = "notText"
    CUT_SHORT = "cutShort"
    NO_IDENTIFIER = "noIdentifier"


_ENDS = {Ending.CR: (b"\r",), Ending.LF: (b"\n",), Ending.CRLF: (b"\r\n",), Ending.EITHER: (b"\r", b"\n")}


def parse_code(data: bytes, *, has_identifier: bool) -> BarcodeRead | Damage:
    """One code's bytes, without ending, as text: UTF-8, else GB18030."""
    symbology = Symbology.UNKNOWN
    if has_identifier:
        if len(data) < 3 or data[0] != 0x5D or not data[1:3].isalnum():
            return Damage.NO_IDENTIFIER
        symbology = _SYMBOLOGIES.get(chr(data[1]), Symbology.UNKNOWN)
        data = data[3:]
    text = _text(data)
    if not text or any(character < " " and character not in _KEPT_CONTROLS for character in text):
        return Damage.NOT_TEXT
    return BarcodeRead(symbology, text)


def _text(data: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    return ""


class FrameReader:
    """Cuts the stream into codes. Holds a code only until its end.

    Args:
        ending: what ends a code.
        is_framed: whether STX and ETX stand around it; bytes between an ETX and the next STX are passed over.
        has_identifier: whether each code begins with its symbology identifier.
        longest: bytes of a code at most; what is longer is passed over up to its end.
        gap_s: a code that stops for so long is torn.
    """

    def __init__(
        self,
        ending: Ending = Ending.EITHER,
        *,
        is_framed: bool = False,
        has_identifier: bool = False,
        longest: int = LONGEST,
        gap_s: float = 0.2,
    ) -> None:
        self._ends = (bytes((_ETX,)),) if is_framed else _ENDS[ending]
        self._is_framed = is_framed
        self._has_identifier = has_identifier
        self._longest = longest
        self._gap_s = gap_s
        self._pending = bytearray()
        self._heard_at = 0.0
        self._is_inside = not is_framed
        self._is_spoiled = False  # too long: passed over until its end

    @property
    def pending_bytes(self) -> int:
        """How much of an unfinished code is held."""
        return len(self._pending)

    def clear(self) -> None:
        """Overwrites what is held and begins anew."""
        self._wipe(len(self._pending))
        self._is_inside = not self._is_framed
        self._is_spoiled = False

    def feed(self, data: bytes | bytearray, at: float) -> list[BarcodeRead | Damage]:
        """Takes bytes that came at `at` (monotonic seconds); returns the codes that they end, in order."""
        found = self.expire(at)
        self._heard_at = at
        for byte in data:
            if self._is_framed and byte == _STX:
                if self._pending:
                    found.append(Damage.CUT_SHORT)
                self.clear()
                self._is_inside = True
            elif self._is_inside:
                self._take(byte, found)
        return found

    def expire(self, at: float) -> list[BarcodeRead | Damage]:
        """Gives up a code that has stopped."""
        if at - self._heard_at <= self._gap_s or not (self._pending or self._is_spoiled):
            return []
        found: list[BarcodeRead | Damage] = [] if self._is_spoiled else [Damage.CUT_SHORT]
        self.clear()
        return found

    def _take(self, byte: int, found: list[BarcodeRead | Damage]) -> None:
        self._pending.append(byte)
        end = next((end for end in self._ends if self._pending.endswith(end)), None)
        if end is not None:
            if not self._is_spoiled and len(self._pending) > len(end):
                code = bytes(memoryview(self._pending)[: -len(end)])
                found.append(parse_code(code, has_identifier=self._has_identifier))
            self.clear()
        elif len(self._pending) > self._longest + len(self._ends[0]) - 1:
            if not self._is_spoiled:
                found.append(Damage.TOO_LONG)
            self._is_spoiled = True
            self._wipe(len(self._pending) - 1)  # the last byte may be half of an ending

    def _wipe(self, count: int) -> None:
        self._pending[:count] = bytes(count)
        del self._pending[:count]
