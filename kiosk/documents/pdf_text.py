"""Reads a PDF back with PDFium: visible text by page, and whatever does not belong on a sheet of ours.

The second is a net with holes: it finds pictures, notes, hidden text and anything solid laid over text, but cannot tell that
a glyph's shape is the character it stands for. Whoever must be sure compares the signed figures with the paper by eye.
"""

import ctypes
from dataclasses import dataclass, field
from typing import Any

_TEXT, _PATH = 1, 2
_SHOWN_MODES = (0, 1, 2)
_WATERMARK_HEIGHT_PT = 40.0
_FINE_LINE_PT = 1.2
_TOUCH_PT = 0.7

_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PdfReading:
    """Text of each page in the order of the content; `has_foreign_objects`: what no terminal puts on a sheet."""

    pages: list[str] = field(repr=False)
    has_foreign_objects: bool


def read_pdf(pdf: bytes) -> PdfReading | None:
    """Reads all pages; None if the bytes are no PDF that PDFium opens."""
    import pypdfium2
    import pypdfium2.raw

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        is_foreign = False
        for page in document:
            is_foreign = is_foreign or _has_foreign_objects(page, pypdfium2.raw)
            page.close()
        return PdfReading(_texts(document), is_foreign)
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()


def page_texts(pdf: bytes) -> list[str]:
    """Only the texts, for a document that was just made.

    Raises:
        pypdfium2.PdfiumError: the bytes are no PDF.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return _texts(document)
    finally:
        document.close()


def _texts(document: Any) -> list[str]:
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        text_page.close()
        page.close()
    return texts


def _has_foreign_objects(page: Any, raw: Any) -> bool:
    """Notes, anything but text and paths, text that is not shown, or something solid over text drawn before it."""
    if raw.FPDFPage_GetAnnotCount(page) > 0:
        return True
    shown: list[_Box] = []
    for item in page.get_objects(max_depth=1):
        if item.type == _TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item) not in _SHOWN_MODES:
                return True
            box = item.get_bounds()
            # The watermark lies under everything.
            if box[3] - box[1] < _WATERMARK_HEIGHT_PT:
                shown.append(box)
        elif item.type != _PATH or (_is_solid(item, raw) and _touches(item.get_bounds(), shown)):
            return True
    return False


def _is_solid(path: Any, raw: Any) -> bool:
    fill_mode, has_stroke, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(path, fill_mode, has_stroke)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    return fill_mode.value != 0 or width.value > _FINE_LINE_PT


def _touches(box: _Box, others: list[_Box]) -> bool:
    left, bottom, right, top = (box[0] + _TOUCH_PT, box[1] + _TOUCH_PT, box[2] - _TOUCH_PT, box[3] - _TOUCH_PT)
    return any(left < other[2] and other[0] < right and bottom < other[3] and other[1] < top for other in others)
