"""The intake's addresses; see `offline_cache.sync.contract` for what each promises."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine
from starlette.responses import Response

from kiosk.base.clock import Clock
from provisioning.platform.gate import terminal_id_of
from provisioning.platform.identity import IdentityDepartment, Randomness
from provisioning.platform.intake import consultation, late_rating
from provisioning.platform.intake.attachments import Attachments, part_of
from provisioning.platform.intake.consultation import ConsultationDepartment
from provisioning.platform.intake.endings import Endings
from provisioning.platform.intake.kinds import Kind
from provisioning.platform.intake.late_rating import LateRatings
from provisioning.platform.intake.lookups import Lookups
from provisioning.platform.intake.receiving import Intake
from provisioning.platform.intake.refusals import STANDINGS, IntakeRefusedError, intake_problem_response
from provisioning.platform.intake.wire import (
    CHUNK_BYTES,
    LARGEST_BATCH_BYTES,
    AttachmentQuestion,
    AttachmentState,
    EndingsReport,
    IntakeBatch,
    IntakeOutcome,
    IntakeReply,
    OwnCases,
    OwnCasesQuestion,
    SlipAnswer,
    SlipQuestion,
    StatusQuestion,
    StoreReceipt,
    StoreReport,
)
from provisioning.platform.problems import RefusedError

LARGER_REQUESTS = {
    "/v1/intake": LARGEST_BATCH_BYTES + (64 << 10),
    "/v1/intake/attachments": CHUNK_BYTES,
    "/v1/intake/endings": 512 << 10,
    "/v1/intake/stores": 64 << 10,
}
"""Addresses that take more than the platform's usual request, with their bytes."""
_OCTETS = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}
_BEARER = HTTPBearer(auto_error=False, description="Token of the visit, from /v1/identity/verifications")


class IntakeServices:
    """The departments of the intake over one database."""

    def __init__(self, engine: Engine, clock: Clock, randomness: Randomness, is_open: Callable[[str], bool]) -> None:
        self.consultations = ConsultationDepartment(engine, clock)
        kinds: dict[str, Kind] = {
            consultation.NAME: self.consultations,
            late_rating.NAME: LateRatings(randomness),
        }
        self.intake = Intake(engine, clock, kinds, is_open)
        self.attachments = Attachments(engine, clock)
        self.endings = Endings(engine, clock)
        self.lookups = Lookups(engine, clock, self.intake.kinds)


class Holder(Protocol):
    """What the routes need of the platform."""

    intake: IntakeServices
    identity: IdentityDepartment


@dataclass(frozen=True)
class StaffAnswer:
    """The demo's department answers a case."""

    receipt: str
    answer: str


@dataclass(frozen=True)
class Done:
    """The demo's staff did it."""

    done: bool


def add_routes(app: FastAPI, here: Callable[[], Holder], has_tls: bool) -> None:
    """Mounts the intake."""

    @app.exception_handler(IntakeRefusedError)
    async def _refused(_request: Request, error: IntakeRefusedError) -> Response:
        return intake_problem_response(error)

    def standing_terminal(request: Request, x_terminal_id: Annotated[str | None, Header()] = None) -> str:
        try:
            terminal_id = terminal_id_of(request.scope, x_terminal_id, has_tls)
        except RefusedError:
            raise IntakeRefusedError("not_enrolled") from None
        code = here().intake.intake.standing(terminal_id).code
        if code:
            raise IntakeRefusedError(code)
        return terminal_id

    async def octets(request: Request) -> bytes:
        return await request.body()

    terminal_type: Any = Annotated[str, Depends(standing_terminal)]

    @app.post("/v1/intake")
    def take_in(body: IntakeBatch, terminal: terminal_type) -> IntakeReply:
        _own(body.terminal_id, terminal)
        intake = here().intake.intake
        return IntakeReply(intake.receive(body, intake.standing(terminal).refused_kinds))

    @app.post("/v1/intake/statuses")
    def intake_status(body: StatusQuestion, terminal: terminal_type) -> IntakeOutcome:
        return here().intake.intake.status(terminal, body.key)

    @app.post("/v1/intake/attachment-states")
    def attachment_state(body: AttachmentQuestion, terminal: terminal_type) -> AttachmentState:
        return here().intake.attachments.state(terminal, body.attachment_id)

    @app.post("/v1/intake/attachments", openapi_extra=_OCTETS)
    def append_to_attachment(
        terminal: terminal_type,
        content: Annotated[bytes, Depends(octets)],
        x_attachment_id: Annotated[str, Header()],
        content_type: Annotated[str, Header()],
        content_range: Annotated[str, Header()],
        repr_digest: Annotated[str, Header()],
    ) -> AttachmentState:
        part = part_of(x_attachment_id, content_type, content_range, repr_digest, content)
        return here().intake.attachments.append(terminal, part)

    @app.post("/v1/intake/lookups")
    def look_up_slip(body: SlipQuestion, terminal: terminal_type) -> SlipAnswer:  # noqa: ARG001  # any of the fleet
        return here().intake.lookups.by_slip(body)

    @app.post("/v1/intake/stores")
    def report_store(body: StoreReport, terminal: terminal_type) -> StoreReceipt:
        _own(body.terminal_id, terminal)
        here().intake.attachments.collect(terminal)
        return here().intake.lookups.report(body)

    @app.post("/v1/intake/endings")
    def keep_endings(body: EndingsReport, terminal: terminal_type) -> IntakeReply:
        _own(body.terminal_id, terminal)
        return IntakeReply(here().intake.endings.keep(body))

    @app.post("/v1/intake/cases")
    def own_cases(
        body: OwnCasesQuestion,
        terminal: terminal_type,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> OwnCases:
        if bearer is None:
            raise RefusedError("token-expired")
        visitor = here().identity.visitor(bearer.credentials, terminal, body.visit_id)
        return here().intake.lookups.own_cases(visitor.id_number)


def add_demo_routes(app: FastAPI, here: Callable[[], Holder]) -> None:
    """What the demo's staff does."""

    @app.post("/demo/consultations/answers", include_in_schema=False)
    def answer_consultation(body: StaffAnswer) -> Done:
        """The department answers."""
        if not 1 <= len(body.answer) <= 2000 or "\x00" in body.answer:
            raise RefusedError("invalid-request")
        return Done(here().intake.consultations.answer(body.receipt, body.answer))

    @app.put("/demo/terminals/{name}", include_in_schema=False)
    def set_standing(name: str, standing: Annotated[str, Query()] = "", refused: Annotated[str, Query()] = "") -> Done:
        """Suspends a terminal, or enrols it again; `refused`: kinds that it may not hand in, with commas."""
        if standing not in STANDINGS:
            raise RefusedError("invalid-request")
        here().intake.intake.set_standing(name, standing, frozenset(filter(None, refused.split(","))))
        return Done(True)


def _own(named: str, terminal: str) -> None:
    if named != terminal:
        raise IntakeRefusedError("not_enrolled")
