"""A receipt made into ESC/POS bytes, in pieces that each hold whole commands.

python-escpos (3.1) states the commands; the pieces are kept apart because the driver asks the printer for its status between them
and stops at trouble, which the library's own blocking printers cannot do. Sources: EPSON ESC/POS Application Programming Guide;
Chinese by FS & and GB18030 bytes, known from practice with GB18030 printers: the library never enters Han mode by itself.
"""

from dataclasses import dataclass
from pathlib import Path

import segno

from devices.receipt_printer import raster
from devices.receipt_printer.escpos_library import Dummy
from devices.receipt_printer.layout import Row, padded, rows_of
from devices.receipt_printer.types import Line, Style

_HAN_ON, _HAN_OFF = b"\x1c&", b"\x1c."
_SPACING = {Style.TITLE: 62, Style.STRONG: 36, Style.BODY: 34, Style.SMALL: 28, Style.SPACE: 24}
_RULE_MARGIN, _RULE_DOTS = 10, 2
_QR_WIDTH, _QR_LARGEST = 360, 8
_BAND = 24  # dots of a raster sent as one piece: 1,736 bytes
_LOWER_MARGIN = 40
_SMOOTH = b"\x1db\x01"


class UnprintableError(ValueError):
    """A line that no printer can set: a character without a picture, or a code that is too long. Carries a message key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, repr=False)
class Composed:
    """The pieces of a job. `start` prints nothing; `cut` is the only cut."""

    start: bytes
    body: tuple[bytes, ...]
    cut: bytes


def compose(lines: tuple[Line, ...], *, has_chinese_font: bool, font: Path = raster.FONT) -> Composed:
    """Makes the bytes of a job. Raises `UnprintableError` before anything is sent."""
    body = [piece for line in lines for row in rows_of(line) for piece in _pieces(row, has_chinese_font, font)]
    return Composed(start=initialise(), body=tuple(body), cut=cut())


def initialise() -> bytes:
    """ESC @ and what every job starts from; drops a line that was begun and not printed."""
    printer = Dummy()
    printer.hw("INIT")
    return bytes(printer.output) + _SMOOTH


def cut() -> bytes:
    """Leaves a lower margin, feeds to the cutter and cuts once (GS V 66 0)."""
    printer = Dummy()
    printer.cut(feed=False)
    return _feed(_LOWER_MARGIN) + bytes(printer.output)


def _pieces(row: Row, has_chinese_font: bool, font: Path) -> list[bytes]:
    match row.style:
        case Style.RULE:
            black = b"\xff" * (raster.DOTS // 8 * _RULE_DOTS)
            return [_feed(_RULE_MARGIN) + _raster(black) + _feed(_RULE_MARGIN)]
        case Style.SPACE:
            return [_feed(_SPACING[Style.SPACE])]
        case Style.QR:
            return [_code(row.text)]
        case _:
            return _text(row, has_chinese_font, font)


def _text(row: Row, has_chinese_font: bool, font: Path) -> list[bytes]:
    text = padded(row)
    if text.isascii() or (has_chinese_font and _is_gbk(text)):
        printer = Dummy()
        size = 2 if row.style is Style.TITLE else 1
        printer.set(
            align="left", bold=row.style in (Style.TITLE, Style.STRONG), custom_size=True, width=size, height=size
        )
        printer.line_spacing(_SPACING[row.style])
        body = text.encode("ascii") if text.isascii() else _HAN_ON + text.encode("gbk") + _HAN_OFF
        return [bytes(printer.output) + body + b"\n"]
    if not raster.can_draw(text, font):
        raise UnprintableError("receipt_printer.unprintable_character")
    dots = raster.draw(row, _SPACING[row.style], font)
    band = raster.DOTS // 8 * _BAND
    return [_raster(dots[start : start + band]) for start in range(0, len(dots), band)]


def _is_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _feed(dots: int) -> bytes:
    return b"\x1bJ" + bytes([dots])


def _raster(dots: bytes) -> bytes:
    across = raster.DOTS // 8
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + (len(dots) // across).to_bytes(2, "little") + dots


def _code(content: str) -> bytes:
    """A QR code drawn by the printer itself, centred, as large as is useful."""
    try:
        modules = segno.make_qr(content, error="m", boost_error=False).symbol_size(border=0)[0]
    except segno.DataOverflowError:
        raise UnprintableError("receipt_printer.code_too_long") from None
    size = max(3, min(_QR_LARGEST, _QR_WIDTH // modules))
    printer = Dummy()
    printer.set(align="center")
    printer.qr(content, ec=1, size=size, native=True)
    printer.set(align="left")
    return _feed(8) + bytes(printer.output) + _feed(12)
