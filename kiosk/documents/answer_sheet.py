"""The paper of any plain query: its words in reading order, and how wide and in which rows they stand. Pure.

The item's file names the fields and columns, the department their values; here nothing of either is known beforehand.
The department's verification code is printed as it came and never made up: a certificate without one is no paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from kiosk.documents import formats
from kiosk.documents.attestation import squeeze
from kiosk.documents.column_widths import column_widths, fragments, width_of
from kiosk.documents.page_words import PageWords
from kiosk.documents.plain_text import SUBSTITUTE, plain
from kiosk.documents.sheet import DEMO_WORDS, QR_ALT, QR_CAPTION, UNATTESTED, WATERMARK
from kiosk.documents.wire import AnswerSheetRequest

EMPTY_WORDS = "没有记录"
CODE_LABEL = "验证码"
CODE_ALT = "验证码二维码"
CODE_AT_DEPARTMENT = "请向出具部门核验，核验时出示或输入此码"
CODE_AT_ADDRESS = "核验地址"
CODE_GROUP = 4

BODY_WIDTH_MM = 182.0
_MM_OF_POINT = 25.4 / 72
_CELL_INSET_MM = 1.2
_AFTER_NUMBER_MM = 3.6
_ROW_POINTS = ((6, 8.0), (8, 7.5))
_MOST_COLUMNS_POINTS = 7.0
_LABEL_EM = 7.5 * _MM_OF_POINT
_VALUE_EM = 9.0 * _MM_OF_POINT
_LABEL_MOST_MM = 34.0
_HALL_EM = 8 * _MM_OF_POINT
_HALL_MOST_MM = 60.0
_FIELD_INSET_MM = 1.4
_CODE_COLUMN_MM = 40.0
_BESIDE_CODE_MM = 43.0
_LINE_MM = 4.6
_TALL_FIELD = 100
_TALL_LINES = 8
_FIELD_PAD_MM = 4.6

Pieces = str | tuple[str, ...]
"""A text, or the pieces of one between which a line may end."""


@dataclass(frozen=True)
class AnswerField:
    """A label and its value; a wide one has its row for itself."""

    label: Pieces
    value: Pieces = field(repr=False)
    is_wide: bool


@dataclass(frozen=True)
class AnswerWords:
    """All words of a sheet, in the order in which they stand on the paper, and their measures in mm and points."""

    title: Pieces
    document_title: str
    title_size: float
    demo_words: str
    hall: Pieces
    hall_width: float
    watermark: str
    header: tuple[tuple[str, Pieces], ...]
    attested: bool
    qr_alt: str
    qr_caption: str
    code_label: str
    code: str = field(repr=False)
    code_where: Pieces
    code_qr: str = field(repr=False)
    code_alt: str
    label_width: float
    value_width: float
    fields_beside: tuple[tuple[AnswerField, ...], ...] = field(repr=False)
    fields: tuple[tuple[AnswerField, ...], ...] = field(repr=False)
    tall_fields: tuple[int, ...]
    rows_title: Pieces
    rows_count: str
    columns: tuple[Pieces, ...]
    column_widths: tuple[float, ...]
    insets_left: tuple[float, ...]
    row_size: float
    is_number: tuple[bool, ...]
    rows: tuple[tuple[Pieces, ...], ...] = field(repr=False)
    tall_rows: tuple[int, ...]
    empty: str
    note: Pieces
    foot: str
    replaced_characters: int


def answer_words(request: AnswerSheetRequest) -> AnswerWords:
    """Formats and measures a request.

    Raises:
        ValueError: a time is none, or a row has more or fewer texts than there are columns.
    """
    if any(len(row) != len(request.columns) for row in (request.is_number, *request.rows)):
        raise ValueError("as many texts in each row as columns")
    replaced: set[str] = set()
    request = msgspec.convert(_plain(msgspec.to_builtins(request), replaced), AnswerSheetRequest)
    code = request.verification_code or ""
    attested = request.signing_key is not None
    label_width, value_width, field_rows = _arranged(request.fields, is_beside_code=attested and not code)
    beside = _beside_code(field_rows, value_width) if attested and not code else 0
    row_size = next((size for most, size in _ROW_POINTS if len(request.columns) <= most), _MOST_COLUMNS_POINTS)
    em = row_size * _MM_OF_POINT
    shown = tuple(tuple(_shown(text) for text in row) for row in request.rows)
    insets = _insets_left(request.is_number)
    room = BODY_WIDTH_MM - sum(insets) - _CELL_INSET_MM * len(insets)
    widths = column_widths(request.columns, request.is_number, shown, room / em) if request.columns else ()
    return AnswerWords(
        title=fragments(request.title, 20.0),
        document_title=_shown(request.title),
        title_size=16.0 if width_of(request.title) <= 20 else 11.0,
        demo_words=DEMO_WORDS if request.demo else "",
        hall=fragments(request.hall, _HALL_MOST_MM / _HALL_EM),
        hall_width=min((width_of(request.hall) + 1) * _HALL_EM, _HALL_MOST_MM),
        watermark=WATERMARK if request.demo else "",
        header=_header(request),
        attested=attested,
        qr_alt=QR_ALT,
        qr_caption=QR_CAPTION,
        code_label=CODE_LABEL if code else "",
        code=grouped(code),
        code_where=_where(request) if code else "",
        code_qr=request.check_address.replace("{code}", quote(code)) if code and request.check_address else code,
        code_alt=CODE_ALT,
        label_width=label_width,
        value_width=value_width,
        fields_beside=field_rows[:beside],
        fields=field_rows[beside:],
        tall_fields=_tall_fields(field_rows[beside:]),
        rows_title=fragments(request.rows_title or "", 40.0),
        rows_count="" if request.rows_title is None else f"共 {len(request.rows)} 条",
        columns=tuple(fragments(label, width) for label, width in zip(request.columns, widths, strict=True)),
        column_widths=tuple(
            round(width * em + inset + _CELL_INSET_MM, 3) for width, inset in zip(widths, insets, strict=True)
        ),
        insets_left=insets,
        row_size=row_size,
        is_number=request.is_number,
        rows=tuple(tuple(fragments(text, width) for text, width in zip(row, widths, strict=True)) for row in shown),
        tall_rows=_tall_rows(request.columns, shown, widths),
        empty="" if request.rows_title is None or request.rows else EMPTY_WORDS,
        note=fragments(request.note, 36.0),
        foot=f"终端流水号 {request.terminal_number}" + ("" if attested else f" · {UNATTESTED}"),
        replaced_characters=len(replaced),
    )


def _insets_left(is_number: tuple[bool, ...]) -> tuple[float, ...]:
    """The space at the left of each column (mm), wider for a text that follows figures."""
    after_number = (False, *is_number)[: len(is_number)]
    return tuple(
        _CELL_INSET_MM if number or not follows else _AFTER_NUMBER_MM
        for number, follows in zip(is_number, after_number, strict=True)
    )


def grouped(code: str) -> str:
    """A verification code in fours; one that comes with spaces or hyphens keeps its own groups."""
    if not code.isalnum():
        return code
    return " ".join(code[place : place + CODE_GROUP] for place in range(0, len(code), CODE_GROUP))


def page_words(words: AnswerWords) -> PageWords:
    """The words as they stand on the pages."""
    head = [words.watermark * 3, words.title, words.demo_words, words.hall, *_flat(words.header)]
    lead = []
    caption = words.qr_caption if words.attested else ""
    if words.code:
        lead.append(_joined((words.code_label, words.code, words.code_where, caption)))
    elif words.attested:
        lead.append(_joined((*_field_texts(words.fields_beside), caption)))
    lead += [_joined(_field_texts((row,))) for row in words.fields]
    if words.rows_count:
        lead.append(_joined((words.rows_title, words.rows_count, words.empty)))
    return PageWords(
        head=_joined(head),
        lead=tuple(lead),
        columns=_joined(words.columns),
        rows=tuple(_joined(row) for row in words.rows),
        foot=_joined((words.note, words.foot)),
    )


def _plain(value: Any, replaced: set[str]) -> Any:
    """`value` with its texts as they can be printed; the characters that cannot join `replaced`."""
    if isinstance(value, str):
        made = plain(value)
        if SUBSTITUTE in made:
            replaced |= {one for one in set(value) if plain(one) == SUBSTITUTE != one}
        return made
    if isinstance(value, dict):
        return {key: _plain(item, replaced) for key, item in value.items()}
    return [_plain(item, replaced) for item in value] if isinstance(value, list | tuple) else value


def _header(request: AnswerSheetRequest) -> tuple[tuple[str, Pieces], ...]:
    pairs = [
        ("渠道", request.channel),
        ("网点", request.site),
        ("打印日期", formats.day(datetime.fromisoformat(request.printed_at))),
        ("数据时间", formats.moment(datetime.fromisoformat(request.as_of))),
    ]
    if request.choice_label:
        pairs.append(("查询范围", request.choice_label))
    return tuple((label, fragments(text, 14.0)) for label, text in pairs)


def _where(request: AnswerSheetRequest) -> Pieces:
    if not request.check_address:
        return CODE_AT_DEPARTMENT
    address = request.check_address
    if "{code}" in address:  # what is left of a link without the code is not for reading
        address = address.partition("{code}")[0].partition("?")[0]
    return fragments(f"{CODE_AT_ADDRESS} {address}", 24.0)


def _arranged(
    fields: tuple[tuple[str, str], ...], *, is_beside_code: bool
) -> tuple[float, float, tuple[tuple[AnswerField, ...], ...]]:
    """Width of a label and of a value (mm), and the rows of one or two fields; the order of the fields stays."""
    body = BODY_WIDTH_MM - (_CODE_COLUMN_MM if is_beside_code else 0.0)
    inset = 2 * _FIELD_INSET_MM
    widest = max((width_of(label) for label, _ in fields), default=0.0) * _LABEL_EM
    label_width = min(widest + inset + 1.0, _LABEL_MOST_MM)
    value_width = body / 2 - label_width
    one, whole = (value_width - inset) / _VALUE_EM, (body - label_width - inset) / _VALUE_EM
    rows: list[tuple[AnswerField, ...]] = []
    for label, text in fields:
        value = _shown(text)
        is_wide = width_of(value) > 2 * one
        room = whole if is_wide else one
        made = AnswerField(fragments(label, (label_width - inset) / _LABEL_EM), fragments(value, room), is_wide)
        if rows and len(rows[-1]) == 1 and not rows[-1][0].is_wide and not is_wide:
            rows[-1] = (*rows[-1], made)
        else:
            rows.append((made,))
    return label_width, value_width, tuple(rows)


def _beside_code(rows: tuple[tuple[AnswerField, ...], ...], value_width: float) -> int:
    """How many of the rows stand beside the terminal's code: as many as are about as high as it."""
    height = 0.0
    for count, row in enumerate(rows):
        if height >= _BESIDE_CODE_MM:
            return count
        room = (value_width - 2 * _FIELD_INSET_MM) / _VALUE_EM
        lines = max(width_of(_joined((one.value,))) / (room * (3 if one.is_wide else 1)) for one in row)
        height += _FIELD_PAD_MM + _LINE_MM * (1 + int(lines))
    return len(rows)


def _tall_fields(rows: tuple[tuple[AnswerField, ...], ...]) -> tuple[int, ...]:
    """Places of the rows that may be too high for a page."""
    return tuple(
        place for place, row in enumerate(rows) if any(len(text) > _TALL_FIELD for text in _field_texts((row,)))
    )


def _tall_rows(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]
) -> tuple[int, ...]:
    """Likewise, a row together with the head of the columns."""
    most = [_TALL_LINES * width for width in widths]
    if rows and any(len(label) > limit for label, limit in zip(columns, most, strict=True)):
        return tuple(range(len(rows)))
    return tuple(
        place for place, row in enumerate(rows) if any(len(text) > limit for text, limit in zip(row, most, strict=True))
    )


def _shown(text: str) -> str:
    """What has nothing to see stands as the empty mark."""
    return text if squeeze(text) else formats.EMPTY


def _field_texts(rows: tuple[tuple[AnswerField, ...], ...]) -> tuple[str, ...]:
    return tuple(_joined((text,)) for row in rows for one in row for text in (one.label, one.value))


def _flat(pairs: tuple[tuple[str, Pieces], ...]) -> list[Pieces]:
    return [text for pair in pairs for text in pair]


def _joined(texts: Sequence[Pieces]) -> str:
    return " ".join(text if isinstance(text, str) else "".join(text) for text in texts)
