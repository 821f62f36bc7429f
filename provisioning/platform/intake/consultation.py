"""Consultations (咨询投诉): a question gets a number now and an answer later.

Fields: services reference of the house, after the terminals' usual form; known from practice.
"""

from typing import Annotated, Literal

import msgspec
from sqlalchemy import Connection, Engine, insert, select, update

from kiosk.base.clock import HALL_TIME, Clock
from provisioning.platform.intake.kinds import CaseView, Effect, Submission, check_texts, decode
from provisioning.platform.intake.tables import consultation
from provisioning.platform.intake.times import moment_of

_Text = msgspec.Meta
NAME = "consultation"


class Applicant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who asks, as read from the card."""

    id_number: Annotated[str, _Text(pattern=r"^[0-9A-Z]{8,18}$")]
    name: Annotated[str, _Text(min_length=1, max_length=120)]

    def __repr__(self) -> str:
        return "Applicant(...)"


class ConsultationV1(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The body of kind ``consultation``, schema version 1; without an applicant it is anonymous."""

    visit_id: Annotated[str, _Text(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    type: Literal["consultation", "complaint", "suggestion", "help"]
    title: Annotated[str, _Text(min_length=1, max_length=100)]
    content: Annotated[str, _Text(min_length=1, max_length=2000)]
    item_code: Annotated[str, _Text(pattern=r"^[0-9A-Z]{1,33}$")] | None = None
    applicant: Applicant | None = None
    phone: Annotated[str, _Text(pattern=r"^\+?[0-9][0-9 -]{2,18}$")] | None = None
    may_publish: bool = False

    def __repr__(self) -> str:
        return "ConsultationV1(...)"


class ConsultationDepartment:
    """Fulfils `provisioning.platform.intake.kinds.Kind`; `answer` is the staff's act."""

    department = "consultation"
    schema_versions = frozenset({1})
    most_attachments = 1
    attachment_types = frozenset({"application/pdf", "image/jpeg", "image/png"})

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def parse(self, text: str, schema_version: int) -> ConsultationV1:  # noqa: ARG002  # there is one version yet
        body = decode(text, ConsultationV1)
        check_texts(body.title, body.content, body.applicant.name if body.applicant else None)
        return body

    def take(self, connection: Connection, submission: Submission) -> Effect:
        body = submission.body
        assert isinstance(body, ConsultationV1)
        who = body.applicant
        case_id = connection.execute(
            insert(consultation)
            .values(
                terminal_id=submission.terminal_id,
                key=submission.item.key,
                type=body.type,
                title=body.title,
                content=body.content,
                item_code=body.item_code,
                id_number=who.id_number if who else None,
                name=who.name if who else None,
                phone=body.phone,
                may_publish=int(body.may_publish),
                received_at=submission.received_ms,
            )
            .returning(consultation.c.case_id)
        ).scalar_one()
        receipt = receipt_of(submission.received_ms, case_id)
        return Effect(receipt, who.id_number if who else None, body.visit_id)

    def view(self, connection: Connection, terminal_id: str, key: str) -> CaseView | None:
        cases = consultation.c
        row = connection.execute(
            select(cases.title, cases.answer).where(cases.terminal_id == terminal_id, cases.key == key)
        ).one_or_none()
        return CaseView(row.title, row.answer) if row is not None else None

    def answer(self, receipt: str, text: str) -> bool:
        """The department answers a case; the last answer stands. Returns whether there is such a case."""
        number = receipt[-8:]
        if not number.isascii() or not number.isdigit() or len(receipt) != 18:
            return False
        cases = consultation.c
        with self._engine.begin() as connection:
            received = connection.scalar(select(cases.received_at).where(cases.case_id == int(number)))
            if received is None or receipt_of(received, int(number)) != receipt:
                return False
            now = int(self._clock.now().timestamp() * 1000)
            connection.execute(
                update(consultation).where(cases.case_id == int(number)).values(answer=text, answered_at=now)
            )
        return True


def receipt_of(received_ms: int, case_id: int) -> str:
    """The case's number: ZX, date of receipt, serial, as in ``ZX2026112200000042``."""
    return f"ZX{moment_of(received_ms).astimezone(HALL_TIME):%Y%m%d}{case_id:08d}"
