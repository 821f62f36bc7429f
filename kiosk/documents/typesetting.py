"""Lays documents out with typst; only for the render child, whose memory goes with it.

Fonts are named and read from one folder of the Debian package fonts-noto-cjk, so that two machines print alike; no system
fonts, no packages, no network. Data enters as JSON in an input value and is never markup.
"""

import io
import os
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kiosk.documents import attestation, pdf_text, sheet
from kiosk.documents.slip import lay_out_slip, slip_lines
from kiosk.documents.wire import CODE, PDF, PNG, RenderResult, SheetRequest, SlipCodeRequest, SlipRequest
from kiosk.identity.masking import mask_id_number, mask_name

FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
TEMPLATES = Path(__file__).parent / "templates"
SUBSTITUTE = "〓"
"""Stands for a character the font lacks, as in Chinese and Japanese printing."""
SLIP_DOTS_PER_INCH = 203.2
SLIP_WIDTH_DOTS = 576
_LACKING = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_INVISIBLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]"
)
_MOST_LACKING = 64
_MOST_LAYOUTS = 3
_SLIP_FONTS = {
    "zh_CN": ("Noto Sans CJK SC", "zh", "CN"),
    "zh_HK": ("Noto Sans CJK HK", "zh", "HK"),
    "en": ("Noto Sans CJK SC", "en", "GB"),
}


class _Typesetter:
    """One template with one document's data; counts the characters that the font lacks."""

    def __init__(self, template: str) -> None:
        import typst

        # An empty package folder that cannot be filled: a template that asked for a package would fail, not download.
        self._compiler = typst.Compiler(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=[str(FONT_FOLDER)],
            ignore_system_fonts=True,
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )
        self.lacking: set[str] = set()

    def pdf(self, data: object, printed_at: datetime | None = None) -> bytes:
        """Tagged PDF 1.7 by PDF/UA-1, which also refuses any character that the font cannot show; those become 〓."""
        import typst

        while True:
            try:
                document = self._compiler.compile(
                    format="pdf", sys_inputs=self._inputs(data), pdf_standards=["ua-1"], timestamp=printed_at
                )
            except typst.TypstError as error:
                match = _LACKING.search(error.message)
                # The message quotes with escapes; every ASCII character has a glyph, so none of them is meant.
                missing = (
                    {mark for mark in _unescape(match[1]) if not mark.isascii()} - self.lacking if match else set()
                )
                if not missing or len(self.lacking) > _MOST_LACKING:
                    raise
                self.lacking |= missing
            else:
                assert isinstance(document, bytes)
                return document

    def png(self, data: object) -> bytes:
        """One page as PNG, without what the font lacks."""
        self.pdf(data)
        picture = self._compiler.compile(format="png", ppi=SLIP_DOTS_PER_INCH, sys_inputs=self._inputs(data))
        assert isinstance(picture, bytes)
        return picture

    def shown_words(self, words: sheet.SheetWords) -> sheet.SheetWords:
        """`words` as they are printed."""
        return msgspec.json.decode(self._shown(words), type=sheet.SheetWords) if self.lacking else words

    def _shown(self, data: object) -> str:
        text = msgspec.json.encode(_printable(msgspec.to_builtins(data))).decode()
        if not self.lacking:
            return text
        return "".join(SUBSTITUTE if character in self.lacking else character for character in text)

    def _inputs(self, data: object) -> dict[str, str]:
        return {"data": self._shown(data)}


def _printable(value: Any) -> Any:
    """`value` with control and invisible format characters in its texts turned to spaces; no font shows them."""
    if isinstance(value, str):
        return _INVISIBLE.sub(" ", value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value


def _unescape(text: str) -> str:
    """Undoes the escapes of typst's diagnostics (``\\u{...}``)."""
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda match: chr(int(match[1], 16)), text)


def render_slip(request: SlipRequest) -> RenderResult:
    """Draws a slip."""
    font, lang, region = _SLIP_FONTS[request.slip.language]
    qr = None if request.slip.qr is None else _qr_svg(request.slip.qr)
    data = {**msgspec.to_builtins(lay_out_slip(request.slip)), "font": font, "lang": lang, "region": region, "qr": qr}
    typesetter = _Typesetter("slip.typ")
    picture = typesetter.png(data)
    return RenderResult(None, PNG, 1, len(picture), False, len(typesetter.lacking), picture)


def render_sheet(request: SheetRequest) -> RenderResult:
    """Lays a sheet out, reads it back, compares it with its data, and hands it over only if what stands there is what was signed.

    The QR stands on the paper that it signs, so the page breaks are guessed first; a wrong guess costs a second layout.
    Returns a result with the problem ``documents.sheet_check_failed`` or ``documents.signing_key_unreadable``.

    Raises:
        ValueError: a date or month of the statement is none.
    """
    printed_at = datetime.fromisoformat(request.printed_at)
    words = sheet.sheet_words(request)
    key = None
    if request.signing_key is not None:
        try:
            key = attestation.load_private_key(Path(request.signing_key.path))
        except (OSError, ValueError, TypeError):
            return RenderResult(problem="documents.signing_key_unreadable")
    typesetter = _Typesetter("sheet.typ")
    pages = sheet.expected_pages(words)
    for _ in range(_MOST_LAYOUTS):
        if key is not None and request.signing_key is not None:
            text = attestation.sign_attestation(_attest(request, request.signing_key.key_id, printed_at, pages), key)
            words = replace(words, qr=_qr_svg(text))
        document = typesetter.pdf(words, printed_at)
        found = [attestation.squeeze(page) for page in pdf_text.page_texts(document)]
        if not sheet.pages_say(typesetter.shown_words(words), found):
            break
        if key is None or found == pages:
            return RenderResult(
                None, PDF, len(found), len(document), key is not None, len(typesetter.lacking), document
            )
        pages = found
    return RenderResult(problem="documents.sheet_check_failed")


def sign_slip(request: SlipCodeRequest) -> RenderResult:
    """The text of a slip's QR code: who signs, when, which number, and a digest over the words of the slip."""
    try:
        key = attestation.load_private_key(Path(request.signing_key.path))
    except (OSError, ValueError, TypeError):
        return RenderResult(problem="documents.signing_key_unreadable")
    printed_at = datetime.fromisoformat(request.printed_at)
    slip = request.slip
    page = attestation.squeeze("".join(line.text for line in slip_lines(slip)))
    said = attestation.Attestation(
        version=attestation.VERSION,
        key_id=request.signing_key.key_id,
        terminal_id=request.terminal_id,
        printed_at=int(printed_at.timestamp()),
        terminal_number=slip.terminal_number,
        item_code=request.item_code,
        pages=1,
        name_masked=slip.name_masked,
        id_masked=request.id_masked,
        date_from=printed_at.date().isoformat(),
        date_to=printed_at.date().isoformat(),
        rows=0,
        balance_fen=0,
        sum_fen=0,
        digest=attestation.content_digest([page]),
        page_digests=b"",
    )
    content = attestation.sign_attestation(said, key).encode()
    return RenderResult(None, CODE, 1, len(content), True, 0, content)


def _attest(request: SheetRequest, key_id: str, printed_at: datetime, pages: list[str]) -> attestation.Attestation:
    statement = request.statement
    return attestation.Attestation(
        version=attestation.VERSION,
        key_id=key_id,
        terminal_id=request.terminal_id,
        printed_at=int(printed_at.timestamp()),
        terminal_number=request.terminal_number,
        item_code=request.item_code,
        pages=len(pages),
        name_masked=mask_name(statement.account.name),
        id_masked=mask_id_number(statement.account.id_number),
        date_from=statement.date_from,
        date_to=statement.date_to,
        rows=len(statement.entries),
        balance_fen=statement.account.balance_fen,
        sum_fen=sheet.sum_of_entries(statement),
        digest=attestation.content_digest(pages),
        page_digests=attestation.page_digests(pages),
    )


def _qr_svg(text: str) -> str:
    """A QR code, error correction M, with the quiet zone of four modules that ISO/IEC 18004 wants."""
    import segno

    picture = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(picture, kind="svg", border=4, omitsize=True)
    return picture.getvalue().decode()
