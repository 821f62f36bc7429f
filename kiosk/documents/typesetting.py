"""Lays documents out with typst; only for the render child, whose memory goes with it.

Fonts are named and read from one folder of the Debian package fonts-noto-cjk, so that two machines print alike; no system
fonts, no packages, no network. Data enters as JSON in an input value and is never markup.
"""

import io
import itertools
import json
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kiosk.documents import answer_sheet, attestation, sheet
from kiosk.documents.page_words import PageWords
from kiosk.documents.plain_text import INVISIBLE, SUBSTITUTE, unsure
from kiosk.documents.sealing import seal
from kiosk.documents.slip import lay_out_slip, slip_lines
from kiosk.documents.wire import (
    CODE,
    PDF,
    PNG,
    AnswerSheetRequest,
    RenderResult,
    SheetRequest,
    SlipCodeRequest,
    SlipRequest,
)
from kiosk.identity.masking import mask_id_number, mask_name

FONT_FOLDER = Path("/usr/share/fonts/opentype/noto")
TEMPLATES = Path(__file__).parent / "templates"
SLIP_DOTS_PER_INCH = 203.2
SLIP_WIDTH_DOTS = 576
_LACKING = re.compile(r'the text `"(.*)"` could not be displayed', re.DOTALL)
_TOO_LONG = "assertion failed: text too long"
_MOST_LOOKS = 6
"""Layouts that each find one character that the font lacks; after that only what is sure to be there is kept."""
_SLIP_FONTS = {
    "zh_CN": ("Noto Sans CJK SC", "zh", "CN"),
    "zh_HK": ("Noto Sans CJK HK", "zh", "HK"),
    "en": ("Noto Sans CJK SC", "en", "GB"),
}


class _Typesetter:
    """One template with one document's data; counts the characters that the font lacks.

    `main`: a template's name, or source that uses one and holds nothing of a citizen. `data`: what `breaks` asks about.
    """

    def __init__(self, main: str | bytes, data: object = None) -> None:
        import typst

        self.lacking: set[str] = set()
        self._main = main if isinstance(main, bytes) else (TEMPLATES / main).read_bytes()
        # An empty package folder that cannot be filled: a template that asked for a package would fail, not download.
        self._compiler = typst.Compiler(
            self._main,
            root=str(TEMPLATES),
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
            ),
            sys_inputs=self._inputs(data),
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )

    def breaks(self) -> list[int]:
        """The page of each piece, as the template tells."""
        told = self._compiler.query("<pages>", field="value", one=True)
        return msgspec.json.decode(told, type=list[int])

    def pdf(self, data: object, printed_at: datetime | None = None, main: bytes | None = None) -> bytes:
        """Tagged PDF 1.7 by PDF/UA-1, which also refuses any character that the font cannot show; those become 〓.

        `main`: in place of what the typesetter was made with.
        """
        import typst

        for attempt in itertools.count(1):
            try:
                document = self._compiler.compile(
                    main or self._main,
                    format="pdf",
                    sys_inputs=self._inputs(data),
                    pdf_standards=["ua-1"],
                    timestamp=printed_at,
                )
            except typst.TypstError as error:
                match = _LACKING.search(error.message)
                # The message quotes with escapes; every ASCII character has a glyph, so none of them is meant.
                missing = (
                    {mark for mark in _unescape(match[1]) if not mark.isascii()} - self.lacking if match else set()
                )
                if missing and attempt >= _MOST_LOOKS:
                    missing = unsure(self._shown(data))
                if not missing:
                    raise
                self.lacking |= missing
            else:
                assert isinstance(document, bytes)
                return document
        raise AssertionError  # never: the count has no end

    def png(self, data: object) -> bytes:
        """One page as PNG, without what the font lacks."""
        self.pdf(data)
        picture = self._compiler.compile(
            self._main, format="png", ppi=SLIP_DOTS_PER_INCH, sys_inputs=self._inputs(data)
        )
        assert isinstance(picture, bytes)
        return picture

    def shown_words(self, words: PageWords) -> PageWords:
        """`words` as they are printed."""
        return msgspec.json.decode(self._shown(words), type=PageWords) if self.lacking else words

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
        return INVISIBLE.sub(" ", value)
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

    Returns a result with the problem ``documents.sheet_check_failed`` or ``documents.signing_key_unreadable``.

    Raises:
        ValueError: a date or month of the statement is none.
    """
    statement = request.statement
    layout = _StatementLayout(sheet.sheet_words(request), datetime.fromisoformat(request.printed_at))
    said = _Said(
        mask_name(statement.account.name),
        mask_id_number(statement.account.id_number),
        statement.date_from,
        statement.date_to,
        len(statement.entries),
        statement.account.balance_fen,
        sheet.sum_of_entries(statement),
    )
    return _sealed(request, layout, said)


def render_answer_sheet(request: AnswerSheetRequest) -> RenderResult:
    """Likewise the paper of a plain query.

    Returns a result with a problem as `render_sheet` does, or with ``documents.no_verification_code`` or
    ``documents.text_too_long`` (what does not break is higher than a page).

    Raises:
        ValueError: a time is none, or the rows and columns do not fit together.
    """
    if request.is_certificate and not request.verification_code:
        return RenderResult(problem="documents.no_verification_code")
    layout = _AnswerLayout(answer_sheet.answer_words(request), datetime.fromisoformat(request.printed_at))
    as_of = datetime.fromisoformat(request.as_of).date().isoformat()
    said = _Said(mask_name(request.name), mask_id_number(request.id_number), "", as_of, len(request.rows), None, None)
    try:
        return _sealed(request, layout, said)
    except RuntimeError as error:  # typst's own kind derives from it, and a query raises it bare
        if _TOO_LONG in str(error):
            return RenderResult(problem="documents.text_too_long")
        raise


class _StatementLayout:
    """The fund's sheet; its pages nearly always break alike, so that one layout is enough."""

    def __init__(self, words: sheet.SheetWords, printed_at: datetime) -> None:
        self._words = words
        self._printed_at = printed_at
        self._typesetter = _Typesetter("sheet.typ")

    @property
    def replaced_characters(self) -> int:
        return len(self._typesetter.lacking)

    def foretold(self) -> list[str]:
        return self.words().pages(sheet.usual_breaks(self._words))

    def pdf(self, code: str) -> bytes:
        words = replace(self._words, qr=_qr_svg(code)) if code else self._words
        return self._typesetter.pdf(words, self._printed_at)

    def words(self) -> PageWords:
        return self._typesetter.shown_words(sheet.page_words(self._words))


class _AnswerLayout:
    """The sheet of a plain query: nobody knows its breaks before, so it is laid out without the code and asked for them.

    That layout is kept by typst, and the one with the code costs a fifth of it.
    """

    def __init__(self, words: answer_sheet.AnswerWords, printed_at: datetime) -> None:
        self._words = replace(words, code_qr=_qr_svg(words.code_qr)) if words.code_qr else words
        self._printed_at = printed_at
        self._typesetter = _Typesetter(_paper(""), self._words)

    @property
    def replaced_characters(self) -> int:
        return self._words.replaced_characters + len(self._typesetter.lacking)

    def foretold(self) -> list[str]:
        return self.words().pages(self._typesetter.breaks())

    def pdf(self, code: str) -> bytes:
        return self._typesetter.pdf(self._words, self._printed_at, _paper(_qr_svg(code) if code else ""))

    def words(self) -> PageWords:
        return self._typesetter.shown_words(answer_sheet.page_words(self._words))


def _paper(svg: str) -> bytes:
    return f'#import "/answer_sheet.typ": paper\n#paper({json.dumps(svg)})'.encode()


@dataclass(frozen=True)
class _Said:
    """What an attestation says of the content; see there."""

    name_masked: str
    id_masked: str
    date_from: str
    date_to: str
    rows: int
    balance_fen: int | None
    sum_fen: int | None


def _sealed(
    request: SheetRequest | AnswerSheetRequest, layout: _StatementLayout | _AnswerLayout, said: _Said
) -> RenderResult:
    if request.signing_key is None:
        sheet_made = seal(layout, [], None)
    else:
        try:
            key = attestation.load_private_key(Path(request.signing_key.path))
        except (OSError, ValueError, TypeError):
            return RenderResult(problem="documents.signing_key_unreadable")
        key_id = request.signing_key.key_id
        sheet_made = seal(
            layout,
            layout.foretold(),
            lambda pages: attestation.sign_attestation(_attest(request, key_id, said, pages), key),
        )
    if sheet_made is None:
        return RenderResult(problem="documents.sheet_check_failed")
    content = sheet_made.document
    is_attested = request.signing_key is not None
    return RenderResult(None, PDF, sheet_made.pages, len(content), is_attested, layout.replaced_characters, content)


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


def _attest(
    request: SheetRequest | AnswerSheetRequest, key_id: str, said: _Said, pages: list[str]
) -> attestation.Attestation:
    return attestation.Attestation(
        version=attestation.VERSION,
        key_id=key_id,
        terminal_id=request.terminal_id,
        printed_at=int(datetime.fromisoformat(request.printed_at).timestamp()),
        terminal_number=request.terminal_number,
        item_code=request.item_code,
        pages=len(pages),
        name_masked=said.name_masked,
        id_masked=said.id_masked,
        date_from=said.date_from,
        date_to=said.date_to,
        rows=said.rows,
        balance_fen=said.balance_fen,
        sum_fen=said.sum_fen,
        digest=attestation.content_digest(pages),
        page_digests=attestation.page_digests(pages),
    )


def _qr_svg(text: str) -> str:
    """A QR code, error correction M, with the quiet zone of four modules that ISO/IEC 18004 wants."""
    import segno

    picture = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(picture, kind="svg", border=4, omitsize=True)
    return picture.getvalue().decode()
