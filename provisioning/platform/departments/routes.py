"""The departments' addresses: a plain query of the confirmed person, and the check of a certificate's code."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from fastapi import FastAPI
from starlette.responses import Response

from kiosk.central.contract import DepartmentRequest
from kiosk.central.department import DepartmentAnswer
from provisioning.platform.departments.answering import Departments
from provisioning.platform.departments.wire import CodeKnown, CodeQuestion
from provisioning.platform.identity import IdentityDepartment
from provisioning.platform.problems import RefusedError

_LONGEST = 64
_SCHEMAS = "#/components/schemas/{name}"
_ANSWER = {
    200: {
        "description": "What the department holds",
        "content": {"application/json": {"schema": {"$ref": _SCHEMAS.format(name="DepartmentAnswer")}}},
    }
}


class Holder(Protocol):
    """What the routes need of the platform."""

    departments: Departments
    identity: IdentityDepartment

    def open_department(self, name: str) -> None:
        """Refuses when the department is closed."""


def add_routes(app: FastAPI, here: Callable[[], Holder], terminal_type: Any, bearer_type: Any) -> None:
    """Mounts both; the types carry who calls and the visit's token."""

    # the answer is msgspec's, which FastAPI cannot describe: see `answer_schemas`
    @app.post("/v1/departments/queries", response_model=None, responses=_ANSWER)  # type: ignore[arg-type]
    def ask_department(body: DepartmentRequest, terminal: terminal_type, bearer: bearer_type) -> Response:
        if bearer is None:
            raise RefusedError("token-expired")
        _check_texts(body.visit_id, body.item_code, body.choice or "-")
        visitor = here().identity.visitor(bearer.credentials, terminal, body.visit_id)
        here().open_department(here().departments.key_of(body))
        answer = here().departments.answer(visitor.id_number, body)
        return Response(msgspec.json.encode(answer), media_type="application/json")

    @app.post("/v1/departments/verifications")
    def check_code(body: CodeQuestion) -> CodeKnown:
        _check_texts(body.code)
        return here().departments.check_code(body.code)


def answer_schemas() -> dict[str, Any]:
    """The schema of the answer for the contract's components."""
    return msgspec.json.schema_components([DepartmentAnswer], ref_template=_SCHEMAS)[1]


def _check_texts(*texts: str) -> None:
    for value in texts:
        if not 1 <= len(value) <= _LONGEST or not value.isprintable():
            raise RefusedError("invalid-request")
