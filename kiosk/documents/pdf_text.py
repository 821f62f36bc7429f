"""Reads a PDF back with PDFium: visible text by page, and whatever does not belong on a sheet of ours."""

from dataclasses import dataclass, field

_TEXT, _IMAGE, _FORM = 1, 3, 5
_FORM_DEPTH = 8
_VISIBLE_MODES = (0, 1, 2)


@dataclass(frozen=True)
class PdfReading:
    """Text of each page in the order of the content; `has_foreign_objects`: pictures, annotations or hidden text."""

    pages: list[str] = field(repr=False)
    has_foreign_objects: bool


def read_pdf(pdf: bytes) -> PdfReading | None:
    """Reads all pages; None if the bytes are no PDF that PDFium opens."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        pages: list[str] = []
        is_foreign = False
        for page in document:
            text_page = page.get_textpage()
            pages.append(text_page.get_text_range())
            text_page.close()
            is_foreign = is_foreign or raw.FPDFPage_GetAnnotCount(page) > 0
            for item in page.get_objects(max_depth=_FORM_DEPTH):
                is_hidden_text = item.type == _TEXT and raw.FPDFTextObj_GetTextRenderMode(item) not in _VISIBLE_MODES
                is_foreign = is_foreign or item.type == _IMAGE or is_hidden_text
            page.close()
        return PdfReading(pages, is_foreign)
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
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()
