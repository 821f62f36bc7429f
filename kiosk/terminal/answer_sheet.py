"""From a department's answer to its paper: every value written as its item's file says, in the language of the department."""

from devices.id_card_reader.types import CardText
from kiosk import documents
from kiosk.base.errors import Problem
from kiosk.central.department import DepartmentAnswer
from kiosk.documents.field_text import field_text
from kiosk.services.query import FieldKind, Query, Sheet

NO_VERIFICATION_CODE = Problem("documents.no_verification_code")
_FIGURES = frozenset({FieldKind.NUMBER, FieldKind.MONEY})


def is_withheld(sheet: Sheet, answer: DepartmentAnswer) -> bool:
    """Whether there is no paper: the department gave no code by which a certificate could be checked, and the terminal makes none up."""
    return sheet.is_certificate and answer.verification_code is None


def answer_sheet(
    query: Query,
    answer: DepartmentAnswer,
    person: CardText,
    *,
    channel: str,
    hall: str,
    site: str,
    terminal_id: str,
    terminal_number: str,
    printed_at: str,
    demo: bool,
    signing_key: documents.SigningKey | None,
) -> documents.AnswerSheetRequest | Problem:
    """What is laid out, from an answer that `kiosk.services.query.check_answer` has let through. Keywords: see the request.

    Problems: ``documents.no_verification_code``.

    Raises:
        ValueError: the item prints no sheet; a bug of ours.
    """
    sheet = query.sheet
    if sheet is None:
        raise ValueError("a sheet of an item that prints none")
    if is_withheld(sheet, answer):
        return NO_VERIFICATION_CODE
    choice = next((one for one in query.choices if one.value == answer.choice), None)
    return documents.AnswerSheetRequest(
        title=sheet.title,
        note=sheet.note,
        is_certificate=sheet.is_certificate,
        verification_code=answer.verification_code,
        fields=tuple((field.label.zh_CN, field_text(field.kind, answer.values[field.key])) for field in query.fields),
        rows_title=None if query.rows_title is None else query.rows_title.zh_CN,
        columns=tuple(column.label.zh_CN for column in query.columns),
        is_number=tuple(column.kind in _FIGURES for column in query.columns),
        rows=tuple(tuple(field_text(column.kind, row[column.key]) for column in query.columns) for row in answer.rows),
        as_of=answer.as_of,
        choice_label="" if choice is None else choice.label.zh_CN,
        channel=channel,
        hall=hall,
        site=site,
        terminal_id=terminal_id,
        terminal_number=terminal_number,
        item_code=answer.item_code,
        printed_at=printed_at,
        demo=demo,
        signing_key=signing_key,
        name=person.name or person.english_name,
        id_number=person.id_number,
    )
