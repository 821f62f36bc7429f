"""What goes to the render child and what comes back: one JSON request, one length-prefixed msgpack result.

The structures hide their contents in `repr`, so that no traceback or log shows a citizen's data.
"""

from dataclasses import dataclass, field

import msgspec

from kiosk.base.errors import Problem
from kiosk.central.contract import FundStatement
from kiosk.documents.slip import SlipData

REQUEST_LIMIT = 4 * 1024 * 1024
"""Most bytes of a request; a sheet of 360 rows takes about 80,000."""
RESULT_HEADER_BYTES = 4
RESULT_LIMIT = 64 * 1024 * 1024

PDF = "application/pdf"
PNG = "image/png"
CODE = "text/plain"


class _Quiet(msgspec.Struct, frozen=True):
    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class SigningKey(msgspec.Struct, frozen=True):
    """Where the terminal's Ed25519 key lies (PKCS #8 PEM or 32 raw bytes); only the child opens the file."""

    key_id: str
    path: str


class SheetRequest(_Quiet, frozen=True, tag="sheet"):
    """A statement to be laid out as 个人住房公积金查询单 (A4, tagged PDF).

    Attributes:
        statement: what the platform answered.
        channel: 渠道, e.g. 24小时自助终端.
        hall: the hall's name at the head of the paper.
        site: 网点, the terminal's place.
        terminal_id: as in the key list.
        terminal_number: 终端流水号 of this paper.
        item_code: code of the service item.
        printed_at: ISO 8601 with offset.
        demo: marks every page 演示.
        signing_key: None prints no attestation, and the sheet says so.
    """

    statement: FundStatement
    channel: str
    hall: str
    site: str
    terminal_id: str
    terminal_number: str
    item_code: str
    printed_at: str
    demo: bool
    signing_key: SigningKey | None


class AnswerSheetRequest(_Quiet, frozen=True, tag="answerSheet"):
    """The answer to a plain query, to be laid out as its item's paper (A4, tagged PDF); all texts are final.

    Attributes:
        title: of the paper, also of the PDF.
        note: at the foot of every page, what the paper may be used for.
        is_certificate: without a verification code it is not laid out.
        verification_code: the department's own; None: it gave none.
        fields: label and text, in the order of the paper.
        rows_title: over the rows; None: the item has none.
        columns: their labels, as many as each row has texts.
        is_number: by column; these stand at the right.
        rows: of texts, in the order of the department.
        as_of: 数据时间, ISO 8601 with offset.
        choice_label: what was chosen, "" where there is nothing to choose.
        name, id_number: of the confirmed person; only masked into the print attestation, never laid out from here.
        check_address: where the department checks the code, ``{code}`` in it stands for the code; "": at the department.
        others: as in `SheetRequest`.
    """

    title: str
    note: str
    is_certificate: bool
    verification_code: str | None
    fields: tuple[tuple[str, str], ...]
    rows_title: str | None
    columns: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    as_of: str
    choice_label: str
    channel: str
    hall: str
    site: str
    terminal_id: str
    terminal_number: str
    item_code: str
    printed_at: str
    demo: bool
    signing_key: SigningKey | None
    name: str = ""
    id_number: str = ""
    check_address: str = ""


class SlipRequest(_Quiet, frozen=True, tag="slip"):
    """A slip to be drawn as PNG, 576 dots wide (72 mm at 203.2 dots an inch)."""

    slip: SlipData


class SlipCodeRequest(_Quiet, frozen=True, tag="slipCode"):
    """A print attestation for a slip, to be its QR code: one page, without figures.

    Attributes:
        slip: as it will be printed, still without the code.
        id_masked: of the holder.
        printed_at: ISO 8601 with offset.
        signing_key: the terminal's.
        others: as in `SheetRequest`.
    """

    slip: SlipData
    terminal_id: str
    item_code: str
    id_masked: str
    printed_at: str
    signing_key: SigningKey


RenderRequest = SheetRequest | AnswerSheetRequest | SlipRequest | SlipCodeRequest


class RenderResult(_Quiet, frozen=True):
    """What the child says. `content` is empty when the bytes went to the caller's own file descriptor."""

    problem: str | None = None
    media_type: str = ""
    pages: int = 0
    byte_count: int = 0
    is_attested: bool = False
    replaced_characters: int = 0
    content: bytes = b""


@dataclass(frozen=True)
class RenderedDocument:
    """A rendered document.

    Attributes:
        media_type: ``application/pdf`` or ``image/png``.
        pages: number of pages, 1 for a slip.
        byte_count: size of the document.
        is_attested: bears a signed print attestation.
        replaced_characters: how many different characters the font lacks; each is printed as 〓.
        content: the document, empty if it was written to the caller's file descriptor. The caller drops it with the visit.
    """

    media_type: str
    pages: int
    byte_count: int
    is_attested: bool
    replaced_characters: int
    content: bytes = field(repr=False)


def encode_result(result: RenderResult) -> bytes:
    """Four bytes of length, big-endian, then msgpack."""
    body = msgspec.msgpack.encode(result)
    return len(body).to_bytes(RESULT_HEADER_BYTES, "big") + body


def decode_result(framed: bytes) -> RenderedDocument | Problem:
    """The result of a child; anything short, long or unreadable is ``documents.render_failed``."""
    body = framed[RESULT_HEADER_BYTES:]
    if len(framed) < RESULT_HEADER_BYTES or int.from_bytes(framed[:RESULT_HEADER_BYTES], "big") != len(body):
        return Problem("documents.render_failed")
    try:
        result = msgspec.msgpack.decode(body, type=RenderResult)
    except msgspec.MsgspecError:
        return Problem("documents.render_failed")
    if result.problem is not None:
        return Problem(result.problem)
    return RenderedDocument(
        result.media_type,
        result.pages,
        result.byte_count,
        result.is_attested,
        result.replaced_characters,
        result.content,
    )
